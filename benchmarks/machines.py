"""How many queries, and how long, the sitemap and the feed of changes take when 100,000 pages are online."""

import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_databases, teardown_databases
from django.utils import timezone

from articles.content import Content, SectionContent
from articles.models import Article, Edition, Published, Review, Reviewer

PAGES = 100_000
WITHDRAWN, REAFFIRMED = 50, 10  # every how many pages
WORDS = Content(title="T", sections=(SectionContent(anchor="a", heading="H", body="<p>" + "Words. " * 500 + "</p>"),))
# Milliseconds for each address, and how many queries it may take.
GOALS = {
    "/sitemap.xml": (400, 2),
    "/sitemap-1.xml": (400, 1),
    "/sitemap-10.xml": (400, 1),
    "/feeds/updates.atom": (100, 4),
}


def made(start: int, count: int, who: User, doctor: Reviewer) -> None:
    """So many pages; rows as the deeds would write them."""
    at, text = timezone.now() - timedelta(days=30), WORDS.to_json()
    here = range(start, start + count)
    articles = Article.objects.bulk_create(
        Article(title=f"Disease {n:06}", slug=f"disease-{n:06}", started_by=who, started_at=at) for n in here
    )
    same = {"content": text, "digest": WORDS.digest, "revision": 1}
    signed = {"answer": "attested", "scope": "full", "reviewed_on": at.date(), "signed_name": "Rosa Example"}
    asked = {"requested_by": who, "requested_at": at, "answered_by": who, "answered_at": at, "reviewer": doctor}
    reviews = Review.objects.bulk_create(Review(article=one, **same, **asked, **signed) for one in articles)
    closed = {"closed_how": "withdrawn", "closed_at": at, "closed_by": who, "closed_reason": "Wrong."}
    new = {"full_hash": WORDS.full_hash, "number": 1, "change_class": "first", "change_note": "A note."}
    editions = Edition.objects.bulk_create(
        Edition(
            **{"article": one, "review": review, "published_by": who, "published_at": at + timedelta(seconds=n)},
            **same | new | ({} if n % WITHDRAWN else closed),
        )
        for n, one, review in zip(here, articles, reviews, strict=True)
    )
    Published.objects.bulk_create(
        Published(slug=one.article.slug, article=one.article, title=one.article.title, **dated(n, one))
        for n, one in zip(here, editions, strict=True)
    )


def dated(number: int, edition: Edition) -> dict[str, Any]:
    day = edition.published_at.date()
    if edition.closed_how:
        return {"withdrawn_on": day, "first_published_on": day, "last_updated_on": day}
    again = None if number % REAFFIRMED else edition.published_at + timedelta(days=1)
    days = dict.fromkeys(("first_published_on", "last_updated_on", "last_reviewed_on"), day)
    return {"edition": edition, "review": edition.review, "reaffirmed_at": again, **days}


def measure(address: str) -> bool:
    """Print the median of five times, and whether it keeps its bounds."""
    client, taken = Client(headers={"Accept-Encoding": "gzip"}), []
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)  # the log is emptied with the next request
    for _ in range(5):
        start = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
    bound, most = GOALS[address]
    print(f"{address:24} {queries:2} queries {statistics.median(taken):8.1f} ms {len(answer.content):10,} bytes")
    return answer.status_code == 200 and statistics.median(taken) <= bound and queries <= most


def main() -> int:
    """Print the figures; 1 if they are above the bounds."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        who = User.objects.create(username="wanda", is_superuser=True)
        doctor = Reviewer.objects.create(name="Rosa Example", slug="rosa", credentials="MD")
        for start in range(0, PAGES, 2_000):
            made(start, 2_000, who, doctor)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with override_settings(ALLOWED_HOSTS=["testserver"]):
            kept = [measure(address) for address in GOALS]
    finally:
        teardown_databases(old, verbosity=0)
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
