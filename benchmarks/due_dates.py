"""What due dates cost with 100,000 pages and 500,000 reviews: the staff's desk and lists, the derivation, bulk deeds,
reminders; and, in the same run, the report of aging pages of Wagtail over as many pages.

    python -m benchmarks.due_dates [--articles 100000] [--keep NAME] [--no-peer] [--only WORD]

On SQLite, or on what DATABASE_URL names. `--keep` leaves the database there for the next run: a path, or a name.
CPU is that of this process and, on PostgreSQL, of the process that serves it; the middle of nine, after one to warm up.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from articles import events, policy, verifying
from articles.models import Article, Published, Review
from benchmarks import aging_pages, dated_pages

TIMES, SAMPLE = 9, 1_000
DESK, LIST = "/admin/articles/article/due/desk/", "/admin/articles/article/due/"


class Undone(Exception):
    """Rolls a measurement back."""


class Meter:
    """Prints what things take, and remembers what is above its goal."""

    def __init__(self, only: str = "") -> None:
        self.only, self.missed, self.figures = only, list[str](), dict[str, float]()

    def of(self, name: str, work: Callable[[], Any], *, goal: float = 0, queries: int = 0, times: int = TIMES) -> None:
        """CPU milliseconds and queries of this work, whose changes are undone."""
        if self.only not in name:
            return
        with CaptureQueriesContext(connection) as asked:
            undone(work)
        count, taken, waited = len(asked), [], []
        for _time in range(times):
            begun, clock = cpu(), time.perf_counter()
            undone(work)
            taken.append((cpu() - begun) * 1000)
            waited.append((time.perf_counter() - clock) * 1000)
        middle = statistics.median(taken)
        above = bool(goal and middle > goal) or bool(queries and count > queries)
        told = f"goal {goal:,.0f}" + (f", {queries} queries" if queries else "") if goal else ""
        sight = f"{middle:10,.1f} ms CPU {statistics.median(waited):10,.1f} ms {count:6,} queries"
        print(f"{name:52}{sight}   {told}{'   ABOVE' if above else ''}", flush=True)
        self.figures[name] = middle
        self.missed += [name] if above else []


def undone(work: Callable[[], Any]) -> None:
    """Do it, and take it back."""
    with suppress(Undone), transaction.atomic():
        work()
        raise Undone


def cpu() -> float:
    """Seconds of processor time, of this process and of the one that answers it."""
    return time.process_time() + served()


def served() -> float:
    """Seconds of the database's own process, where it can be seen from here."""
    if connection.vendor != "postgresql":
        return 0
    state = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(state.read_text().split()[0]) / 1e9 if state.exists() else 0


def main() -> int:
    """Print the figures; 1 if one is above its goal."""
    ask = options()
    if ask.keep:
        connection.settings_dict["TEST"]["NAME"] = ask.keep
    old = setup_databases(verbosity=0, interactive=False, keepdb=bool(ask.keep))
    try:
        fill(ask.articles)
        meter = Meter(ask.only)
        derivation(meter)
        screens(meter)
    finally:
        if not ask.keep:
            teardown_databases(old, verbosity=0)
    if not ask.no_peer:
        aging_pages.compare(ask.articles, meter.figures, times=TIMES)
    return int(bool(meter.missed))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", default="")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--only", default="", help="measure only what has this in its name")
    return parser.parse_args()


def fill(count: int) -> None:
    """The pages, unless a kept database has them; of the first of them the whole history is verified."""
    if Article.objects.exists():
        policy.settle_all(at=timezone.now())  # whoever made them may have been interrupted
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}, {Article.objects.count():,} pages were kept")
        return
    begun = time.perf_counter()
    house = dated_pages.made(min(count, SAMPLE), today=timezone.localdate())
    verified()
    dated_pages.more(house, SAMPLE, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages, reviews = Article.objects.count(), Review.objects.count()
    print(f"{connection.vendor}, {pages:,} pages, {reviews:,} reviews made in {time.perf_counter() - begun:.0f} s")


def verified() -> None:
    """Raises RuntimeError where history is not as the deeds would have written it."""
    found = [str(one) for one in verifying.problems()]
    if found:
        raise RuntimeError("; ".join(found[:5]))


def derivation(meter: Meter) -> None:
    """What moves dates."""
    now, on = policy.current(), timezone.localdate()
    other = replace(now, tiers={name: replace(terms, months=terms.months + 1) for name, terms in now.tiers.items()})
    rows: Any = Published.objects.live()
    columns = ("pk", "due", "why", "said_from")
    meter.of("derive all", lambda: list(rows.derived(now).order_by().values_list(*columns)), goal=1000)
    meter.of("settle all, nothing moved", lambda: rows.settle(now), goal=1000)
    meter.of("settle all, every date moved", lambda: rows.settle(other), times=3)
    meter.of("preview of another policy", lambda: policy.preview(other, on=on), goal=1000)
    meter.of("follow the news of all pages", events.follow, goal=1000)
    meter.of("the timed task of dates", lambda: policy.settle_all(at=timezone.now()), goal=2000)


def screens(meter: Meter) -> None:
    """The desk and the list of a records steward."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.get(username="stan"))
    meter.of("first screen of the admin", lambda: opened(browser, "/admin/"), goal=150, queries=20)
    for name, address in addresses().items():
        if browser.get(address).status_code == 200:
            desk = name.startswith("desk")
            meter.of(name, lambda at=address: opened(browser, at), goal=150 if desk else 100, queries=20)
        else:
            print(f"{name:52}skipped: {address} answers {browser.get(address).status_code}")


def addresses() -> dict[str, str]:
    """What the staff waits for."""
    on = timezone.localdate()
    doctor, page = Article.objects.exclude(reviewer=None).values_list("reviewer", "condition").first() or (0, 0)
    asked = {
        "overdue": "when=overdue",
        "this week": "when=week",
        "this month": "when=month",
        "range": f"from={on + timedelta(days=100)}&until={on + timedelta(days=130)}",
        "tier": "tier=high",
        "condition": f"condition={page}",
        "reviewer": f"reviewer={doctor}",
        "no reviewer": "reviewer=none",
        "why": "why=event",
        "words": "q=disease+017",
        "words, no hit": "q=zzzz",
    }
    return {"desk": DESK, "due list": LIST, **{f"due list, {name}": f"{LIST}?{one}" for name, one in asked.items()}}


def opened(browser: Client, address: str) -> None:
    """Read the whole of it. Raises RuntimeError where it is not shown."""
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_LOG_LEVEL", "ERROR")
    sys.exit(main())
