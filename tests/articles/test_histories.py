"""Random histories of one article, made by deeds: what must hold after every one of them."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from articles import addresses, contributions, dates, drafting, keeping, publishing, recording, reviewing, roles
from articles.content import digest_of
from articles.models import Article, Published, Review, Reviewer
from articles.refusals import Refused
from tests import cast
from tests.conftest import PROOF

pytestmark = pytest.mark.django_db
LIVES = {"sample": 10, "full": 250}[PROOF]
ROUNDS_A_LIFE = 24

PEOPLE = {
    "wanda": [roles.WRITER],
    "edith": [roles.EDITOR],
    "rosa": [roles.MEDICAL_REVIEWER],
    "paula": [roles.PUBLISHER],
    "stan": [roles.RECORDS_STEWARD],
    "max": list(roles.ROLES),  # holds every role at once, and must be held by the rules all the same
}
DOCTORS = ("rosa", "max", "guest")  # the guest has no account
MOVES_LAST_REVIEWED = {"attest", "correct", "accept", "publish", "withdraw", "on_behalf", "prior"}


class World:
    """One article, a clock, and the people. Each deed takes who does it and a number to choose with."""

    def __init__(self) -> None:
        self.people = {name: _account(name) for name in PEOPLE}
        self.doctors = {name: _doctor(name) for name in DOCTORS}
        self.at = cast.NOON
        facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
        self.pk = drafting.start(cast.words(), by=self.people["wanda"], at=self.at, manuscript=facts).pk

    @property
    def article(self) -> Article:
        return Article.objects.get(pk=self.pk)

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def newest(self, **which) -> Review | None:
        return Review.objects.filter(**which).order_by("-pk").first()

    def doctor(self, number):
        return self.doctors[DOCTORS[number % len(DOCTORS)]]

    def changed(self, number, anchor="treatment"):
        return cast.with_body(self.article.content(), anchor, f"<p>The usual dose is {number % 4} mg.</p>")

    # -- deeds -------------------------------------------------------------------------------------------------------

    def edit(self, by, number, anchor="treatment"):
        words, now = self.changed(number, anchor), self.article
        if words == now.content():
            words = replace(words, title=f"{words.title} again")
        drafting.revise(now, words, by=by, at=self.at, base_revision=now.revision)

    def edit_our_program(self, by, number):
        self.edit(by, number, "our-program")

    def request(self, by, number):
        reviewing.request(self.article, reviewer=self.doctor(number), by=by, at=self.at)

    def _answering(self, by):
        review = self.newest(answer="") or self.newest(origin="request")
        if review is None:
            raise Refused("nothing was asked")
        return review, self.people["max" if review.reviewer.slug == "max" else "rosa"] if by is None else by

    def attest(self, by, number):
        review, by = self._answering(by)
        reviewing.attest(review, by=by, at=self.at, digest=review.digest)

    def correct(self, by, number):
        review, by = self._answering(by)
        reviewing.correct_and_attest(review, self.changed(number), by=by, at=self.at, digest=review.digest)

    def decline(self, by, number):
        review, by = self._answering(by)
        reviewing.decline(review, by=by, at=self.at, digest=review.digest, reason="Too long.")

    def recall(self, by, number):
        reviewing.recall(self._answering(by)[0], by=by, at=self.at)

    def accept(self, by, number):
        review = self.newest(origin="correction")
        if review is None:
            raise Refused("nothing was corrected")
        reviewing.accept(review, by=by, at=self.at, digest=review.digest)

    def publish(self, by, number):
        publishing.publish(self.article, by=by, at=self.at, change_class="wording", change_note="A note.")

    def withdraw(self, by, number):
        publishing.withdraw(self.article, by=by, at=self.at, reason="A mistake.")

    def on_behalf(self, by, number):
        on = self.today - timedelta(days=number % 3 - 1)
        recording.on_behalf(self.article, reviewer=self.doctor(number), on=on, evidence="A letter.", by=by, at=self.at)

    def prior(self, by, number):
        on = timezone.localdate(cast.NOON) - timedelta(days=number)
        recording.prior(self.article, reviewer=self.doctor(number), on=on, evidence="A letter.", by=by, at=self.at)

    def cadence(self, by, number):
        tier, months = ("high", "standard", "low")[number % 3], (None, 1, 18, 37)[number % 4]
        keeping.set_cadence(self.article, tier=tier, months=months, by=by, at=self.at)

    def defer(self, by, number):
        keeping.defer(self.article, until=self.today + timedelta(days=number * 40), reason="Busy.", by=by, at=self.at)


USUAL = {
    **dict.fromkeys(("edit", "edit_our_program", "request", "recall"), "wanda"),
    **dict.fromkeys(("attest", "correct", "decline"), None),  # whoever was asked
    **dict.fromkeys(("publish", "withdraw"), "paula"),
    **dict.fromkeys(("on_behalf", "prior", "cadence", "defer"), "stan"),
    "accept": "edith",
}
# What people do again and again, so that histories get somewhere; then anything, by anybody.
ROUNDS = [
    ("request", "attest", "publish"),
    ("edit", "request", "attest", "publish"),
    ("request", "correct", "accept", "publish"),
    ("request", "correct", "publish"),
    ("edit_our_program", "publish"),
    ("prior", "publish"),
    ("on_behalf", "on_behalf", "defer"),
    ("cadence", "defer", "cadence"),
    ("request", "decline", "edit"),
    ("request", "edit_our_program", "attest", "recall"),
    ("edit", "request", "recall"),
    ("withdraw", "request", "attest", "publish"),
]


def _account(name):
    for role in PEOPLE[name]:
        found = cast.person(name, role)
    return found


def _doctor(name):
    account = cast.person(name) if name in PEOPLE else None
    facts = {"name": name.title(), "credentials": "MD", "account": account}
    return Reviewer.objects.get_or_create(slug=name, defaults=facts)[0]


def dump():
    """Every row of our apps."""
    models = [model for app in ("articles", "references") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


# -- what must hold ------------------------------------------------------------------------------------------------


def page():
    return Published.objects.filter(moved_to=None).first()


def page_values(row):
    return row and {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def check_rows(world):
    article = world.article
    numbers = list(article.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, article.revision + 1))
    assert not article.revisions.filter(by=None).exists()
    assert article.digest == article.content().digest == article.revisions.last().digest
    assert article.editions.open().count() <= 1
    assert article.reviews.open().count() <= 1
    assert all(review.digest == article.digest for review in article.reviews.open())
    for review in article.reviews.all():
        assert review.digest == digest_of(review.content)


def check_words(world):
    """What readers see was attested, and two people have seen every word of it."""
    article = world.article
    edition = article.editions.open().first()
    if edition is None:
        return
    assert page().edition == edition
    assert edition.digest == digest_of(edition.content)
    assert edition.digest in {review.digest for review in contributions.sound(article)}
    signed = article.reviews.attested().filter(revision__lte=edition.revision).select_related("acceptance", "reviewer")
    for revision in article.revisions.filter(number__lte=edition.review.revision):
        later = [review for review in signed if review.revision >= revision.number]
        assert any(second_reader(review, revision.by_id) for review in later), revision.number
    ours = article.revisions.filter(number__gt=edition.review.revision, number__lte=edition.revision)
    assert not ours.filter(by=edition.published_by).exists()


def second_reader(review, writer):
    """Whether this review shows that somebody else than `writer` has read what `writer` wrote."""
    signer = review.reviewer.account_id
    if review.origin == Review.Origin.CORRECTION:
        accepted = getattr(review, "acceptance", None)
        return accepted is not None and accepted.by_id != signer and {signer, accepted.by_id} != {writer}
    return signer != writer


def check_dates(world):
    """The dates of the page, told once more from the rows in another way."""
    article, row = world.article, page()
    addresses.post(article, at=world.at)
    assert page_values(page()) == page_values(row)
    edition = article.editions.open().first()
    if edition is None:
        assert row is None or (row.last_reviewed_on, row.next_due, row.review) == (None, None, None)
        return
    found = [review for review in contributions.sound(article) if review.digest == edition.digest]
    latest = max(found, key=lambda review: (review.reviewed_on, review.pk))
    assert (row.last_reviewed_on, row.review) == (latest.reviewed_on, latest)
    assert row.last_reviewed_on <= world.today
    months = article.cadence_months or {"high": 6, "standard": 12, "low": 36}[article.risk_tier]
    due = dates.add_months(latest.reviewed_on, months)
    for entry in article.timeline.filter(what__in=["deferred", "cadence_set"], at__gte=latest.answered_at).order_by(
        "pk"
    ):
        due = dates.add_months(latest.reviewed_on, months)
        if entry.what == "deferred":
            due = date.fromisoformat(entry.detail[:10])
    assert row.next_due == due


def step(world, deed, who, number, done):
    """Try one deed and compare everything before and after."""
    world.at += timedelta(minutes=1)
    by = world.people.get(USUAL[deed] if who == "usual" else who)
    before, reviewed = dump(), page() and page().last_reviewed_on
    try:
        getattr(world, deed)(by, number)
    except Refused:
        assert dump() == before, f"{deed} was refused and left a trace"
        return
    after = dump()
    grown = [row for row in after["TimelineEntry"] if row not in before["TimelineEntry"]]
    assert grown, f"{deed} left no entry"
    assert after["TimelineEntry"][: len(before["TimelineEntry"])] == before["TimelineEntry"]
    if deed not in MOVES_LAST_REVIEWED:
        assert (page() and page().last_reviewed_on) == reviewed, f"{deed} moved the date of the last review"
    done.append(deed)


def live(random):
    """One life of an article. Returns the deeds that were done."""
    world, done = World(), []
    for _round in range(ROUNDS_A_LIFE):
        world.at += timedelta(days=random.choice([0, 0, 1, 7, 30, 100]))
        single = [(random.choice(sorted(USUAL)), random.choice(["usual", *PEOPLE]))]
        who = random.choice(["usual", "usual", "max"])
        common = [(deed, who) for deed in random.choice(ROUNDS)]
        for deed, who in random.choice([single, single, common]):
            step(world, deed, who, random.randrange(10), done)
            check_rows(world)
            check_words(world)
            check_dates(world)
    return done


@pytest.mark.parametrize("seed", range(LIVES))
def test_what_must_hold_holds_after_every_deed(seed):
    assert live(Random(seed))


def test_lives_are_rich_enough_to_prove_anything():
    done = Counter(deed for seed in range(6) for deed in _life_of_its_own(seed))
    assert set(done) == set(USUAL)
    assert done["publish"] > 8


def _life_of_its_own(seed):
    with transaction.atomic():
        done = live(Random(100 + seed))
        transaction.set_rollback(True)
    return done
