"""Who asks for what somebody is making already waits for it, and it is made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

PATIENCE = 10.0  # seconds; then everybody makes it for themselves


class Flights:
    """What is being made now."""

    def __init__(self) -> None:
        self._under_way: dict[str, Event] = {}
        self._lock = Lock()

    @contextmanager
    def of(self, address: str) -> Iterator[bool]:
        """True: it is yours to make, and whoever else asks waits until you leave. False: somebody has just made it, or
        tried, or takes too long."""
        with self._lock:
            made = self._under_way.get(address)
            if made is None:
                self._under_way[address] = Event()
        if made is not None:
            made.wait(PATIENCE)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                self._under_way.pop(address).set()
