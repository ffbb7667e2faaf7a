"""Mail goes to whoever must act next, and leads to the screen where they act."""

import pytest

from articles import publishing, reviewing, roles
from articles.models import Message, Review, SignOff
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people():
    cast.cast()


def told(name, words):
    """Where the mails to this person lead whose subject holds the words."""
    found = Message.objects.filter(person__username=name, kind=Message.Kind.ACTION, subject__contains=words)
    return list(found.values_list("path", flat=True))


def corrected():
    review = cast.requested()
    words = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    return reviewing.correct_and_attest(review, words, by=cast.person("rosa"), at=cast.NOON, digest=review.digest)


def test_publishers_hear_of_what_they_can_publish():
    review = cast.signed()
    assert told("paula", "ready to publish") == [f"/admin/articles/article/{review.article_id}/publish/"]
    assert told("wanda", "ready to publish") == []


def test_who_asked_and_can_publish_hears_it_once():
    cast.person("wanda", roles.PUBLISHER)
    cast.signed()
    assert (len(told("wanda", "attested")), told("wanda", "ready to publish")) == (1, [])


def test_not_while_another_kind_of_review_is_missing():
    SignOff.objects.create(tier="standard", kind=Review.Kind.PLAIN, required=True)
    asked = {"reviewer": cast.editor("emil"), "by": cast.person("wanda"), "at": cast.NOON, "kind": Review.Kind.PLAIN}
    review = cast.signed()
    assert told("paula", "ready to publish") == []
    plain = reviewing.request(review.article, **asked)
    reviewing.attest(plain, by=cast.person("emil"), at=cast.NOON, digest=plain.digest)
    assert len(told("paula", "ready to publish")) == 1


def test_corrections_are_ready_when_somebody_has_accepted_them():
    review = corrected()
    assert told("wanda", "accept the corrections") == [f"/admin/articles/review/{review.pk}/corrections/"]
    assert told("paula", "ready to publish") == []
    reviewing.accept(review, by=cast.person("wanda"), at=cast.NOON, digest=review.digest)
    assert len(told("paula", "ready to publish")) == 1


def test_a_second_signature_and_one_of_what_is_online_ask_for_nothing():
    article = cast.published().article
    cast.signed(article, at=cast.later(days=1))
    assert len(told("paula", "ready to publish")) == 1


def test_after_an_emergency_those_who_can_ask_are_led_to_asking():
    article, said = cast.draft(), {"change_class": "correction", "change_note": "The dose."}
    publishing.publish_in_emergency(article, by=cast.person("paula"), at=cast.NOON, reason="A recall.", **said)
    assert told("edith", "emergency") == [f"/admin/articles/article/{article.pk}/request-review/"]
