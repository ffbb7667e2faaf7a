"""What is signed: the whole page, or the changes; with which interests."""

import pytest

from articles import publishing, reviewing
from articles.models import Article, Published, Review
from tests import cast

pytestmark = pytest.mark.django_db
AFTER = cast.later(days=30)


def again(article, *, at=AFTER):
    """A request for words of which only the dose is new."""
    return cast.requested(cast.edited(article, at=at), at=at)


def attest(review, *, at=AFTER, **said):
    return reviewing.attest(review, by=cast.reviewer().account, at=at, digest=review.digest, **said)


def test_a_signature_is_for_the_whole_page_unless_it_says_otherwise():
    assert cast.signed().scope == "full"


def test_changes_are_signed_against_the_words_that_were_signed_before():
    first = cast.published().review
    review = again(first.article)
    assert reviewing.base_of(review) == first
    assert attest(review, scope="changes").scope == "changes"


def test_signing_the_changes_lets_the_page_be_published_and_leaves_last_reviewed_alone():
    first = cast.published()
    cast.publish(attest(again(first.article), scope="changes").article, at=AFTER)
    row = Published.objects.get()
    assert row.edition.number == 2
    assert (row.last_reviewed_on, row.review) == (first.review.reviewed_on, first.review)


def test_signing_the_whole_page_moves_last_reviewed():
    review = attest(again(cast.published().article))
    cast.publish(review.article, at=AFTER)
    assert Published.objects.get().review == review


def test_a_first_review_is_of_the_whole_page():
    review = cast.requested()
    with pytest.raises(reviewing.CannotSignChanges, match="No signed words"):
        attest(review, at=cast.NOON, scope="changes")


def test_where_nothing_changed_there_are_no_changes_to_sign():
    review = cast.requested(cast.published().article, at=AFTER)
    with pytest.raises(reviewing.CannotSignChanges, match="Nothing differs"):
        attest(review, scope="changes")


def test_corrections_that_were_not_accepted_are_no_words_to_compare_with():
    review = cast.requested()
    corrected = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    reviewing.correct_and_attest(review, corrected, by=cast.reviewer().account, at=cast.NOON, digest=review.digest)
    next_one = again(review.article)
    assert reviewing.base_of(next_one) is None
    with pytest.raises(reviewing.CannotSignChanges):
        attest(next_one, scope="changes")


def test_after_a_withdrawal_the_whole_page_is_read_again():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=2), reason="A wrong dose.")
    with pytest.raises(reviewing.CannotSignChanges, match="withdrawn"):
        attest(again(article), scope="changes")


def test_words_that_readers_have_are_signed_whole_whatever_was_signed_in_between():
    """Else the page would bear the date of a review of words that never were online."""
    article = cast.published().article
    before = Published.objects.get().last_reviewed_on
    cast.signed(cast.edited(article, "6 mg", at=cast.later(days=20)), at=cast.later(days=20))
    review = cast.requested(cast.edited(Article.objects.get(), "5 mg", at=cast.later(days=25)), at=AFTER)
    assert review.digest == article.content().digest != reviewing.base_of(review).digest
    with pytest.raises(reviewing.CannotSignChanges, match="Readers have these words already"):
        attest(review, scope="changes")
    assert Published.objects.get().last_reviewed_on == before
    signed = attest(review)
    assert Published.objects.get().review == signed


def test_a_scope_that_nobody_knows_is_refused():
    with pytest.raises(reviewing.CannotSignChanges, match="whole page, or the changes"):
        attest(cast.requested(), scope="some")


def test_corrections_can_be_signed_as_changes():
    review = again(cast.published().article)
    words = cast.with_body(review.words(), "treatment", "<p>The usual dose is 7 mg.</p>")
    rosa = cast.reviewer().account
    signed = reviewing.correct_and_attest(review, words, by=rosa, at=AFTER, digest=review.digest, scope="changes")
    assert (signed.scope, signed.base_digest) == ("changes", review.base_digest)


def test_corrections_back_to_the_signed_words_are_no_changes():
    first = cast.published().review
    review, rosa = again(first.article), cast.reviewer().account
    with pytest.raises(reviewing.CannotSignChanges, match="Nothing differs"):
        reviewing.correct_and_attest(review, first.words(), by=rosa, at=AFTER, digest=review.digest, scope="changes")


# -- interests -----------------------------------------------------------------------------------------------------


def test_interests_on_record_are_declared_with_the_signature():
    doctor = cast.reviewer()
    doctor.interests = "Advises Example Pharma."
    doctor.save()
    assert cast.signed().interests == "Advises Example Pharma."


@pytest.mark.parametrize(("said", "shown"), [("A grant.", "A grant."), ("none", "no interests to declare")])
def test_what_is_declared_today_stands_before_what_is_on_record(said, shown):
    doctor = cast.reviewer()
    doctor.interests = "Advises Example Pharma."
    doctor.save()
    signed = attest(cast.requested(), at=cast.NOON, interests=said)
    assert (Review.objects.get().interests, signed.declared) == (said, shown)


# -- what was read last --------------------------------------------------------------------------------------------


def test_what_the_same_person_sent_back_is_what_they_read_last():
    sent_back = cast.requested()
    reviewing.decline(
        sent_back, by=cast.reviewer().account, at=cast.NOON, digest=sent_back.digest, reason="The dose is wrong."
    )
    assert reviewing.last_read(again(sent_back.article)) == sent_back


def test_what_nobody_read_is_not_what_was_read_last():
    recalled = cast.requested()
    reviewing.recall(recalled, by=cast.person("wanda"), at=cast.NOON)
    review = again(recalled.article)
    assert reviewing.last_read(review) is None


def test_another_persons_reading_is_not_mine():
    article = cast.signed().article
    ravi = cast.reviewer("ravi")
    review = reviewing.request(article, reviewer=ravi, by=cast.person("wanda"), at=AFTER)
    assert reviewing.last_read(review) is None
