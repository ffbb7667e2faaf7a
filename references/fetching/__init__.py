"""Looks at addresses, many at a time. Nothing else of ours opens a socket to a place that somebody typed.

The policy and the resolver are arguments, strict and real unless a caller says otherwise; tests alone do.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from itertools import chain, zip_longest
from typing import TypeVar

from references.fetching.connecting import Backend, NoHost, Resolve, Transport, resolve
from references.fetching.manners import Manners
from references.fetching.policy import STRICT, Policy, Refused
from references.fetching.walking import Walker
from references.identifiers import url_host
from references.looking import Answer, Look

__all__ = ["STRICT", "Manners", "NoHost", "Policy", "Refused", "Resolve", "answers", "looks"]

Key = TypeVar("Key")
Got = TypeVar("Got")


def looks(
    addresses: Mapping[Key, str], *, manners: Manners, policy: Policy = STRICT, find: Resolve = resolve
) -> AsyncIterator[tuple[Key, Look]]:
    """A look at each address, as they come in."""
    walker = Walker(Transport(Backend(policy, find)), policy, manners)
    return _each(addresses, walker, walker.look)


def answers(
    addresses: Mapping[Key, str], *, manners: Manners, accept: str, policy: Policy = STRICT, find: Resolve = resolve
) -> AsyncIterator[tuple[Key, Answer]]:
    """What services say at these addresses, as it comes in; `accept` is the type that is asked for."""
    walker = Walker(Transport(Backend(policy, find)), policy, manners)
    return _each(addresses, walker, lambda address: walker.ask(address, accept))


async def _each(
    addresses: Mapping[Key, str], walker: Walker, act: Callable[[str], Awaitable[Got]]
) -> AsyncIterator[tuple[Key, Got]]:
    waiting = iter(_taking_turns(addresses))
    at_once = walker.manners.at_once
    done: asyncio.Queue[tuple[Key, Got | Exception]] = asyncio.Queue(maxsize=2 * at_once)

    async def work() -> None:
        for key in waiting:
            try:
                await done.put((key, await act(addresses[key])))
            except Exception as error:  # ours, not theirs: nobody would wait for what never comes
                await done.put((key, error))

    workers = [asyncio.create_task(work()) for _ in range(min(at_once, len(addresses)))]
    try:
        for _ in addresses:
            key, found = await done.get()
            if isinstance(found, Exception):
                raise found
            yield key, found
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await walker.aclose()


def _taking_turns(addresses: Mapping[Key, str]) -> list[Key]:
    """One of each host, then the next of each: a hundred pages of one host must not keep all hands waiting for it."""
    hosts: defaultdict[str, list[Key]] = defaultdict(list)
    for key, address in addresses.items():
        hosts[url_host(address)].append(key)
    rounds = zip_longest(*hosts.values())
    return [key for key in chain.from_iterable(rounds) if key is not None]
