"""Looks at the misbehaving server, and a resolver that says what a test wants it to."""

import asyncio
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from references.fetching import Manners, Policy, looks
from references.looking import Look

Found = TypeVar("Found")
QUICK = Manners(name="tests", at_once=50, pause=0.0, connect=2, read=1, total=3, body=200_000, redirects=5)


def leading_to(*answers: str | Iterable[str]):
    """A resolver that gives one answer after the other, and the last one for ever."""
    left = [[one] if isinstance(one, str) else list(one) for one in answers]

    async def find(host: str, port: int) -> list[str]:
        find.asked.append(host)
        return left.pop(0) if len(left) > 1 else left[0]

    find.asked = []
    return find


def local(port: int) -> Policy:
    """Strict but for our own server."""
    return Policy(ports=frozenset({port}), exempt=frozenset({"127.0.0.1"}))


def look_at(address: str, **how) -> Look:
    """One look at one address."""
    return look_at_all({1: address}, **how)[1]


def look_at_all(addresses: dict[int, str], **how) -> dict[int, Look]:
    async def collect() -> dict[int, Look]:
        manners = how.pop("manners", QUICK)
        return {key: look async for key, look in looks(addresses, manners=manners, **how)}

    return in_a_loop(collect())


def in_a_loop(work: Coroutine[Any, Any, Found]) -> Found:
    """In a thread of its own: in that of the tests, the loop of a browser may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
