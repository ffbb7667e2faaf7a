"""What work costs: processor time of this process and of the one that answers it, and queries."""

import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

TIMES = 9


class Undone(Exception):
    """Rolls a measurement back."""


class Meter:
    """Prints what things take, and remembers what is above its goal."""

    def __init__(self, only: str = "", times: int = TIMES) -> None:
        self.only, self.times, self.missed = only, times, list[str]()

    def of(self, name: str, work: Callable[[], Any], *, goal: float = 0, queries: int = 0, times: int = 0) -> None:
        """CPU milliseconds and queries of this work, whose changes are undone: the middle of many, after one."""
        if self.only not in name:
            return
        count, taken, waited = asked(work), [], []
        for _time in range(times or self.times):
            clock = time.perf_counter()
            taken.append(cost(work))
            waited.append((time.perf_counter() - clock) * 1000)
        middle = statistics.median(taken)
        above = bool(goal and middle > goal) or bool(queries and count > queries)
        told = f"goal {goal:,.0f}" + (f", {queries} queries" if queries else "") if goal else ""
        sight = f"{middle:10,.1f} ms CPU {statistics.median(waited):10,.1f} ms {count:6,} queries"
        print(f"{name:52}{sight}   {told}{'   ABOVE' if above else ''}", flush=True)
        self.missed += [name] if above else []


def asked(work: Callable[[], Any]) -> int:
    """How many queries it takes, once: its own, and not those that undo it."""
    with suppress(Undone), transaction.atomic(), CaptureQueriesContext(connection) as queries:
        work()
        raise Undone
    return len(queries)


def cost(work: Callable[[], Any]) -> float:
    """CPU milliseconds of it, once."""
    begun = cpu()
    undone(work)
    return (cpu() - begun) * 1000


def undone(work: Callable[[], Any]) -> None:
    """Do it, and take it back."""
    with suppress(Undone), transaction.atomic():
        work()
        raise Undone


def one_process() -> None:
    """Keep PostgreSQL from sharing the work out to processes that are not seen from here."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def cpu() -> float:
    """Seconds of processor time, of this process and of the database's own, where it can be seen from here."""
    if connection.vendor != "postgresql":
        return time.process_time()
    state = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + (int(state.read_text().split()[0]) / 1e9 if state.exists() else 0)
