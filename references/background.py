"""An event loop in a thread of its own, whose results come out one by one in this thread. Pure.

While a batch is written to the database the looks must go on: a loop that rests lets other people's timeouts run out.
"""

import asyncio
import contextlib
import gc
import queue
import threading
from collections.abc import AsyncIterator, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
_THREADS = 32  # one for each question to the DNS; Python's six, on two cores, are soon all waiting for names of no use


class _End:
    """What the loop sends last: the error that it ended with, if there was one."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def stream(items: AsyncIterator[Item]) -> Generator[Item, None, None]:
    """The items as they come. Closed early, it stops the loop and waits until that has tidied up."""
    found: queue.SimpleQueue[Item | _End] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="names"))
    task = loop.create_task(_pass_on(items, found))
    thread = threading.Thread(target=_run, args=(loop, task), name="looks")
    gc.freeze()  # to go through all objects of an application takes a tenth of a second, in which nobody else is served
    thread.start()
    try:
        while not isinstance(item := found.get(), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        with contextlib.suppress(RuntimeError):  # it has ended by itself
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
        gc.unfreeze()


async def _pass_on(items: AsyncIterator[Item], found: "queue.SimpleQueue[Item | _End]") -> None:
    end = _End()
    try:
        async for item in items:
            found.put(item)
    except Exception as error:
        end = _End(error)
    finally:
        found.put(end)


def _run(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> None:
    try:
        loop.run_until_complete(asyncio.wait([task]))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()
