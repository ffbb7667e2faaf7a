"""How we behave in other people's houses."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manners:
    """Times in seconds, sizes in bytes."""

    name: str  # the User-Agent: who we are, and where to complain
    at_once: int = 20
    pause: float = 1.0  # between two requests to one host
    connect: float = 10.0
    read: float = 10.0
    total: float = 30.0  # for all requests of a look together; waiting for our turn does not count
    body: int = 2_000_000
    redirects: int = 10


class Gates:
    """Lets one request at a time through to each host, and none sooner than `pause` after the one before."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free: dict[str, float] = {}

    @contextlib.asynccontextmanager
    async def to(self, host: str) -> AsyncIterator[None]:
        async with self._locks[host]:
            await asyncio.sleep(max(0.0, self._free.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + self.pause
