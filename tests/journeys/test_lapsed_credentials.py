"""A license that ends between the request and the signature: nothing is signed, and somebody else takes over."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Review
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.signing import url
from tests.journeys.test_signing import done, press

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Acute example disease"
LAPSED = "The credentials of Rosa Example, MD have lapsed."


def lapse() -> None:
    """Rosa's license was good until yesterday."""
    doctor = cast.reviewer()
    doctor.credentials_until = timezone.localdate() - timedelta(days=1)
    doctor.save()


def test_who_can_no_longer_sign_hands_on_and_another_signs(at):
    review = signing.requested()
    signing.client("ravi")
    lapse()
    told_before_typing(at("rosa"))
    hands_on(at("rosa", url("review_read", review)))
    signs(at("ravi"))
    signed = Review.objects.attested().get()
    assert (signed.signed_name, signed.signed_credentials, signed.follows) == ("Ravi Example", "MD", review)


def told_before_typing(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".closed")).to_have_text(f"{LAPSED} So you can not answer this request.")
    expect(page.get_by_role("button", name="Attest", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Correct and attest")).to_have_count(0)
    expect(page.locator("#content textarea")).to_have_count(0)


def hands_on(page: Page) -> None:
    page.get_by_role("link", name="Hand this request on").click()
    page.get_by_label("Why").fill("My license is being renewed.")
    page.get_by_label("Who could read it instead").select_option(label="Ravi Example, MD")
    press(page, "Hand it on")
    done(page, "Ravi Example, MD was asked in place of Rosa Example, MD.")
    expect(page.get_by_text("Nothing waits for your signature. Thank you.")).to_be_visible()


def signs(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".asked")).to_contain_text("My license is being renewed.")
    page.get_by_label("Interests to declare").fill("None")
    press(page, "Attest")
    done(page, "You attested")


def test_a_license_that_ends_while_the_screen_is_open_signs_nothing_and_loses_nothing_typed(at):
    review = signing.requested()
    page = at("rosa", url("review_read", review))
    page.get_by_label("Interests to declare").fill("Shares in Example Pharma")
    lapse()
    press(page, "Attest")
    expect(page.locator(".messagelist .error")).to_contain_text(LAPSED)
    assert not Review.objects.attested().exists()


def test_the_writer_is_not_offered_somebody_whose_license_has_ended(at):
    article = cast.draft()
    signing.client("ravi")
    lapse()
    page = at("wanda", url("article_request_review", article))
    expect(page.get_by_label("Reviewer:", exact=True)).not_to_contain_text("Rosa Example")
    page.get_by_text("Who can not be asked, and why").click()
    expect(page.locator("#content")).to_contain_text("Rosa Example, MD: the credentials have lapsed")
