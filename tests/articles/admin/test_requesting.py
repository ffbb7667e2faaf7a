"""Asking for a review, and taking the request back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Review, Reviewer
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def ask(article, doctor, by="wanda", **more):
    data = {"reviewer": doctor.pk, **more}
    return client(by).post(url("article_request_review", article), data, follow=True)


def test_it_works():
    article = cast.draft()
    assert "Rosa Example, MD was asked to review these words." in text(ask(article, cast.reviewer(), note="Soon?"))
    review = Review.objects.get()
    assert (review.reviewer.name, review.note, review.requested_by.username) == ("Rosa Example", "Soon?", "wanda")


def test_it_shows_what_will_be_frozen():
    cast.reviewer()
    page = text(client("wanda").get(url("article_request_review", cast.draft())))
    assert "“Acute example disease”, in exactly the words that stand there now." in page
    assert "the whole page is new" in page


def test_it_shows_what_changed_since_the_last_signed_words():
    article = cast.edited(signing.published(), at=timezone.now())
    page = text(client("wanda").get(url("article_request_review", article)))
    assert "Changed since Rosa Example signed on" in page
    assert "[removed: 5][added: 6]" in page.replace("] [", "][")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"active": False}, "has left"),
        ({"credentials_until": timezone.localdate() - timedelta(days=1)}, "the credentials have lapsed"),
        ({"account": None}, "has no account here"),
    ],
)
def test_who_can_not_be_asked_is_listed_with_the_reason(change, why):
    doctor = cast.reviewer()
    Reviewer.objects.update(**change)
    article = cast.draft()
    page = text(client("wanda").get(url("article_request_review", article)))
    assert f"Rosa Example, MD: {why}" in page
    assert "Select a valid choice" in text(ask(article, doctor))
    assert not Review.objects.exists()


def test_an_account_that_may_not_sign_can_not_be_asked():
    cast.reviewer()
    User.objects.get(username="rosa").groups.clear()
    page = text(client("wanda").get(url("article_request_review", cast.draft())))
    assert "Rosa Example, MD: the account may not sign" in page


def test_who_wrote_part_of_the_words_can_not_be_asked():
    cast.reviewer()
    article = cast.edited(cast.draft(), by="rosa", at=timezone.now())
    page = text(client("wanda").get(url("article_request_review", article)))
    assert "Rosa Example, MD: wrote part of these words" in page


def test_unfinished_words_are_refused_and_the_note_is_kept():
    article = cast.draft(cast.with_body(cast.words(), "treatment", ""))
    page = ask(article, cast.reviewer(), note="Soon?")
    assert "Mend these first, so that the reviewer reads finished words." in text(page)
    assert "Go to the section “Treatment”" in text(page)
    assert ">\nSoon?</textarea>" in page.content.decode()


def test_nobody_is_asked_twice_at_a_time():
    review = signing.requested()
    page = text(client("wanda").get(url("article_request_review", review.article)))
    assert "Rosa Example, MD: was asked already" in page
    assert "Select a valid choice" in text(ask(review.article, cast.reviewer()))
    assert Review.objects.count() == 1


def test_several_reviewers_are_asked_for_the_same_words():
    review = signing.requested()
    assert "Ravi Example, MD was asked" in text(ask(review.article, cast.reviewer("ravi")))
    assert Review.objects.open().count() == 2


def test_a_language_review_is_asked_of_who_may_sign_for_language():
    article, editor = cast.draft(), cast.editor()
    page = text(client("wanda").get(url("article_request_review", article) + "?kind=plain"))
    assert "Edith Example" in page
    assert "Rosa Example" not in page
    assert "Edith Example was asked" in text(ask(article, editor, kind="plain"))
    assert Review.objects.get().kind == "plain"


def test_who_is_away_is_shown_as_away():
    cast.reviewer()
    Reviewer.objects.update(away_until=timezone.localdate() + timedelta(days=3))
    assert "Rosa Example, MD (away until" in text(client("wanda").get(url("article_request_review", cast.draft())))


def test_looking_asks_nobody():
    cast.reviewer()
    client("wanda").get(url("article_request_review", cast.draft()))
    assert not Review.objects.exists()


@pytest.mark.parametrize("name", ["rosa", "paula", "ada"])
def test_other_roles_can_not_ask(name):
    article, doctor = cast.draft(), cast.reviewer()
    assert client(name).get(url("article_request_review", article)).status_code == 403
    assert ask(article, doctor, by=name).status_code == 403
    assert not Review.objects.exists()


def test_a_steward_asks_about_a_page_as_readers_see_it():
    article = signing.published()
    assert links(client("stan").get(url("article_change", article)), "Request review")
    assert "Rosa Example, MD was asked" in text(ask(article, cast.reviewer(), by="stan"))
    assert "Asked of Rosa Example, MD" in (page := text(client("stan").get(url("article_change", article))))
    assert "Recall" in page


def test_a_steward_is_told_at_once_that_other_words_are_for_writers_to_ask_about():
    article = cast.edited(signing.published(), at=timezone.now())
    assert not links(client("stan").get(url("article_change", article)), "Request review")
    page = client("stan").get(url("article_request_review", article))
    assert "Readers do not see these words." in text(page)
    assert "Ask for this review" not in text(page)
    assert "Readers do not see these words." in text(ask(article, cast.reviewer(), by="stan"))
    assert not Review.objects.open().exists()


def test_a_steward_is_shown_no_way_to_recall_what_a_writer_asked():
    review = signing.requested(signing.published())
    for name in ("article_change", "article_request_review"):
        page = client("stan").get(url(name, review.article))
        assert "Rosa Example, MD" in text(page)
        assert "Recall" not in text(page)
    answer = client("stan").post(url("review_recall", review), follow=True)
    assert "Who asked for this review can take the request back" in text(answer)


def test_an_article_that_is_not_there_leads_back_to_the_desk():
    answer = client("wanda").get("/admin/articles/article/4711/request-review/", follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "This article is not there." in text(answer)


# -- recall --------------------------------------------------------------------------------------------------------


def test_recall_asks_first():
    review = signing.requested()
    assert "If you recall the request" in text(client("wanda").get(url("review_recall", review)))
    assert Review.objects.open().exists()


def test_recall():
    review = signing.requested()
    client("wanda").post(url("review_recall", review), {"reason": "A better draft is coming."})
    review.refresh_from_db()
    assert (review.answer, review.reason) == ("recalled", "A better draft is coming.")


def test_what_was_answered_can_not_be_recalled():
    review = signing.signed()
    answer = client("wanda").post(url("review_recall", review), follow=True)
    assert "This request is closed (Attested). Nothing was changed." in text(answer)


@pytest.mark.parametrize("name", ["rosa", "paula", "ada"])
def test_other_roles_can_not_recall(name):
    review = signing.requested()
    assert client(name).post(url("review_recall", review)).status_code == 403
    assert Review.objects.open().exists()
