"""Dates agree wherever somebody reads them: page, structured data, Open Graph, sitemap, feed; in any state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from articles import drafting, keeping, publishing, recording, roles
from articles.models import Published
from articles.refusals import Refused
from tests import cast
from tests.articles.reading import dated
from tests.articles.reading.pages import demo, move, wanda, withdraw
from tests.articles.world import ROUNDS, USUAL, World
from tests.conftest import PROOF

pytestmark = pytest.mark.django_db
SLUG = "acute-example-disease"
LIVES, ROUNDS_A_LIFE = {"sample": (2, 14), "full": (60, 30)}[PROOF]


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    set_to(cast.NOON)
    return set_to


def stan():
    return cast.person("stan", roles.RECORDS_STEWARD)


def paula():
    return cast.person("paula", roles.PUBLISHER)


def new_edition(article, moment):
    return cast.published(cast.edited(article, f"{moment:%j} mg", at=moment), at=moment)


def housekeeping(article, moment):
    words = cast.with_body(article.content(), "our-program", "<p>We have moved.</p>")
    drafting.revise(article, words, by=wanda(), at=moment, base_revision=article.revision)
    cast.publish(article, at=moment)


def emergency(article, moment):
    cast.edited(article, "1 mg", at=moment)
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "Less."}
    publishing.publish_in_emergency(article, by=paula(), at=moment, **said)


def checked_at_last(article, moment):
    emergency(article, moment)
    cast.signed(article, at=moment + timedelta(hours=1))


def deferred(article, moment):
    keeping.defer(article, until=moment.date() + timedelta(days=90), reason="Busy.", by=stan(), at=moment)


def on_behalf(article, moment):
    on = timezone.localdate(moment) - timedelta(days=2)
    recording.on_behalf(article, reviewer=cast.reviewer(), on=on, evidence="A letter.", by=stan(), at=moment)


STATES = {
    "first publication": lambda article, moment: None,
    "new words": new_edition,
    "housekeeping": housekeeping,
    "reviewed, no change": lambda article, moment: cast.signed(article, at=moment),
    "recorded for the reviewer": on_behalf,
    "deferred": deferred,
    "emergency": emergency,
    "an emergency that was checked": checked_at_last,
    "a draft on the way": lambda article, moment: cast.edited(article, at=moment),
}
# Noon; an hour at which the day in UTC is another one; the last minute before and the first after the clocks change.
MOMENTS = {
    "noon": datetime(2026, 11, 12, 20, 0, tzinfo=UTC),
    "half past eleven at night": datetime(2026, 11, 13, 7, 30, tzinfo=UTC),
    "before summer time": datetime(2027, 3, 14, 7, 59, tzinfo=UTC),
    "in summer time": datetime(2027, 3, 15, 6, 59, tzinfo=UTC),
}


@pytest.mark.parametrize("state", STATES)
def test_dates_agree_in_every_state_at_every_hour(client, at, state):
    article = cast.published().article
    for moment in MOMENTS.values():
        article.refresh_from_db()
        try:
            STATES[state](article, at(moment))
        except Refused:  # some things happen once: an emergency stands until it is checked
            continue
        dated.check(client, SLUG, today=timezone.localdate(moment))


@pytest.mark.parametrize(("when", "day"), [*zip(MOMENTS, (12, 12, 13, 14), strict=True)])
def test_the_day_is_that_of_the_hospital(client, at, when, day):
    moment = MOMENTS[when]
    cast.published(cast.draft(), at=at(moment))
    said = dated.check(client, SLUG, today=timezone.localdate(moment))
    assert said.shown["Last updated"] == f"{timezone.localtime(moment):%Y-%m}-{day}"


def test_a_page_that_was_withdrawn_and_comes_back(client, at):
    article = cast.published().article
    withdraw(article)
    at(cast.later(days=1))
    assert dated.check(client, SLUG, today=timezone.localdate()).status == 410
    article.refresh_from_db()
    cast.published(article, at=at(cast.later(days=5)))
    said = dated.check(client, SLUG, today=timezone.localdate())
    assert [kind for kind, _day in said.events] == ["wording", "withdrawn", "first"]


def test_a_page_that_moved_is_told_of_at_its_new_address_only(client, at):
    move(cast.published().article)
    assert dated.check(client, SLUG, today=timezone.localdate()).status == 301
    assert dated.check(client, "new-address", today=timezone.localdate()).listed == "2026-11-02"


def test_a_review_from_before_the_import_is_older_than_the_page(client, at):
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
    article = drafting.start(cast.words(), by=wanda(), at=cast.NOON, manuscript=facts)
    on = timezone.localdate() - timedelta(days=40)
    recording.prior(article, reviewer=cast.reviewer(), on=on, evidence="A letter.", by=stan(), at=cast.NOON)
    cast.publish(article)
    said = dated.check(client, SLUG, today=timezone.localdate())
    assert said.data["lastReviewed"] == on.isoformat() < said.data["datePublished"]


def test_a_demonstration_is_listed_nowhere(client, at):
    demo()
    said = dated.told(client, "demo-disease")
    assert (said.listed, said.events) == (None, ())
    assert said.data["dateModified"] == said.graph["modified_time"] == said.shown["Last updated"]


@pytest.mark.parametrize("seed", range(LIVES))
def test_dates_agree_after_any_history(client, at, seed):
    random, world, said = Random(seed), World(), []
    for _round in range(ROUNDS_A_LIFE):
        world.at += timedelta(days=random.choice([0, 1, 7, 30]), minutes=random.randrange(1440))
        for deed in random.choice([*ROUNDS, (random.choice(sorted(USUAL)),)]):
            at(world.at)
            world.at += timedelta(minutes=1)
            try:
                getattr(world, deed)(world.people.get(USUAL[deed]), random.randrange(10))
            except Refused:
                continue
        at(world.at)
        for slug in Published.objects.filter(article=world.pk).values_list("slug", flat=True):
            said.append(dated.check(client, slug, today=world.today))
    assert len({(one.status, one.events[0]) for one in said}) > 4


def test_what_disagrees_is_seen(client, at):
    cast.published()
    Published.objects.update(last_updated_on=cast.later(days=-1).date())
    with pytest.raises(AssertionError):
        dated.check(client, SLUG, today=timezone.localdate())


def test_words_are_told_of_as_they_are_shown(client, at):
    article = drafting.start(replace(cast.words(), title="A “title” & more"), by=wanda(), at=cast.NOON)
    row = Published.objects.get(edition=cast.published(article))
    said = dated.told(client, row.slug)
    assert said.data["name"] == "A “title” & more"
