"""An answer that is asked for often, and made anew only after some seconds: by one thread, while the others wait."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Recent(Generic[Answer]):
    """The answer of `ask`, at most so many seconds old. What `ask` raises is raised, and not remembered."""

    def __init__(self, ask: Callable[[], Answer], *, seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._lock = threading.Lock()
        self._known: tuple[float, Answer] | None = None

    def __call__(self) -> Answer:
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] >= self._seconds:
                self._known = (time.monotonic(), self._ask())
            return self._known[1]

    def forget(self) -> None:
        """Ask the next time."""
        self._known = None
