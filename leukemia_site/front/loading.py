"""An application that takes a while to load, in a thread of its own. Who asks it meanwhile waits; who does not need it
is answered at once."""

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable

from leukemia_site.front.making import Application, StartResponse
from leukemia_site.front.rules import Environ

BROKEN = 3  # by which gunicorn knows that it need not try again; others only see that it failed


def end() -> None:
    """The process, at once: whoever keeps it running sees that it failed, and starts another one or gives up."""
    sys.stderr.flush()
    os._exit(BROKEN)


class Loading:
    """A WSGI application. Where it can not be loaded the process says why, and ends: `failed` is called."""

    def __init__(self, load: Callable[[], Application], *, failed: Callable[[], object] = end) -> None:
        self._load = load
        self._failed = failed
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loading")
        self._application: Application | None = None

    def begin(self) -> None:
        """Begin. The end of a program waits for it, so that one that does nothing else learns whether it can be done;
        and so does a fork, which would have half of it and nobody to do the rest."""
        os.register_at_fork(before=self.wait)
        try:
            self._thread.start()
        except RuntimeError:  # no room for one more
            self._run()

    @property
    def done(self) -> bool:
        """Whether it is there."""
        return self._application is not None

    def wait(self) -> None:
        """Until it is there, or never will be. What loads it does not wait for itself."""
        if threading.current_thread() is not self._thread:
            self._over.wait()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.wait()
        if self._application is None:
            raise RuntimeError("What answers could not be loaded.")
        return self._application(environ, start_response)

    def _run(self) -> None:
        try:
            self._application = self._load()
        except BaseException as error:  # whatever it is, the site is not there
            traceback.print_exception(error)
            self._failed()
        finally:
            self._over.set()
