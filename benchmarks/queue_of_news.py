"""How long the queue of news takes with 100,000 pages (or as many as you say) and some thousand pieces of news."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from articles import news, policy
from articles.content import Content
from articles.models import Alert, AlertPage, Article, Edition, Fact, FactMention, FactValue, Published, Reliance
from references.models import Source, SourceChange

PAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
EACH = 3  # sources a page leans on, of as many sources as a tenth of the pages
ALERTS, NAMED = 500, 10  # and the pages of each
FACTS = 3_000
CHANGES = 300
GOAL = 300  # milliseconds of CPU


def filled() -> None:
    """Pages, and what happened; rows as the deeds would write them."""
    who, at, today = User.objects.create(username="wanda"), timezone.now(), timezone.localdate()
    words = Content(title="Disease", sections=())
    same: dict[str, Any] = {"content": words.to_json(), "digest": words.digest, "full_hash": words.full_hash}
    same |= {"emergency_reason": "-"}
    same |= {"number": 1, "revision": 1, "change_class": "first", "published_by": who, "published_at": at}
    made = (Article(title=f"Disease {n}", slug=f"disease-{n}", started_by=who, started_at=at) for n in range(PAGES))
    pages = Article.objects.bulk_create(made, batch_size=5000)
    editions = Edition.objects.bulk_create((Edition(article=one, **same) for one in pages), batch_size=5000)
    days = {"first_published_on": today, "last_updated_on": today, "last_reviewed_on": today}
    Published.objects.bulk_create(
        (Published(slug=e.article.slug, article=e.article, edition=e, title=e.article.title, **days) for e in editions),
        batch_size=5000,
    )
    sources = Source.objects.bulk_create(Source(title=f"Facts {n}", health="dead") for n in range(PAGES // 10))
    leans = ((e, sources[(n * 7 + k * 911) % len(sources)]) for n, e in enumerate(editions) for k in range(EACH))
    Reliance.objects.bulk_create((Reliance(article=e.article, edition=e, source=s) for e, s in leans), batch_size=5000)
    SourceChange.objects.bulk_create(
        SourceChange(number=n + 1, source=sources[n], at=at, kind="dead") for n in range(CHANGES)
    )
    alerts = Alert.objects.bulk_create(Alert(kind="other", title=f"News {n}", by=who, at=at) for n in range(ALERTS))
    AlertPage.objects.bulk_create(
        AlertPage(alert=one, article=pages[(n * 39 + k) % PAGES]) for n, one in enumerate(alerts) for k in range(NAMED)
    )
    said = {"number": 1, "value": "6,550", "source": sources[0], "by": who, "at": at}
    said |= {"as_of": today - timedelta(days=400), "expires": today - timedelta(days=1)}
    facts = Fact.objects.bulk_create(Fact(name=f"Cases {n}", latest=1) for n in range(FACTS))
    values = FactValue.objects.bulk_create(FactValue(fact=one, **said) for one in facts)
    FactMention.objects.bulk_create(
        FactMention(article=e.article, edition=e, value=one) for e, one in zip(editions, values, strict=False)
    )


def measure(name: str, work: Callable[[], Any]) -> float:
    """Queries, and milliseconds: of this process, which with SQLite is all there is, and by the clock."""
    with CaptureQueriesContext(connection) as asked:
        work()
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    taken = (time.process_time() - cpu) * 1000
    print(f"{name:40} {len(asked):3} queries {taken:8.1f} ms CPU {(time.perf_counter() - clock) * 1000:8.1f} ms")
    return taken


def main() -> int:
    """Print the figures; 1 if the first sheet costs more than the goal."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        filled()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        page = Article.objects.order_by("pk")[0]
        first = measure("the first sheet", lambda: list(news.queue()[:50]))
        measure("how many", lambda: news.queue().count())
        measure("the last sheet", lambda: list(news.queue()[3700:3750]))
        measure("two words", lambda: list(news.queue(words="disease cases")[:50]))
        measure("one kind", lambda: list(news.queue(kinds=["expired"])[:50]))
        measure("under way", lambda: list(news.queue(under_way=True)[:50]))
        measure("news of one page", lambda: news.of_page(page))
        measure("which pages wait (daily)", lambda: len(set(news.waiting())))
        measure("due dates of all pages", policy.settle)
    finally:
        teardown_databases(old, verbosity=0)
    return int(first > GOAL)


if __name__ == "__main__":
    sys.exit(main())
