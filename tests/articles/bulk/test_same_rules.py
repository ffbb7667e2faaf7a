"""What is done to many is, row by row, what the deed for one does: the same refusals, rows, dates and entries."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from articles import binning, keeping, publishing
from articles.models import Article, Deferral, Published, TimelineEntry
from articles.refusals import Refused
from tests import cast
from tests.articles.bulk import doing

pytestmark = pytest.mark.django_db
ROWS = 12


def world(chance: random.Random) -> list[Article]:
    """Articles in random states."""
    found = []
    for number in range(ROWS):
        article = cast.draft(cast.words(title=f"Page {number:02}"))
        if chance.random() < 0.75:
            cast.published(article)
        elif chance.random() < 0.5:
            binning.bin_draft(article, by=cast.person("wanda"), at=cast.NOON)
            found.append(article)
            continue
        if chance.random() < 0.5:
            tier, months = chance.choice([("high", None), ("low", 7), ("standard", 12)])
            keeping.set_cadence(article, tier=tier, months=months, by=doing.stan(), at=cast.NOON)
        _change(chance, article)
        found.append(article)
    return found


def _change(chance: random.Random, article: Article) -> None:
    page = Published.objects.filter(article=article).first()
    if page and chance.random() < 0.4:
        until = date(2026, 12, 1) + timedelta(days=chance.randrange(300))
        keeping.defer(article, until=until, reason="Before.", by=doing.stan(), at=cast.later(hours=1))
    if page and chance.random() < 0.2:
        publishing.withdraw(article, by=cast.person("paula"), at=cast.NOON, reason="Wrong.")
    if chance.random() < 0.4:
        keeping.assign(article, reviewer=cast.reviewer("olga"), by=doing.stan(), at=cast.NOON)


def one(deed: str, article: Article, terms: dict[str, Any]) -> str:
    """The deed for one article. What it was refused for, or nothing."""
    by: dict[str, Any] = {"by": doing.stan(), "at": doing.NOW}
    article.refresh_from_db()
    try:
        with transaction.atomic():
            if deed == "cadence":
                tier, months = terms["tier"] or article.risk_tier, article.cadence_months
                keeping.set_cadence(article, tier=tier, months=terms["months"] if terms["cadence"] else months, **by)
            elif deed == "assign":
                keeping.assign(article, reviewer=cast.reviewer() if terms["reviewer"] else None, **by)
            else:
                keeping.defer(article, until=date.fromisoformat(terms["until"]), reason=terms["reason"], **by)
    except Refused as no:
        return str(no)
    return ""


def rows() -> list[Any]:
    """All that the deeds write, without the numbers of rows."""
    noted = TimelineEntry.objects.order_by("article", "pk").values_list("article", "what", "by", "at", "detail")
    until = Deferral.objects.order_by("article", "pk").values_list("article", "until", "reason", "by", "at", "ended_at")
    return [
        *map(list, (Article.objects.order_by("pk").values(), Published.objects.order_by("pk").values(), noted, until))
    ]


def wanted(chance: random.Random) -> tuple[str, dict[str, Any]]:
    day = date(2026, 11, 1) + timedelta(days=chance.randrange(1500))
    return chance.choice(
        [
            ("cadence", {"tier": chance.choice(["", "high"]), "cadence": "own", "months": chance.choice([6, 7, 99])}),
            ("cadence", {"tier": chance.choice(["high", "low"]), "cadence": "", "months": None}),
            ("assign", {"reviewer": chance.choice([None, cast.reviewer().pk])}),
            ("defer", {"until": day.isoformat(), "reason": "Measured."}),
            ("defer", {"until": "2027-01-15", "reason": "Measured."}),
        ]
    )


@pytest.mark.parametrize("seed", range(4))
def test_many_are_done_as_each_alone(seed, proof):
    chance = random.Random(seed)
    articles = world(chance)
    for _time in range({"sample": 4, "full": 40}[proof]):
        deed, terms = wanted(chance)
        with transaction.atomic():
            refused = [one(deed, article, terms) for article in articles]
            alone = rows()
            transaction.set_rollback(True)
        run = doing.prepared(deed, *articles, **terms)
        if "waiting" in doing.states(run):
            doing.work(doing.started(run))
        said = ["" if row.state == "done" else row.said for row in run.rows.order_by("position")]
        assert said == refused, (deed, terms)
        assert rows() == alone, (deed, terms)
