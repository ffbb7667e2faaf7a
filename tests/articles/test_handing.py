"""A request that goes to somebody else."""

from datetime import date

import pytest

from articles import reviewing, roles
from articles.models import Message, Review, TimelineEntry
from articles.refusals import ReasonNeeded
from tests import cast

pytestmark = pytest.mark.django_db


def hand_on(review, **said):
    said = {"by": cast.reviewer().account, "at": cast.NOON, "reason": "Not my field.", **said}
    return reviewing.hand_on(review, **said)


def reassign(review, to, **said):
    said = {"by": cast.person("stan", roles.RECORDS_STEWARD), "at": cast.NOON, "reason": "On leave.", **said}
    return reviewing.reassign(review, to=to, **said)


def entry():
    return TimelineEntry.objects.first()


def test_handing_on_asks_somebody_else_for_the_same_words():
    review, ravi = cast.requested(), cast.reviewer("ravi")
    new = hand_on(review, to=ravi)
    review.refresh_from_db()
    assert (review.answer, review.reason) == ("handed_on", "Not my field.")
    assert (new.follows, new.reviewer, new.digest, new.answer) == (review, ravi, review.digest, "")
    assert new.requested_by == review.requested_by
    assert (entry().what, entry().detail) == ("handed_on", "Rosa Example, MD → Ravi Example, MD: Not my field.")


def test_handed_on_words_can_be_signed_and_published():
    new = hand_on(cast.requested(), to=cast.reviewer("ravi"))
    reviewing.attest(new, by=new.reviewer.account, at=cast.NOON, digest=new.digest)
    assert cast.publish(new.article).review == new


def test_handing_on_to_nobody_gives_the_request_back(mailoutbox, django_capture_on_commit_callbacks):
    review = cast.requested()
    with django_capture_on_commit_callbacks(execute=True):
        hand_on(review)
    assert not Review.objects.open().exists()
    assert mailoutbox[0].to == ["wanda@example.org"]
    assert "Not my field." in mailoutbox[0].body


def test_everybody_concerned_is_told_and_who_must_act_at_once():
    review, ravi = cast.requested(), cast.reviewer("ravi")
    Message.objects.all().delete()
    reassign(review, ravi)
    told = Message.objects.order_by("person__username").values_list("person__username", "kind")
    assert list(told) == [("ravi", "action"), ("rosa", "digest"), ("wanda", "digest")]


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(reason):
    review = cast.requested()
    with pytest.raises(ReasonNeeded):
        hand_on(review, reason=reason)
    with pytest.raises(ReasonNeeded):
        reassign(review, cast.reviewer("ravi"), reason=reason)


def test_only_the_one_who_was_asked_hands_on():
    review, ravi = cast.requested(), cast.reviewer("ravi")
    with pytest.raises(reviewing.NotTheReviewer):
        hand_on(review, by=ravi.account)


def test_lapsed_credentials_refuse_the_signature_and_let_the_request_be_handed_on():
    review, doctor = cast.requested(), cast.reviewer()
    doctor.credentials_until = date(2026, 11, 1)
    doctor.save()
    with pytest.raises(reviewing.CannotSign, match="have lapsed"):
        reviewing.attest(review, by=doctor.account, at=cast.NOON, digest=review.digest)
    assert hand_on(review, to=cast.reviewer("ravi")).reviewer.slug == "ravi"


def test_away_until_is_noted():
    hand_on(cast.requested(), away_until=date(2026, 12, 1))
    doctor = cast.reviewer()
    assert doctor.is_away(date(2026, 12, 1))
    assert not doctor.is_away(date(2026, 12, 2))


def test_nobody_is_away_until_a_day_that_has_passed():
    review = cast.requested()
    with pytest.raises(reviewing.Refused, match="still to come"):
        hand_on(review, away_until=date(2026, 11, 1))
    review.refresh_from_db()
    assert review.answer == ""


@pytest.mark.parametrize("who", ["rosa", "wanda", "edith"])
def test_nobody_gets_a_request_who_may_not_sign_it(who):
    article = cast.edited(cast.draft(), by="edith")
    review = cast.requested(article)
    doctor = cast.editor(who) if who != "rosa" else cast.reviewer()
    doctor.credentials = "MD"
    doctor.save()
    with pytest.raises((reviewing.CannotSign, reviewing.AlreadyRequested)):
        reassign(review, doctor)
    assert Review.objects.open().get() == review


def test_a_request_that_was_answered_stays_where_it_is():
    review = cast.signed()
    with pytest.raises(reviewing.AlreadyAnswered):
        reassign(review, cast.reviewer("ravi"))


def test_words_whose_source_was_changed_since_are_not_handed_on():
    review = cast.requested()
    source = review.article.citations.get().source
    source.title = "Another work"
    source.save()
    with pytest.raises(reviewing.WordsMoved):
        hand_on(review, to=cast.reviewer("ravi"))
    assert hand_on(review).answer == "handed_on"


def test_reassigning_names_both():
    reassign(cast.requested(), cast.reviewer("ravi"))
    assert (entry().what, entry().by.username) == ("reassigned", "stan")
    assert entry().detail == "Rosa Example, MD → Ravi Example, MD: On leave."


@pytest.mark.parametrize("role", [roles.WRITER, roles.MEDICAL_REVIEWER, roles.PUBLISHER, roles.ADMINISTRATOR])
def test_other_roles_reassign_nothing(role):
    with pytest.raises(roles.NotAllowed):
        reassign(cast.requested(), cast.reviewer("ravi"), by=cast.person("other", role))
