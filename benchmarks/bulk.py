"""How long work on many articles takes: looking, doing and taking back, with all seals and timeline entries.

`python -m benchmarks.bulk [--articles 10000] [--recorded 250]`, on the engine of DATABASE_URL (a database that it may
fill; else one in memory). Budget: 10,000 rows done in 10 seconds.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  the apps must be ready
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import roles  # noqa: E402
from articles.bulk import picking, running  # noqa: E402
from articles.bulk.deeds import DEEDS  # noqa: E402
from articles.models import Article, BulkRun, Edition, Published, Review, Revision, Section  # noqa: E402
from tests import cast  # noqa: E402

BUDGET = 10.0  # seconds for 10,000 rows


def fill(count: int) -> list[int]:
    """Pages like one that the deeds made, as rows. Returns their articles."""
    first = cast.published(at=timezone.now() - timedelta(days=60)).article
    sections, page = list(first.sections.all()), Published.objects.get(article=first)
    edition, review, revision = first.editions.get(), first.reviews.get(), first.revisions.get()
    with transaction.atomic():
        articles = Article.objects.bulk_create(_like(first, slug=f"page-{number}") for number in range(count))
        Section.objects.bulk_create(_like(section, article=one) for one in articles for section in sections)
        Revision.objects.bulk_create(_like(revision, article=one) for one in articles)
        reviews = Review.objects.bulk_create(_like(review, article=one) for one in articles)
        editions = Edition.objects.bulk_create(_like(edition, article=one) for one in articles)
        Published.objects.bulk_create(
            _like(page, slug=one.slug, article=one, edition=shown, review=signed)
            for one, shown, signed in zip(articles, editions, reviews, strict=True)
        )
    return [one.pk for one in articles]


def _like(row: Any, **other: Any) -> Any:
    """The same row once more, not saved."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    made = type(row)(**values)
    for name, value in other.items():
        setattr(made, name, value)
    return made


def work(run: BulkRun) -> None:
    """Until nothing is left."""
    while running.work(run, at=timezone.now(), seconds=3600):
        pass


def timed(said: list[float], work: Callable[[], Any]) -> Any:
    """Do it, and add how many seconds of processor time it took here; a server's own come on top."""
    began = time.process_time()
    found = work()
    said.append(time.process_time() - began)
    return found


def measure(deed: str, numbers: list[int], terms: dict[str, Any]) -> float:
    """Print how long each step takes. Returns the seconds of the doing, for 10,000 rows."""
    by, took = cast.person("stan", roles.RECORDS_STEWARD), list[float]()
    picks = [picking.Pick(number) for number in numbers]
    run = timed(took, lambda: picking.prepare(deed, picks, terms=terms, by=by, at=timezone.now()))
    timed(took, lambda: work(run))
    run.rows.filter(state="left").update(state="waiting")
    running.start(run, by=by, at=timezone.now())
    timed(took, lambda: work(run))
    run.refresh_from_db()
    if DEEDS[deed].undoable:
        running.undo(run, by=by, at=timezone.now())
        timed(took, lambda: work(run))
    counts = {state: count for state, count in running.counts(run).items() if count}
    steps = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in zip(("list", "look", "do", "undo"), took))  # noqa: B905
    print(f"{deed}: {len(numbers)} rows: {steps}; {counts}", flush=True)
    return took[2] * 10_000 / len(numbers)


def main() -> int:
    """Measure every deed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--recorded", type=int, default=250)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    numbers = fill(options.articles)
    print(f"{connection.vendor}, {len(numbers)} pages", flush=True)
    today, rosa = timezone.localdate(), cast.reviewer().pk
    quick = [
        measure("assign", numbers, {"reviewer": rosa}),
        measure("cadence", numbers, {"tier": "high", "cadence": "", "months": None}),
        measure("defer", numbers, {"until": (today + timedelta(days=90)).isoformat(), "reason": "Measured."}),
        measure(
            "defer", numbers, {"first": (today + timedelta(days=1)).isoformat(), "weeks": 20, "reason": "Measured."}
        ),
    ]
    letter = {"reviewer": rosa, "on": (today - timedelta(days=2)).isoformat(), "evidence": "A letter."}
    measure("record", numbers[: options.recorded], letter)
    return int(max(quick) > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
