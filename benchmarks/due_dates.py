"""What due dates cost with 100,000 pages and 500,000 reviews: the staff's desk and lists, the derivation, the queue of
news; and, in the same run, the report of aging pages of Wagtail over as many pages.

    python -m benchmarks.due_dates [--articles 100000] [--keep NAME] [--no-peer] [--only WORD]

On SQLite, or on what DATABASE_URL names. `--keep` leaves the database there for the next run: a path, or a name.
CPU is that of this process and, on PostgreSQL, of the process that serves it; the middle of nine, after one to warm up.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from articles import news, policy, verifying
from articles.models import Article, FactMention, Published, Review
from benchmarks import aging_pages, dated_pages, due_addresses, waiting_news
from benchmarks.due_addresses import address
from benchmarks.meter import Meter, one_process

SAMPLE = 1_000
DESK, LISTS = 150, 100  # milliseconds


def main() -> int:
    """Print the figures; 1 if one is above its goal."""
    ask = options()
    if ask.keep:
        connection.settings_dict["TEST"]["NAME"] = ask.keep
    old = setup_databases(verbosity=0, interactive=False, keepdb=bool(ask.keep), serialized_aliases=())
    try:
        fill(ask.articles)
        one_process()
        meter = Meter(ask.only)
        derivation(meter)
        screens(meter)
        files(meter)
        queue_of_news(meter)
        if not ask.no_peer:
            aging_pages.compare(ask.articles, ours(), keep=ask.keep)
    finally:
        if not ask.keep:
            teardown_databases(old, verbosity=0)
    print(f"{len(meter.missed)} above their goals; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
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
    begun, told = time.perf_counter(), "were kept"
    if Article.objects.exists():
        policy.settle_all(at=timezone.now())  # whoever made them may have been interrupted
    else:
        house = dated_pages.made(min(count, SAMPLE), today=timezone.localdate())
        verified()
        dated_pages.more(house, SAMPLE, count)
        told = "made"
    stan = User.objects.get(username="stan")
    if not FactMention.objects.exists():
        waiting_news.add(stan)
    due_addresses.save_filters(stan)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages, reviews = Article.objects.count(), Review.objects.count()
    taken = time.perf_counter() - begun
    print(f"{connection.vendor}, {pages:,} pages, {reviews:,} reviews {told} in {taken:.0f} s", flush=True)


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
    meter.of("the timed task of dates", lambda: policy.settle_all(at=timezone.now()), goal=2000)


def screens(meter: Meter) -> None:
    """The desk, the lists and the charts, as a records steward and a doctor see them."""
    stan, doctor = signed_in("stan"), signed_in("doctor1")
    desk, news_ = address("article_due_desk"), address("article_all_news")
    meter.of("desk", lambda: opened(stan, desk), goal=DESK, queries=20)
    meter.of("first screen of the admin, with the desk", lambda: opened(stan, "/admin/"), goal=DESK, queries=20)
    for name, where in due_addresses.lists(timezone.localdate()).items():
        who = doctor if "reviewer=me" in where else stan
        meter.of(name, lambda at=where, who=who: opened(who, at), goal=LISTS, queries=20)
    for name, where in {
        "load of reviewers": address("article_due_reviewers"),
        "load of reviewers, page 9": address("article_due_reviewers", "page=9"),
        "due by condition": address("article_due_conditions"),
        "news": news_,
        "news, the last sheet": f"{news_}?page=999",
        "news, one kind": f"{news_}?kind=expired",
        "news, words": f"{news_}?words=disease+cases",
        "news, under way": f"{news_}?state=under-way",
    }.items():
        meter.of(name, lambda at=where: opened(stan, at), goal=LISTS, queries=20)


def files(meter: Meter) -> None:
    """What is sent as a file, and all that a filter finds on its way to a deed for many."""
    stan = signed_in("stan")
    of_list, of_loads = address("article_due_csv"), address("article_due_reviewers_csv")
    meter.of("file of the list, overdue", lambda: opened(stan, f"{of_list}?when=overdue"), times=7)
    meter.of("file of the list, every page", lambda: opened(stan, of_list), times=3)
    meter.of("file of the load of reviewers", lambda: opened(stan, of_loads), times=7)
    sent = {"deed": "defer", "all": "1", "query": "when=month"}
    meter.of("all of this month to the sheet for many", lambda: opened(stan, address("article_due_do"), sent), times=7)


def queue_of_news(meter: Meter) -> None:
    """The questions behind the screens of news."""
    meter.of("queue of news, first sheet", lambda: list(news.queue()[:50]), goal=300)
    meter.of("queue of news, how many", lambda: news.queue().count(), goal=300)
    meter.of("which pages wait (daily)", lambda: len(set(news.waiting())))
    page = Article.objects.order_by("pk")[0]
    meter.of("news of one page", lambda: news.of_page(page), goal=LISTS)


def ours() -> dict[str, Callable[[], Any]]:
    """What answers the questions of the peer."""
    stan, wanted = signed_in("stan"), due_addresses.lists(timezone.localdate())
    names = {"first page": "due list", "filter": "due list, tier standard", "far page": "due list, half way"}
    return {name: lambda at=wanted[one]: opened(stan, at) for name, one in names.items()}


def signed_in(name: str) -> Client:
    """A browser of this person."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.get(username=name))
    return browser


def opened(browser: Client, at: str, sent: dict[str, str] | None = None) -> None:
    """Read the whole of it. Raises RuntimeError where it is not shown."""
    answer: Any = browser.get(at) if sent is None else browser.post(at, sent)
    size = sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)
    if answer.status_code != 200 or not size:
        raise RuntimeError(f"{at} answers {answer.status_code}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_LOG_LEVEL", "ERROR")
    sys.exit(main())
