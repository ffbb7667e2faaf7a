"""How long it takes to load 100,000 retractions, and to load them again, beside 10,000 sources of which each tenth is
named; and what it costs to ask which news waits when one source is cited by 1,000 pages.

    .venv/bin/python -m benchmarks.load_retractions [--dois 100000]
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from articles.models import Article, Edition, Reliance
from references import retracting
from references.models import Source, SourceChange
from tests import cast

BOUND, DESK_BOUND = 10, 0.5  # seconds
SOURCES, PAGES = 10_000, 1_000


def timed(what: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """Do it, and say how long it took."""
    start, own = time.perf_counter(), time.process_time()
    done = work()
    seconds = time.perf_counter() - start
    print(f"{what:42} {seconds:6.2f} s, of which this process worked {time.process_time() - own:6.2f} s")
    return done, seconds


def lines(count: int) -> Iterator[str]:
    """As such lists are: capitals, percent-encoding, a few corrections."""
    yield "doi,notice_doi,nature\n"
    for n in range(count):
        yield f"10.1000/X%28{n}%29,10.1000/n{n},{'correction' if n % 7 == 0 else 'retraction'}\n"


def library() -> None:
    rows = (Source(title=f"Work {n}", kind="journal", doi=f"10.1000/x({n * 100})") for n in range(SOURCES))
    Source.objects.bulk_create(rows, batch_size=500)


def pages() -> None:
    """Open editions that lean on the first source; rows alone, for only the question is measured."""
    first = cast.published()
    source = Source.objects.get(doi="10.1000/x(0)")
    rows = []
    for n in range(PAGES):
        facts = {"title": f"Page {n}", "slug": f"page-{n}", "started_by": first.published_by}
        article = Article.objects.create(started_at=timezone.now(), digest=first.digest, **facts)
        kept = {name: getattr(first, name) for name in ("content", "digest", "full_hash", "revision", "review")}
        kept |= {name: getattr(first, name) for name in ("change_class", "change_note", "published_by", "published_at")}
        edition = Edition.objects.create(article=article, number=1, **kept)
        rows.append(Reliance(article=article, edition=edition, source=source))
    Reliance.objects.bulk_create(rows)


def measured(count: int) -> bool:
    """Whether everything keeps to its bound."""
    library()
    loaded, to_load = timed(f"load {count} DOIs", lambda: retracting.load(lines(count)))
    again, to_know = timed("load them again", lambda: retracting.load(lines(count)))
    pages()
    waiting = Reliance.objects.waiting()
    with CaptureQueriesContext(connection) as asked:
        desk, to_ask = timed(f"the desk, one source on {PAGES} pages", lambda: list(waiting.by_change()))
    print(f"{loaded.flagged} sources flagged, {SourceChange.objects.count()} news, desk in {len(asked)} question")
    right = (loaded.flagged, again.flagged, [row["pages"] for row in desk]) == (min(SOURCES, count // 100), 0, [PAGES])
    return right and max(to_load, to_know) < BOUND and to_ask < DESK_BOUND


def main() -> int:
    """Print the figures; 1 if they are above the bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dois", type=int, default=100_000)
    count = parser.parse_args().dois
    print(connection.vendor)
    setup_test_environment()  # no mail goes anywhere
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        return int(not measured(count))
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
