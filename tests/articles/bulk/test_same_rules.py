"""What is done to many is, row by row, what the deed for one does: the same refusals, rows, dates and entries."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from articles import asking, binning, denying, drafting, keeping, publishing, recording, reviewing, roles
from articles.content import Content
from articles.models import (
    Article,
    Citation,
    Deferral,
    Edition,
    FactMention,
    Published,
    Reliance,
    Review,
    Reviewer,
    Revision,
    Showing,
    TimelineEntry,
)
from articles.refusals import Refused
from articles.verifying import problems
from tests import cast
from tests.articles.bulk import doing

pytestmark = pytest.mark.django_db
ROWS = 12


def world(chance: random.Random) -> list[Article]:
    """Articles in random states."""
    found = []
    for number in range(ROWS):
        article = cast.draft(words(number))
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
        _touch(chance, article)
        found.append(article)
    return found


def words(number: int) -> Content:
    """Each page cites its own source, so that what happens to one source happens to one page."""
    found = cast.words(title=f"Page {number:02}")
    source = replace(found.sources[0], title=f"What is {number}?", url=f"https://example.org/{number}")
    return replace(found, sources=(source,))


def _touch(chance: random.Random, article: Article) -> None:
    """What the rules of signing ask about: other words, requests, corrections, reviews, and a rushed publication."""
    article.refresh_from_db()
    chance.choice([_nothing, _edit, _ask, _correct, _record, _deny, _rush, _replace_source, _propose])(article)


def _nothing(_article: Article) -> None:
    pass


def _edit(article: Article) -> None:
    """Olga changes words that no reviewer signs; who wrote them can not vouch for the page."""
    body = cast.with_body(article.content(), "our-program", "<p>We are here for you.</p>")
    told: dict[str, Any] = {"by": cast.person("olga", roles.WRITER), "at": cast.later(hours=2)}
    drafting.revise(article, body, base_revision=article.revision, **told)


def _ask(article: Article) -> None:
    if not Review.objects.open().filter(article=article).exists():
        reviewing.request(article, reviewer=cast.reviewer(), by=cast.person("wanda"), at=cast.later(hours=2))


def _correct(article: Article) -> None:
    """Rosa corrects the words, and nobody has accepted that."""
    _ask(article)
    review = Review.objects.open().get(article=article)
    better = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    by = cast.reviewer().account
    reviewing.correct_and_attest(review, better, by=by, at=cast.later(hours=3), digest=review.digest)


def _record(article: Article) -> Review | None:
    said = {"reviewer": cast.reviewer(), "on": date(2026, 11, 20), "evidence": "A letter."}
    if not Published.objects.live().filter(article=article).exists():
        return None
    return recording.on_behalf(article, **said, by=doing.stan(), at=cast.later(days=20))


def _deny(article: Article) -> None:
    if review := _record(article):
        denying.deny(review, reason="I did not.", by=cast.reviewer().account, at=cast.later(days=21))


def _rush(article: Article) -> None:
    """Paula publishes another dose in an emergency; Olga is asked to check it."""
    if Published.objects.live().filter(article=article).exists():
        told = {"reason": "The dose is wrong.", "change_class": "correction", "change_note": "The dose."}
        paula = cast.person("paula", roles.PUBLISHER)
        publishing.publish_in_emergency(cast.edited(article, "3 mg"), by=paula, at=cast.later(hours=3), **told)


def _replace_source(article: Article) -> None:
    """The library says something else of a source; the stored digest does not know that yet."""
    source = article.citations.first().source
    source.title = "What is that disease?"
    source.save()


def _propose(article: Article) -> None:
    article.sections.filter(anchor="treatment").update(heading_proposed=True)


def _change(chance: random.Random, article: Article) -> None:
    page = Published.objects.filter(article=article).first()
    if page and chance.random() < 0.4:
        until = date(2026, 12, 1) + timedelta(days=chance.randrange(300))
        keeping.defer(article, until=until, reason="Before.", by=doing.stan(), at=cast.later(hours=1))
    if page and chance.random() < 0.2:
        publishing.withdraw(article, by=cast.person("paula"), at=cast.NOON, reason="Wrong.")
    if chance.random() < 0.4:
        keeping.assign(article, reviewer=cast.reviewer("olga"), by=doing.stan(), at=cast.NOON)


def doer(deed: str, seed: int) -> Any:
    """Wanda asks for reviews in one world and Stan, who asks of less, in the next; Stan does the rest."""
    return cast.person("wanda") if deed == "request" and seed % 2 else doing.stan()


def one(deed: str, article: Article, terms: dict[str, Any], person: Any) -> str:
    """The deed for one article. What it was refused for, or nothing."""
    by: dict[str, Any] = {"by": person, "at": doing.NOW}
    article.refresh_from_db()
    try:
        with transaction.atomic():
            if deed == "cadence":
                tier, months = terms["tier"] or article.risk_tier, article.cadence_months
                keeping.set_cadence(article, tier=tier, months=terms["months"] if terms["cadence"] else months, **by)
            elif deed == "assign":
                keeping.assign(article, reviewer=cast.reviewer() if terms["reviewer"] else None, **by)
            elif deed == "record":
                said = {"on": date.fromisoformat(terms["on"]), "evidence": terms["evidence"]}
                recording.on_behalf(article, reviewer=Reviewer.objects.get(pk=terms["reviewer"]), **said, **by)
            elif deed == "request":
                request(article, terms, **by)
            else:
                keeping.defer(article, until=date.fromisoformat(terms["until"]), reason=terms["reason"], **by)
    except Refused as no:
        return str(no)
    return ""


def request(article: Article, terms: dict[str, Any], *, by: Any, at: datetime) -> None:
    drafting.refuse_binned(article)  # the first that any deed asks
    reviewer = Reviewer.objects.get(pk=terms["reviewer"]) if terms["reviewer"] else article.reviewer
    if reviewer is None:
        raise Refused("No reviewer is assigned to it.")
    reviewing.request_as(article, reviewer, asking.Asked(note=terms["note"], silent=True), by=by, at=at)


def rows() -> list[Any]:
    """All that the deeds write, without the numbers of rows."""
    tables = [Article.objects.order_by("pk").values()]
    for model in (
        Published,
        Review,
        Edition,
        Revision,
        TimelineEntry,
        Deferral,
        Citation,
        Reliance,
        FactMention,
        Showing,
    ):
        tables.append(model.objects.order_by("article", "pk").values())
    places = {
        pk: place for place, pk in enumerate(Review.objects.order_by("article", "pk").values_list("pk", flat=True))
    }
    named = {"review_id", "corrects_id", "follows_id"}  # a review is told by its place
    left_out = {"id", "section_id"}
    return [
        [
            {name: places.get(value) if name in named else value for name, value in row.items() if name not in left_out}
            for row in table
        ]
        for table in tables
    ]


def signing(chance: random.Random) -> list[tuple[str, dict[str, Any]]]:
    """Reviews to record, one of them in the future, and to request."""
    on, who = chance.choice(["2026-11-02", "2026-11-20", "2026-11-25", "2027-11-25"]), chance.choice(["rosa", "olga"])
    letter = {"reviewer": cast.reviewer(who).pk, "on": on, "evidence": "A letter."}
    whom = chance.choice([None, cast.reviewer(who).pk])
    return [("record", letter), ("record", letter), *[("request", {"reviewer": whom, "note": "Please."})] * 2]


def wanted(chance: random.Random) -> tuple[str, dict[str, Any]]:
    day = date(2026, 11, 1) + timedelta(days=chance.randrange(1500))
    return chance.choice(
        [
            ("cadence", {"tier": chance.choice(["", "high"]), "cadence": "own", "months": chance.choice([6, 7, 99])}),
            ("cadence", {"tier": chance.choice(["high", "low"]), "cadence": "", "months": None}),
            ("assign", {"reviewer": chance.choice([None, cast.reviewer().pk])}),
            ("defer", {"until": day.isoformat(), "reason": "Measured."}),
            ("defer", {"until": "2027-01-15", "reason": "Measured."}),
            *signing(chance),
        ]
    )


@pytest.mark.parametrize("seed", range(4))
def test_many_are_done_as_each_alone(seed, proof):
    chance = random.Random(seed)
    articles = world(chance)
    for _time in range({"sample": 4, "full": 40}[proof]):
        deed, terms = wanted(chance)
        with transaction.atomic():
            refused = [one(deed, article, terms, doer(deed, seed)) for article in articles]
            alone = rows()
            transaction.set_rollback(True)
        run = doing.prepared(deed, *articles, by=doer(deed, seed), **terms)
        if {"waiting", "left"} & {*doing.states(run)}:
            doing.work(doing.started(run))
        said = ["" if row.state == "done" else row.said for row in run.rows.order_by("position")]
        assert said == refused, (deed, terms)
        assert rows() == alone, (deed, terms)
    assert not list(problems())
