"""The loop in a thread of its own: what comes out, what goes wrong, and what keeps nobody waiting."""

import asyncio
import gc
import threading

import pytest

from references import background


async def counted(most):
    for number in range(most):
        await asyncio.sleep(0)
        yield number


def test_items_come_out_in_order():
    assert list(background.stream(counted(5))) == [0, 1, 2, 3, 4]


def test_an_error_comes_out_where_the_items_do():
    async def broken():
        yield 1
        raise LookupError("no more")

    found = background.stream(broken())
    assert next(found) == 1
    with pytest.raises(LookupError):
        next(found)


def test_closed_early_it_tidies_up():
    before = threading.active_count()
    found = background.stream(counted(10**9))
    next(found)
    found.close()
    assert (threading.active_count(), gc.get_freeze_count()) == (before, 0)


def test_twenty_slow_answers_of_the_dns_keep_nobody_waiting():
    together = threading.Barrier(20)

    async def names():
        await asyncio.gather(*(asyncio.to_thread(together.wait, 10) for _ in range(20)))
        yield "all of them"

    assert list(background.stream(names())) == ["all of them"]
