"""The screens where a request goes to somebody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import reviewing
from articles.models import Review, Reviewer
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

SIGNS = {"scope": "full", "interests": "None"}
pytestmark = pytest.mark.django_db


def test_a_reviewer_hands_a_request_on():
    review, ravi = signing.requested(), cast.reviewer("ravi")
    browser = client("rosa")
    assert links(browser.get(url("review_read", review)), "Hand this request on") == [url("review_hand_on", review)]
    data = {"to": ravi.pk, "reason": "Not my field."}
    answer = browser.post(url("review_hand_on", review), data, follow=True)
    assert "Ravi Example, MD was asked in place of Rosa Example, MD." in text(answer)
    assert Review.objects.open().get().reviewer == ravi


def test_who_is_asked_in_somebodys_place_reads_why():
    review, ravi = signing.requested(), cast.reviewer("ravi")
    new = reviewing.hand_on(review, by=cast.person("rosa"), at=timezone.now(), reason="Not my field.", to=ravi)
    page = text(client("ravi").get(url("review_read", new)))
    assert "asked of Rosa Example, MD before, who does not read them now: Not my field." in page


def test_a_reviewer_gives_a_request_back_and_says_until_when_they_are_away():
    review, until = signing.requested(), timezone.localdate() + timedelta(days=9)
    data = {"reason": "A congress.", "away_until": until.isoformat()}
    assert "went back to wanda." in text(client("rosa").post(url("review_hand_on", review), data, follow=True))
    assert Reviewer.objects.get().away_until == until
    said = text(client("wanda").get(desk.change_url(review.article)))
    assert "handed the request back on" in said
    assert "A congress." in said


def test_without_a_reason_everything_typed_stays():
    review, ravi = signing.requested(), cast.reviewer("ravi")
    page = client("rosa").post(url("review_hand_on", review), {"to": ravi.pk, "reason": " "})
    assert "Say why" in text(page)
    assert f'<option value="{ravi.pk}" selected>' in page.content.decode()


def test_lapsed_credentials_are_named_before_anything_is_typed_and_handing_on_is_offered():
    review = signing.requested()
    Reviewer.objects.update(credentials_until=timezone.localdate() - timedelta(days=1))
    page = client("rosa").get(url("review_read", review))
    assert "The credentials of Rosa Example, MD have lapsed. So you can not answer this request." in text(page)
    assert links(page, "Hand this request on") == [url("review_hand_on", review)]
    assert 'value="attest"' not in page.content.decode()
    assert client("rosa").get(url("review_correct", review)).status_code == 302


@pytest.mark.parametrize("name", ["wanda", "ravi", "stan", "ada"])
def test_nobody_else_hands_it_on(name):
    review = signing.requested()
    client(name).post(url("review_hand_on", review), {"reason": "Mine now."})
    assert Review.objects.open().exists()


@pytest.mark.parametrize("name", ["stan", "edith"])
def test_stewards_and_editors_give_a_request_to_somebody_else(name):
    review, ravi = signing.requested(), cast.reviewer("ravi")
    page = client(name).get(desk.change_url(review.article))
    assert url("review_reassign", review) in page.content.decode()
    answer = client(name).post(url("review_reassign", review), {"to": ravi.pk, "reason": "Leave."}, follow=True)
    assert "Ravi Example, MD was asked in place of" in text(answer)


@pytest.mark.parametrize("name", ["wanda", "rosa", "paula", "ada"])
def test_others_do_not(name):
    review = signing.requested()
    assert client(name).get(url("review_reassign", review)).status_code == 403
    assert client(name).post(url("review_reassign", review), {}).status_code == 403


def test_a_request_that_is_closed_has_nothing_to_give_away():
    review = signing.signed()
    assert "There is nothing to give away." in text(client("stan").get(url("review_reassign", review)))


# -- language ------------------------------------------------------------------------------------------------------


def asked_for_language():
    facts = {"by": cast.person("wanda"), "at": timezone.now(), "kind": "plain"}
    return reviewing.request(cast.draft(), reviewer=cast.editor(), **facts)


def test_an_editor_signs_for_plain_language():
    review = asked_for_language()
    browser = client("edith")
    assert "Plain language review, standard risk · asked by wanda" in text(browser.get("/admin/"))
    page = browser.get(url("review_read", review))
    assert "I have read the whole page and attest that it is in plain language." in text(page)
    assert links(page, "Correct and attest") == []
    browser.post(url("review_read", review), {"answer": "attest", "digest": review.digest, **SIGNS})
    review.refresh_from_db()
    assert (review.answer, review.signed_name) == ("attested", "Edith Example")


def test_a_doctor_does_not_answer_for_language_without_the_permission():
    review = asked_for_language()
    data = {"answer": "attest", "digest": review.digest}
    assert client("rosa").post(url("review_read", review), data).status_code == 403
