"""Who signs proves once more who they are, when the session is older than a quarter of an hour."""

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from articles.admin import again
from articles.models import Acceptance, Review
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import text, url

pytestmark = pytest.mark.django_db

RIGHT = "a long pass phrase"
ASKED = "Password of rosa"
DOSE = "<p>The usual dose is 4 mg.</p>"


def rosa(*, minutes_ago: float = 16) -> Client:
    """Dr Rosa's browser, some time after she proved who she is."""
    browser = Client()
    desk.sit_down(browser, cast.reviewer().account, minutes_ago=minutes_ago)
    return browser


def attest(browser: Client, review: Review, **fields: str):
    data = {"answer": "attest", "digest": review.digest, "scope": "full", "interests": "None", **fields}
    return browser.post(url("review_read", review), data, follow=True)


def sign(browser: Client, review: Review, **fields: str):
    return browser.post(url("review_correct", review), signing.correction(review, DOSE, **fields), follow=True)


DEEDS = pytest.mark.parametrize("deed", [attest, sign])


# -- when it is asked ----------------------------------------------------------------------------------------------


def test_signing_in_counts_as_the_first_proof():
    review, browser = signing.requested(), Client()
    browser.post(reverse("admin:login"), {"username": "rosa", "password": RIGHT})
    assert ASKED not in text(browser.get(url("review_read", review)))
    assert "You attested" in text(attest(browser, review))


def test_a_wrong_password_at_the_login_page_is_no_proof():
    browser = rosa()
    browser.post(reverse("admin:login"), {"username": "rosa", "password": "wrong"})
    assert ASKED in text(browser.get(url("review_read", signing.requested())))


def test_signing_in_elsewhere_makes_a_forgotten_screen_no_fresher():
    review, forgotten = signing.requested(), rosa()
    Client().post(reverse("admin:login"), {"username": "rosa", "password": RIGHT})
    assert ASKED in text(attest(forgotten, review))


@pytest.mark.parametrize(("minutes_ago", "asked"), [(14.9, False), (15.1, True), (-1, True)])
def test_it_is_asked_after_a_quarter_of_an_hour(minutes_ago, asked):
    page = text(rosa(minutes_ago=minutes_ago).get(url("review_read", signing.requested())))
    assert (ASKED in page) is asked


def test_a_session_without_a_proof_is_asked():
    browser = Client()
    browser.force_login(cast.reviewer().account)
    assert ASKED in text(browser.get(url("review_read", signing.requested())))


def test_the_minutes_are_a_setting(settings):
    settings.REAUTHENTICATION_MINUTES = 60
    assert ASKED not in text(rosa().get(url("review_read", signing.requested())))


# -- signing -------------------------------------------------------------------------------------------------------


@DEEDS
@pytest.mark.parametrize(("typed", "said"), [("", "type your password"), ("wrong", "This is not the password of rosa")])
def test_without_the_right_password_nothing_is_signed(deed, typed, said):
    page = deed(rosa(), signing.requested(), password=typed)
    assert said in text(page)
    assert not Review.objects.attested().exists()
    assert typed == "" or typed not in text(page)


@DEEDS
def test_the_right_password_signs_in_the_same_step(deed):
    page = deed(rosa(), signing.requested(), password=RIGHT)
    assert "Thank you." in text(page)
    assert Review.objects.attested().exists()


def test_a_proof_counts_for_the_next_signature_too():
    browser, first = rosa(), signing.requested()
    attest(browser, first, password=RIGHT)
    second = signing.requested(cast.draft(cast.words("Other disease")))
    assert "You attested" in text(attest(browser, second))


def test_corrections_stay_on_the_screen_after_a_wrong_password():
    page = sign(rosa(), signing.requested(), password="wrong")
    assert "4 mg" in page.context["kept"]["section-1-body"].value()
    assert 'name="section-1-body" value="&lt;p&gt;The usual dose is 4 mg.' in page.content.decode()


def test_asking_for_changes_needs_no_password():
    review = signing.requested()
    data = {"answer": "changes", "digest": review.digest, "reason": "The dose is wrong."}
    rosa().post(url("review_read", review), data)
    review.refresh_from_db()
    assert review.answer == "changes"


@DEEDS
def test_a_request_closed_meanwhile_says_so_instead_of_asking(deed):
    review = signing.requested()
    cast.edited(review.article, at=signing.timezone.now())
    page = text(deed(rosa(), review))
    assert "This request is closed" in page
    assert ASKED not in page


# -- guessing ------------------------------------------------------------------------------------------------------


def test_guessing_here_is_slowed_down_and_keeps_the_page_and_its_texts():
    browser, review = rosa(), signing.requested()
    for _time in range(5):
        sign(browser, review, password="wrong")
    page = sign(browser, review, password=RIGHT)
    assert "Too many wrong passwords. Wait 15 minutes" in text(page)
    assert "4 mg" in page.context["kept"]["section-1-body"].value()
    assert not Acceptance.objects.exists()


def test_it_counts_together_with_the_login_page():
    browser, review = rosa(), signing.requested()
    for _time in range(5):
        attest(browser, review, password="wrong")
    assert Client().post(reverse("admin:login"), {"username": "rosa", "password": RIGHT}).status_code == 429


def test_the_right_one_forgets_the_wrong_ones():
    browser, review = rosa(), signing.requested()
    attest(browser, review, password="wrong")
    attest(browser, review, password=RIGHT)
    assert not AccessAttempt.objects.exists()


def test_nothing_of_the_form_is_kept_with_the_count():
    sign(rosa(), signing.requested(), password="wrong")
    assert AccessAttempt.objects.get().post_data == ""


# -- the seam ------------------------------------------------------------------------------------------------------


class Nod:
    """Another way to prove it."""

    template = "admin/_again_password.html"

    def wrong(self, request):
        return "" if "nod" in request.POST else "Nod, please."


@pytest.fixture
def _by_nodding(settings):
    settings.REAUTHENTICATION = "tests.articles.admin.test_again.Nod"


@pytest.mark.usefixtures("_by_nodding")
def test_another_way_is_a_setting():
    browser, review = rosa(), signing.requested()
    assert "Nod, please." in text(attest(browser, review, password=RIGHT))
    assert "You attested" in text(attest(browser, review, nod="yes"))


def test_the_configured_way_is_the_password():
    assert isinstance(again.method(), again.Password)
