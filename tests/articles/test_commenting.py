"""Talking about one place of an article."""

import pytest
from django.core import mail

from articles import commenting, reviewing, roles
from articles.commenting import AlreadyResolved, AlreadySaid, NoSuchPlace
from articles.models import Comment, Message, TimelineEntry
from articles.refusals import ReasonNeeded
from tests import cast
from tests.cast import NOON, later

pytestmark = pytest.mark.django_db


def said(review, text="Is this still so?", anchor="treatment", *, by=None, **more):
    by = by or cast.reviewer().account
    return commenting.comment(review.article, text=text, by=by, at=NOON, anchor=anchor, review=review, **more)


def test_it_works():
    review = cast.requested()
    made = said(review)
    assert (made.heading, made.review, made.resolved_at) == ("Treatment", review, None)
    commenting.answer(made, text="Yes, see the guideline.", by=review.requested_by, at=later(hours=1))
    (thread,) = commenting.threads(review.article)
    assert [one.text for one in thread.answers] == ["Yes, see the guideline."]
    assert commenting.resolve(made, by=review.requested_by, at=later(hours=2)).resolved_by == review.requested_by


def test_the_other_one_reads_it_in_the_daily_digest():
    review = cast.requested()
    made = said(review)
    commenting.answer(made, text="Yes.", by=review.requested_by, at=NOON)
    told = Message.objects.filter(kind=Message.Kind.DIGEST).order_by("pk").values_list("person__username", "body")
    assert list(told) == [("wanda", "Is this still so?"), ("rosa", "Yes.")]


def test_every_step_is_in_the_timeline():
    made = said(cast.requested())
    commenting.answer(made, text="Yes.", by=made.by, at=NOON)
    commenting.resolve(made, by=made.by, at=NOON)
    whats = TimelineEntry.objects.filter(detail="Treatment").order_by("pk").values_list("what", flat=True)
    assert list(whats) == ["commented", "commented", "resolved"]


def test_writers_editors_and_reviewers_may_and_nobody_else():
    people, review = cast.cast(), cast.requested()
    for name in ("wanda", "edith", "rosa"):
        said(review, f"A word by {name}", by=getattr(people, name))
    for name in ("paula", "stan", "ada", "sam"):
        with pytest.raises(roles.NotAllowed):
            said(review, by=getattr(people, name))
        with pytest.raises(roles.NotAllowed):
            commenting.resolve(Comment.objects.all()[0], by=getattr(people, name), at=NOON)


def test_a_comment_needs_words_and_a_place_that_is_there():
    review = cast.requested()
    with pytest.raises(ReasonNeeded):
        said(review, "  ")
    with pytest.raises(NoSuchPlace):
        said(review, anchor="nowhere")
    with pytest.raises(NoSuchPlace):
        commenting.comment(cast.draft(), text="x", by=review.requested_by, at=NOON, anchor="treatment", review=review)


def test_a_form_that_is_sent_twice_says_it_once():
    review = cast.requested()
    said(review)
    with pytest.raises(AlreadySaid):
        said(review)


def test_what_is_resolved_is_neither_answered_nor_resolved_again():
    made = said(cast.requested())
    commenting.resolve(made, by=made.by, at=NOON)
    for deed in (commenting.resolve, commenting.answer):
        more = {"text": "More."} if deed is commenting.answer else {}
        with pytest.raises(AlreadyResolved):
            deed(made, by=made.by, at=NOON, **more)


def test_an_answer_to_an_answer_stands_in_the_same_thread():
    made = said(cast.requested())
    first = commenting.answer(made, text="Yes.", by=made.by, at=NOON)
    assert commenting.answer(first, text="Sure?", by=made.by, at=NOON).answers == made


def test_comments_are_there_in_the_next_round():
    review = cast.requested()
    said(review)
    rosa = cast.reviewer().account
    reviewing.decline(review, by=rosa, at=NOON, digest=review.digest, reason="The dose.")
    again = cast.requested(cast.edited(review.article, at=later(days=1)), at=later(days=1))
    assert [thread.comment.text for thread in commenting.threads(again.article)] == ["Is this still so?"]


def test_changes_requested_send_the_open_comments_along(django_capture_on_commit_callbacks):
    review = cast.requested()
    said(review)
    said(review, "Not for the writer of this request.", by=review.requested_by)
    commenting.resolve(said(review, "Done with."), by=review.requested_by, at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.decline(review, by=cast.reviewer().account, at=NOON, digest=review.digest, reason="The dose.")
    assert "The dose.\n\nTreatment: Is this still so?\n" in mail.outbox[-1].body
    assert "Done with." not in mail.outbox[-1].body


def test_an_objection_to_corrections_closes_nothing_and_tells_the_reviewer(django_capture_on_commit_callbacks):
    review = cast.requested()
    rosa = cast.reviewer().account
    words = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    signed = reviewing.correct_and_attest(review, words, by=rosa, at=NOON, digest=review.digest)
    with django_capture_on_commit_callbacks(execute=True):
        commenting.object_to(signed, text="The label says 5.", by=signed.requested_by, at=NOON)
    assert mail.outbox[-1].to == [rosa.email]
    assert "The label says 5." in mail.outbox[-1].body
    reviewing.accept(signed, by=signed.requested_by, at=later(hours=1), digest=signed.digest)


def test_only_who_may_accept_may_object():
    review = cast.requested()
    with pytest.raises(roles.NotAllowed):
        commenting.object_to(review, text="No.", by=cast.reviewer().account, at=NOON)


@pytest.mark.parametrize("anchor", ["", "treatment"])
def test_a_review_of_another_article_gets_no_comment_of_this_one(anchor):
    review, other = cast.requested(), cast.draft(cast.words("Another example disease"))
    with pytest.raises(commenting.NoSuchPlace):
        commenting.comment(other, text="Is this so?", by=review.reviewer.account, at=NOON, anchor=anchor, review=review)
