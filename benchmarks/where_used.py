"""How many queries, and how long, it takes to say where a source is used that 5,000 articles lean on."""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from articles import library
from articles.admin import usage
from articles.content import Content, SectionContent
from articles.models import Article, Citation, Edition, Reliance, Section, cited_source
from references.models import Source

ARTICLES = 5_000
QUERIES = 5
GOAL = 100  # milliseconds
BODY = (
    '<p>About 6,550 people are diagnosed each year.<cite data-source="{key}"></cite> Most of them are children.</p>'
    '<p>Treatment takes two to three years.<cite data-source="{key}"></cite></p>'
)


def made(source: Source) -> None:
    """Articles that lean on the source, each with an edition that readers see; rows as the deeds would write them."""
    who = User.objects.create(username="wanda", is_superuser=True)
    at, body = timezone.now(), BODY.format(key=source.key)
    articles = Article.objects.bulk_create(
        Article(title=f"Example disease {n:05}", slug=f"example-{n}", started_by=who, started_at=at)
        for n in range(ARTICLES)
    )
    sections = Section.objects.bulk_create(
        Section(article=one, heading="What it is", anchor="what-it-is", body=body, position=1) for one in articles
    )
    Citation.objects.bulk_create(
        Citation(article=one.article, section=one, source=source, key=source.key, position=position)
        for one in sections
        for position in (1, 2)
    )
    words = (SectionContent(anchor="what-it-is", heading="What it is", body=body),)
    same = {"number": 1, "revision": 1, "change_class": "first", "published_by": who, "published_at": at}
    editions = [Edition(article=one, **same, **said(one, words, source)) for one in articles]
    Edition.objects.bulk_create(editions)
    Reliance.objects.bulk_create(Reliance(article=one.article, edition=one, source=source) for one in editions)


def said(article: Article, sections: tuple[SectionContent, ...], source: Source) -> dict[str, str]:
    words = Content(title=article.title, sections=sections, sources=(cited_source(source),))
    return {"content": words.to_json(), "digest": words.digest, "full_hash": words.full_hash, "emergency_reason": "-"}


def measure(name: str, work: Callable[[], Any]) -> tuple[int, float]:
    """Queries, and the median of five times in milliseconds."""
    with CaptureQueriesContext(connection) as asked:
        work()
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:44} {len(asked):3} queries {statistics.median(taken):8.1f} ms")
    return len(asked), statistics.median(taken)


def main() -> int:
    """Print the figures; 1 if they are above the bounds."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        source = Source.objects.create(title="Facts and figures", organization="Example Society", published="2024")
        twin = Source.objects.create(title=source.title, organization=source.organization, published="2024-05")
        made(source)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        pages = {"first page": 1, "page 100": 100, "last page": ARTICLES // usage.PER_PAGE}
        found = [measure(name, lambda at=page: list(usage.of(source, page=at))) for name, page in pages.items()]
        measure("what a merge would touch", lambda: list(library.touched(twin, source).changing))
        by, at = User.objects.get(), timezone.now()
        start = time.perf_counter()
        row = library.merge(twin, source, by=by, at=at)
        print(f"{'merge: 10,000 citations move':44} {(time.perf_counter() - start) * 1000:19.1f} ms")
        start = time.perf_counter()
        library.undo(row, by=by, at=at)
        print(f"{'undo':44} {(time.perf_counter() - start) * 1000:19.1f} ms")
    finally:
        teardown_databases(old, verbosity=0)
    return int(any(queries > QUERIES or taken > GOAL for queries, taken in found))


if __name__ == "__main__":
    sys.exit(main())
