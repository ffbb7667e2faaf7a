"""Comments for everybody who does not review: on a screen of their own, in the panel, and before the next request."""

import pytest
from django.utils import timezone

from articles import commenting
from articles.models import Acceptance, Comment
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, text, url

pytestmark = pytest.mark.django_db


def said(review, words="Is this so?"):
    place = {"anchor": "treatment", "review": review}
    return commenting.comment(review.article, text=words, by=cast.reviewer().account, at=timezone.now(), **place)


def press(review, button, *, by="wanda", **fields):
    return client(by).post(url("article_comments", review.article), {"answer": button, **fields}, follow=True)


def test_it_works():
    review = signing.requested()
    one = said(review)
    press(review, f"reply:{one.pk}", **{f"reply_{one.pk}": "It is."})
    page = press(review, f"resolve:{one.pk}")
    assert "Open (0)" in text(page)
    assert "Is this so?" in text(page)
    assert "It is." in text(page)


def test_a_writer_can_begin():
    review = signing.requested()
    page = press(review, "comment", comment_text="Please look here.", comment_place="treatment")
    assert "wanda" in text(page)
    assert Comment.objects.get().heading == "Treatment"


def test_who_may_only_look_has_no_box_and_no_way():
    review = signing.requested()
    one = said(review)
    page = client("paula").get(url("article_comments", review.article))
    assert "Is this so?" in text(page)
    assert "Add this comment" not in text(page)
    assert "Your role does not allow this." in text(press(review, f"resolve:{one.pk}", by="paula"))


def test_a_comment_of_another_article_is_not_resolved_here():
    one, other = said(signing.requested()), signing.requested(cast.draft(cast.words("Other disease")))
    assert "The comment is not there." in text(press(other, f"resolve:{one.pk}"))


def test_what_was_typed_stays_when_a_comment_is_refused():
    page = press(signing.requested(), "comment", comment_text="Really?", comment_place="nowhere")
    assert "Really?</textarea>" in page.content.decode()


def test_the_article_form_lists_open_comments_with_the_way_to_the_section():
    review = signing.requested()
    commenting.resolve(said(review, "Done with."), by=review.requested_by, at=timezone.now())
    said(review)
    page = client("wanda").get(desk.change_url(review.article))
    assert "Treatment: Is this so? (rosa)" in text(page)
    assert "Done with." not in text(page)
    assert signing.links(page, "Go to the section")[-1].endswith("#sections-1")


def test_open_comments_are_a_reminder_and_no_obstacle_before_the_next_request():
    review = signing.requested()
    said(review)
    article = cast.edited(review.article, at=timezone.now())
    assert "One comment is still open." in text(client("wanda").get(url("article_request_review", article)))
    signing.requested(article)


def test_corrections_are_answered_and_go_on_waiting():
    review = signing.corrected()
    page = client("wanda").get(url("review_corrections", review))
    assert "Or say why you do not accept them" in text(page)
    data = {"answer": "object", "objection": "The label says 5."}
    page = client("wanda").post(url("review_corrections", review), data, follow=True)
    assert "Rosa Example, MD will read why" in text(page)
    assert "The label says 5." in text(page)
    assert "Corrections by Rosa Example, MD wait for your acceptance." in text(page)
    assert not Acceptance.objects.exists()


def test_an_objection_needs_words():
    review = signing.corrected()
    page = client("wanda").post(url("review_corrections", review), {"answer": "object", "objection": " "}, follow=True)
    assert "Write the comment first." in text(page)
