"""Many processes that make families. They are forks, so that all which they need is loaded, and start without a
connection to the database; who began them may die at any time, and then they end, too."""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import chain, groupby
from typing import Any

from django.db import connections

from leukemia_site.mirror import moments
from leukemia_site.mirror.crawling import Plan
from leukemia_site.mirror.refusals import Refused

Make = Callable[[Sequence[Plan]], list[str]]
Work = Callable[[Sequence[Plan], str], Iterator[str]]
_AT_ONCE = 32  # families that are made together; what they ask of the database is asked for all of them
_state: dict[str, Any] = {}


@contextmanager
def workers(make: Make, count: int) -> Iterator[Work]:
    """Yields what makes the lines of plans, in any order. To be called before a moment is chosen.

    One is no other process: it works here.
    """
    if count == 1 or moments.is_given():
        yield lambda plans, _moment: chain.from_iterable(map(make, _shared_out(plans, 1)))
        return
    connections.close_all()  # two processes never share one
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(make, os.getpid()))
    try:
        pool.submit(os.getpid).result()  # all of them start with the first piece of work: now
        yield lambda plans, moment: chain.from_iterable(
            pool.map(_make, ((some, moment) for some in _shared_out(plans, count)))
        )
    except BrokenProcessPool:
        raise Refused(
            "A process that makes pages was ended from outside; perhaps the memory of this machine did not suffice. "
            "Export again, with fewer --processes: what was made so far is used."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _shared_out(plans: Sequence[Plan], hands: int) -> Iterator[Sequence[Plan]]:
    """In pieces, of which every hand gets some; what is no article is long, and stands by itself."""
    size = max(1, min(_AT_ONCE, len(plans) // (2 * hands)))
    for alone, group in groupby(plans, key=lambda plan: not plan.slug):
        some = list(group)
        step = 1 if alone else size
        yield from (some[start : start + step] for start in range(0, len(some), step))


def _begin(make: Make, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began us hears it, and ends us
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)  # we make much, and hardly any rings
    _state.update(make=make, moment=None, stack=ExitStack())
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def _make(given: tuple[Sequence[Plan], str]) -> list[str]:
    plans, moment = given
    if _state["moment"] != moment:
        _state["stack"].enter_context(moments.joined(moment))
        _state["moment"] = moment
    made: list[str] = _state["make"](plans)
    return made
