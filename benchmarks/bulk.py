"""How long work on many articles takes among 100,000 pages: looking over, doing and taking back, with all seals and
timeline entries; seconds of processor time, and of the clock in brackets.

    python -m benchmarks.bulk [--rows 10000] [--articles 100000] [--keep NAME] [--only DEED] [--verify]

On SQLite, or on what DATABASE_URL names. `--keep` leaves the database there for the next run, which takes other pages:
a path, or a name. `--verify` proves the whole history afterwards, which takes its time: use it with 1,000 articles.
Goal: 10,000 rows are looked over in 10 seconds, and done in 10 seconds.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from articles.bulk import picking, running
from articles.bulk.deeds import DEEDS
from articles.models import Article, BulkRow, BulkRun, Reviewer
from benchmarks import due_dates, meter
from leukemia_site import loaded

GOAL = 10.0  # seconds for 10,000 rows
REASON = "Measured."


@dataclass
class Took:
    """What each step of one run took: seconds of processor time, and of the clock."""

    steps: dict[str, tuple[float, float]] = field(default_factory=dict)

    def by(self, name: str, work: Callable[[], Any]) -> Any:
        """Do it, and remember what it took."""
        begun, clock = meter.cpu(), time.perf_counter()
        found = work()
        self.steps[name] = (meter.cpu() - begun, time.perf_counter() - clock)
        return found

    def missed(self, rows: int) -> list[str]:
        """Steps that are above the goal."""
        most = GOAL * rows / 10_000
        return [name for name in ("look", "do") if self.steps[name][0] > most]

    def __str__(self) -> str:
        return ", ".join(f"{name} {cpu:.2f} s ({clock:.2f})" for name, (cpu, clock) in self.steps.items())


def deeds() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each deed, who does it, and what is filled in."""
    today, doctor = timezone.localdate(), Reviewer.objects.valid(timezone.localdate()).order_by("pk")[1].pk
    soon = (today + timedelta(days=1)).isoformat()
    letter = {"on": (today - timedelta(days=2)).isoformat(), "evidence": "A letter."}
    yield "assign", "stan", {"reviewer": doctor}
    yield "request", "wanda", {"reviewer": doctor, "note": ""}
    yield "cadence", "stan", {"tier": "high", "cadence": "", "months": None}
    yield "defer", "stan", {"until": (today + timedelta(days=20)).isoformat(), "reason": REASON}
    yield "defer", "stan", {"first": soon, "weeks": 20, "reason": REASON}
    yield "record", "stan", {"reviewer": doctor, **letter}


def measure(deed: str, by: User, terms: dict[str, Any], rows: int) -> list[str]:
    """Print how long each step takes. Returns those above the goal."""
    picks, took = [picking.Pick(number) for number in fresh(rows)], Took()
    run = took.by("list", lambda: picking.prepare(deed, picks, terms=terms, by=by, at=timezone.now()))
    took.by("look", lambda: work(run))
    run.rows.filter(state=BulkRow.State.LEFT).update(state=BulkRow.State.WAITING)
    running.start(run, by=by, at=timezone.now())
    took.by("do", lambda: work(run))
    counts = {state: count for state, count in running.counts(run).items() if count}
    if DEEDS[deed].undoable:
        run.refresh_from_db()
        running.undo(run, by=by, at=timezone.now())
        took.by("undo", lambda: work(run))
    print(f"{deed}: {len(picks):,} rows: {took}; {counts}", flush=True)
    return [f"{deed} {name}" for name in took.missed(rows)]


def fresh(rows: int) -> list[int]:
    """Articles that no earlier run has touched, while there are such."""
    begin = BulkRow.objects.count() % max(Article.objects.count() - rows, 1)
    return list(Article.objects.order_by("pk").values_list("pk", flat=True)[begin : begin + rows])


def work(run: BulkRun) -> None:
    """Until nothing is left."""
    while running.work(run, at=timezone.now(), seconds=3600):
        pass


def main() -> int:
    """Print the figures of every deed; 1 if one is above the goal."""
    ask = options()
    if ask.keep:
        connection.settings_dict["TEST"]["NAME"] = ask.keep
    old = setup_databases(verbosity=0, interactive=False, keepdb=bool(ask.keep), serialized_aliases=())
    try:
        due_dates.fill(ask.articles, news=not ask.verify)
        loaded.keep()  # as the server does, and timed work
        people, missed = {one.username: one for one in User.objects.filter(username__in=["stan", "wanda"])}, []
        for deed, by, terms in deeds():
            if ask.only in deed:
                missed += measure(deed, people[by], terms, ask.rows)
        if ask.verify:
            due_dates.verified()
            print("History is as it was written.")
    finally:
        if not ask.keep:
            teardown_databases(old, verbosity=0)
    print(f"above the goal: {', '.join(missed) or 'none'}")
    return int(bool(missed))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", default="")
    parser.add_argument("--only", default="", help="measure only deeds with this in their names")
    parser.add_argument("--verify", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_LOG_LEVEL", "ERROR")
    sys.exit(main())
