"""Random histories of one article, made by deeds: what must hold after every one of them."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from articles import addresses, contributions, dates, policy, reliances
from articles.content import digest_of
from articles.models import Published, Review
from articles.refusals import Refused
from tests.articles import lines
from tests.articles.world import PEOPLE, PRIOR, ROUNDS, USUAL, World
from tests.conftest import PROOF

pytestmark = pytest.mark.django_db
LIVES = {"sample": 4, "full": 100}[PROOF]
RICH = {"sample": 6, "full": 12}[PROOF]  # lives at most, until most deeds, or all of them, got done
ROUNDS_A_LIFE = 24
# Housekeeping and emergencies, which are publications, never move the date: see check_new_edition.
MOVES_LAST_REVIEWED = {"attest", "correct", "accept", "publish", "withdraw", "on_behalf", "prior", "reaffirm", "deny"}


def dump():
    """Every row of our apps."""
    models = [model for app in ("articles", "references") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


# -- what must hold ------------------------------------------------------------------------------------------------


def page():
    return Published.objects.exclude(title="Another disease").filter(moved_to=None).first()


def page_values(row):
    return row and {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def check_rows(world):
    article = world.article
    numbers = list(article.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, article.revision + 1))
    assert not article.revisions.filter(by=None).exists()
    assert article.digest == article.content().digest == article.revisions.last().digest
    assert article.editions.open().count() <= 1
    assert article.in_hand or article.editions.open().get().full_hash == article.revisions.last().full_hash
    assert not reliances.drifted(article)
    asked = list(article.reviews.open().values_list("kind", "reviewer"))
    assert len(asked) == len(set(asked))
    assert all(review.digest == article.digest for review in article.reviews.open())
    for review in article.reviews.all():
        assert review.digest == digest_of(review.content)


def check_words(world):
    """What readers see was attested, but for an emergency, and two people have seen every word of it."""
    article = world.article
    edition = article.editions.open().first()
    if edition is None:
        return
    assert page().edition == edition
    assert edition.digest == digest_of(edition.content)
    signed = list(article.reviews.attested().clinical().select_related("acceptance", "reviewer"))
    if edition.review is None:
        assert edition.emergency_reason
    else:
        assert edition.digest == edition.review.digest
        assert edition.review in contributions.sound(article)
    editions = list(article.editions.filter(number__lte=edition.number))
    for revision in article.revisions.filter(number__lte=edition.revision):
        later = [review for review in signed if review.revision >= revision.number]
        shown = {one.published_by_id for one in editions if one.revision >= revision.number}
        assert any(second_reader(r, revision.by_id) for r in later) or shown - {revision.by_id}, revision.number


def second_reader(review, writer):
    """Whether this review shows that somebody else than `writer` has read what `writer` wrote."""
    signer = review.reviewer.account_id
    if review.origin == Review.Origin.CORRECTION:
        accepted = getattr(review, "acceptance", None)
        return accepted is not None and accepted.by_id != signer and {signer, accepted.by_id} != {writer}
    return signer != writer


def answered(review):
    accepted = getattr(review, "acceptance", None)
    return accepted.at if accepted else review.answered_at


def check_dates(world):
    """The dates of the page, told once more from the rows in another way."""
    article, row = world.article, page()
    addresses.post(article, at=world.at)
    assert page_values(page()) == page_values(row)
    edition = article.editions.open().first()
    if edition is None:
        dated = row and (row.last_reviewed_on, row.next_due, row.review, row.unreviewed_since)
        assert not dated or dated == (None, None, None, None)
        return
    latest = latest_review(article, edition)
    by_news = news_due(article)
    assert (row.last_reviewed_on, row.review) == (latest and latest.reviewed_on, latest)
    assert latest is None or row.last_reviewed_on <= world.today
    planned = latest and due(article, latest)
    assert row.next_due == min(filter(None, [planned, by_news]), default=None)


def latest_review(article, edition):
    """Forward from the first edition: whose words were signed while readers could see them, or before they did."""
    sound, found = contributions.sound(article), None
    for one in article.editions.filter(number__lte=edition.number).order_by("number"):
        until = one.closed_at or article.timeline.latest("at").at
        known = [r for r in sound if answered(r) <= until]
        if one.emergency_reason:
            rushed = article.editions.filter(emergency_reason=one.emergency_reason, digest=one.digest)
            rushed = [
                e for e in rushed.order_by("number") if e.change_class != "housekeeping" and e.number <= one.number
            ]
            since = [r for r in known if r.digest == one.digest and answered(r) >= rushed[-1].published_at]
            whole = [r for r in since if lines.last_full([k for k in known if answered(k) <= answered(r)], one.digest)]
            known = known if any(checked_by_another(r, rushed[-1]) for r in whole) else []
        found = lines.last_full(known, one.digest) or found
        found = None if one.closed_how == "withdrawn" else found
    return found


def checked_by_another(review, rushed):
    accepted = getattr(review, "acceptance", None)
    readers = {review.answered_by_id, review.reviewer.account_id}
    return rushed.published_by_id not in readers or (accepted and accepted.by_id != rushed.published_by_id)


def due(article, review):
    months = article.cadence_months or {"high": 6, "standard": 12, "low": 36}[article.risk_tier]
    found = dates.add_months(review.reviewed_on, months)
    decided = article.timeline.filter(what__in=["deferred", "cadence_set"], at__gte=review.answered_at)
    for entry in decided.order_by("pk"):
        found = dates.add_months(review.reviewed_on, months)
        if entry.what == "deferred":
            found = date.fromisoformat(entry.detail[:10])
    return found


def news_due(article):
    """Whoever denies a review brings news, and nobody here decides about it."""
    first = article.alerts.order_by("pk").first()
    days = policy.current().tiers[article.risk_tier].event_days
    return first and timezone.localdate(first.alert.at) + timedelta(days=days)


def check_new_edition(world, before, reviewed):
    """Of an edition that was made just now: what it may change, and what it rests on."""
    new = world.article.editions.open().filter(number__gt=before.number if before else 0).first()
    if new is None or before is None or before.closed_how == "withdrawn":
        return
    if new.change_class == "housekeeping":
        assert (new.digest, page().last_reviewed_on) == (before.digest, reviewed)
        assert new.review or new.emergency_reason == before.emergency_reason
    elif new.emergency_reason:
        assert page().last_reviewed_on == reviewed
        assert page().unreviewed_since
    else:
        assert new.digest != before.digest
        assert page().unreviewed_since is None
    wrote = world.article.revisions.filter(number__gt=before.revision, number__lte=new.revision)
    unread = [one for one in wrote if not any(r.revision >= one.number for r in contributions.sound(world.article))]
    assert new.published_by_id not in {one.by_id for one in unread}


def step(world, deed, who, number, done):
    """Try one deed and compare everything before and after."""
    world.at += timedelta(minutes=1)
    by = world.people.get(USUAL[deed] if who == "usual" else who)
    before, reviewed = dump(), page() and page().last_reviewed_on
    edition = world.article.editions.order_by("-number").first()
    try:
        getattr(world, deed)(by, number)
    except Refused:
        assert dump() == before, f"{deed} was refused and left a trace"
        return
    after = dump()
    grown = [row for row in after["TimelineEntry"] if row not in before["TimelineEntry"]]
    assert grown, f"{deed} left no entry"
    assert after["TimelineEntry"][: len(before["TimelineEntry"])] == before["TimelineEntry"]
    edition and edition.refresh_from_db()
    check_new_edition(world, edition, reviewed)
    if deed == "reaffirm":
        assert edition.digest == Review.objects.latest("answered_at").digest
        assert page().last_reviewed_on == world.today
    if deed not in MOVES_LAST_REVIEWED:
        assert (page() and page().last_reviewed_on) == reviewed, f"{deed} moved the date of the last review"
    done.append(deed)


def live(random):
    """One life of an article. Returns the deeds that were done."""
    world, done, deck = World(), [], [PRIOR]  # only a page that is new can carry one
    for _round in range(ROUNDS_A_LIFE):
        world.at += timedelta(days=random.choice([0, 0, 1, 7, 30, 100]))
        deck = deck or random.sample(ROUNDS, len(ROUNDS))  # every round comes before one comes again
        deeds, who = deck.pop(), random.choice(["usual", "usual", "max"])
        if random.random() < 0.5:
            deeds, who = [random.choice(sorted(USUAL))], random.choice(["usual", *PEOPLE])
        for deed in deeds:
            step(world, deed, who, random.randrange(10), done)
            check_rows(world)
            check_words(world)
            lines.check_covers(world.article)
            check_dates(world)
    return done


@pytest.mark.parametrize("seed", range(LIVES))
def test_what_must_hold_holds_after_every_deed(seed):
    assert live(Random(seed))


def test_lives_are_rich_enough_to_prove_anything():
    done, enough = Counter(), len(USUAL) * (0.7 if PROOF == "sample" else 1)
    for seed in range(RICH):
        done.update(_life_of_its_own(seed))
        if len(done) >= enough and done["publish"] > 8:
            break
    assert len(done) >= enough
    assert done["publish"] > 8


def _life_of_its_own(seed):
    with transaction.atomic():
        done = live(Random(100 + seed))
        transaction.set_rollback(True)
    return done
