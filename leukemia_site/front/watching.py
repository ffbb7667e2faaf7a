"""One thread per process asks what has changed, at most once a second. No request waits for it."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from leukemia_site.front.changes import Answer
from leukemia_site.front.loading import Loading
from leukemia_site.front.store import Store

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds
STALE_AFTER = 1.5  # seconds since the last question that was answered; then what is kept says that it may be old
_NOTED_EVERY = 60.0  # seconds; how exactly a process that starts knows since when there is no answer
HANGS = 3.0  # seconds without an answer to a question, after which nobody counts on one
RESTARTED = _NOTED_EVERY + 60.0  # seconds since that was noted, for a process that starts to go on where one ended

Ask = Callable[[int], Answer]


class Watch:
    """Asks, tells the store, and knows how long ago the last answer came.

    `heard` is told of each answer and of the addresses that went. `away`: the last question failed. `answered`: this
    process has had an answer. `note`: a file whose time is that of the last answer that any process of the machine had.
    `loading`: until that is over nobody can be asked.
    """

    def __init__(self, ask: Ask, store: Store, *, note: Path | None = None, loading: Loading | None = None) -> None:
        self.away = False
        self.answered = False
        self.heard: Callable[[list[str], Answer], object] | None = None
        self._ask = ask
        self._store = store
        self._note = note
        self._loading = loading
        self._asked_at = float("inf")  # while an answer is waited for
        self._answered_at = float("-inf")  # of the clock that is never set
        self._noted_at = float("-inf")
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def start(self) -> None:
        """Begin, where nobody watches: a fork has none of its parent's threads, and one that ended is replaced."""
        if not self._is_watched():
            with self._starting:
                if not self._is_watched():
                    self._begin()

    def is_stale(self) -> bool:
        """Whether it is too long ago that this process heard what has changed."""
        return time.monotonic() - self._answered_at > STALE_AFTER

    def is_away(self) -> bool:
        """Whether nobody can be asked: the last question failed, or this one hangs."""
        return self.away or time.monotonic() - self._asked_at > HANGS

    def is_early(self) -> bool:
        """Whether nobody can be asked yet, and what the machine knows is not much older than a restart takes."""
        if self._loading is None or self._loading.done:
            return False
        heard_at = self.heard_at()
        return heard_at is not None and time.time() - heard_at < RESTARTED

    def heard_at(self) -> float | None:
        """When the last answer came to this machine (seconds since 1970); None if nobody knows."""
        try:
            return self._note.stat().st_mtime if self._note else None
        except OSError:
            return None

    def look(self) -> None:
        """Ask once."""
        known = self._store.known
        began = self._asked_at = time.monotonic()
        try:
            answer = self._ask(known.number if known else 0)
        except Exception as error:  # whatever it is: pages must go on
            if not self.away:
                log.warning("What changed can not be asked for: %s. Pages that are kept go on.", type(error).__name__)
            self.away = True
            self._store.reread()
            return
        finally:
            self._asked_at = float("inf")
        dropped = self._store.changed(answer)
        # What was committed after the question was asked is in no answer.
        self._answered_at, self.answered, self.away = began, True, False
        self._note_it()
        if self.heard:
            self.heard(dropped, answer)

    def _is_watched(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _begin(self) -> None:
        thread = threading.Thread(target=self._for_ever, name="watch", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # no room for one more; whoever asks next tries again
            log.warning("What changed can not be asked for: %s.", error)
        else:
            self._thread = thread

    def _for_ever(self) -> None:
        if self._loading:
            self._loading.wait()
        while True:
            began = time.monotonic()
            try:
                self.look()
            except Exception:  # the next second may do better, and without this thread nothing would ever be fresh
                log.exception("Watching for changes failed.")
            time.sleep(max(0.05, EVERY - (time.monotonic() - began)))

    def _note_it(self) -> None:
        if self._note and self._answered_at - self._noted_at > _NOTED_EVERY:
            self._noted_at = self._answered_at
            with suppress(OSError):
                self._note.parent.mkdir(parents=True, exist_ok=True)
                self._note.touch()
