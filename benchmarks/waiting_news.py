"""News that waits, for pages that are there: 3,800 pieces for 100,000 pages. Rows as the deeds would write them, but
for the words of these pages, which print no fact."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import policy
from articles.models import Alert, AlertPage, Edition, Fact, FactMention, FactValue
from benchmarks.pouring import pour, settled
from references.models import Source, SourceChange

DEAD, ALERTS, NAMED, FACTS = 30, 770, 10, 3_000  # of 100,000 pages


def add(stan: User) -> None:
    """Dead sources, alerts that name ten pages each, and facts that ran out."""
    editions = list(Edition.objects.open().order_by("pk").only("pk", "article"))
    of = len(editions) / 100_000
    with transaction.atomic():
        _dead(round(DEAD * of) or 1)
        _alerts(editions, round(ALERTS * of) or 1, stan)
        _facts(editions, round(FACTS * of) or 1, stan)
        settled()
    policy.settle()


def _dead(count: int) -> None:
    well = list(Source.objects.filter(health="unknown").order_by("pk"))
    gone = well[1 :: max(len(well) // count, 1)][:count]
    Source.objects.filter(pk__in=[one.pk for one in gone]).update(health="dead")
    SourceChange.log(((one.pk, SourceChange.Kind.DEAD, "", "") for one in gone), at=timezone.now())


def _alerts(editions: list[Edition], count: int, stan: User) -> None:
    kinds = Alert.Kind.values
    alerts = pour(
        Alert(kind=kinds[n % len(kinds)], title=f"News {n}", by=stan, at=timezone.now() - timedelta(days=n % 20))
        for n in range(count)
    )
    pour(
        AlertPage(alert=one, article_id=editions[(n * 39 + k * 7) % len(editions)].article_id)
        for n, one in enumerate(alerts)
        for k in range(NAMED)
    )


def _facts(editions: list[Edition], count: int, stan: User) -> None:
    today, source = timezone.localdate(), Source.objects.earliest("pk")
    said: dict[str, Any] = {"number": 1, "value": "6,550", "source": source, "by": stan, "at": timezone.now()}
    said |= {"as_of": today - timedelta(days=400), "expires": today - timedelta(days=1)}
    values = pour(FactValue(fact=one, **said) for one in pour(Fact(name=f"Cases {n}", latest=1) for n in range(count)))
    there = editions[:: max(len(editions) // count, 1)]
    pour(
        FactMention(article_id=page.article_id, edition=page, value=one)
        for page, one in zip(there, values, strict=False)
    )
