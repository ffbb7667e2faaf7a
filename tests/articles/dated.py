"""Pages whose dates follow from anything at all, laid out by the thousand; policies and facts by chance."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet

from articles.due import Known, Policy, Terms, Why
from articles.models import Article, Edition, Published
from tests import cast

TIERS = list(Article.Tier.values)
ODD_DAYS = [date(2024, 2, 29), date(2026, 8, 31), date(2026, 12, 31), date(2027, 1, 31), date(2028, 2, 29)]


def lay_out(knowns: Sequence[Known], chance: Random) -> dict[str, Known]:
    """Open pages, written past the deeds: nothing but their dates matters here."""
    by, at = cast.person("wanda"), {"started_at": cast.NOON}
    articles = [Article(title=f"{n}", slug=f"p{n}", started_by=by, **at) for n in range(len(knowns))]
    articles = Article.objects.bulk_create(articles)
    words = {"content": "{}", "digest": "d", "full_hash": "f", "change_class": "first", "emergency_reason": "x"}
    words |= {"published_by": by, "published_at": cast.NOON, "number": 1, "revision": 1}
    editions = QuerySet(Edition).bulk_create(Edition(article=article, **words) for article in articles)
    Published.objects.bulk_create(
        Published(
            slug=edition.article.slug,
            article=edition.article,
            edition=edition,
            last_reviewed_on=known.last_reviewed,
            risk_tier=known.tier,
            cadence_months=known.override,
            deferred_until=known.deferred_until,
            event_since=known.event_since,
            next_due=chance.choice([None, *ODD_DAYS]),
            due_why=chance.choice(list(Why)),
            overdue_from=chance.choice([None, *ODD_DAYS]),
        )
        for edition, known in zip(editions, knowns, strict=True)
    )
    return {edition.article.slug: known for edition, known in zip(editions, knowns, strict=True)}


def a_known(chance: Random) -> Known:
    def day():
        return (
            chance.choice(ODD_DAYS) if chance.random() < 0.1 else date(2019, 1, 1) + timedelta(chance.randrange(5000))
        )

    def perhaps(make):
        return make() if chance.random() < 0.5 else None

    return Known(
        last_reviewed=perhaps(day),
        tier=chance.choice(TIERS),
        override=perhaps(lambda: chance.randint(1, 120)),
        deferred_until=perhaps(day),
        event_since=perhaps(day),
    )


def a_policy(chance: Random) -> Policy:
    def some_terms():
        months, days = chance.randint(1, 120), chance.randint(0, 400)
        down = chance.choice([None, chance.randint(0, 400)])
        return Terms(months=months, event_days=days, grace_days=chance.randint(0, 90), withdraw_after=down)

    return Policy(tiers={tier: some_terms() for tier in TIERS}, maximum_months=chance.randint(1, 120))
