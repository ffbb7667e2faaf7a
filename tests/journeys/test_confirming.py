"""Reviewed, no change: Dr Rosa signs a page as it stands, from her desk and from a mail; Stan records with a file."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Published, Review
from tests import cast
from tests.articles import sources
from tests.articles.admin import signing
from tests.browser import axe_in_both_schemes

pytestmark = pytest.mark.django_db(transaction=True)
SIGN = "Sign: reviewed, no change"


@pytest.fixture(autouse=True)
def _own_papers(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def overdue(title="Acute example disease"):
    return cast.published(cast.draft(cast.words(title)), at=timezone.now() - timedelta(days=400)).article


def today():
    return timezone.localdate().isoformat()


def shows_today(page, live_server, article):
    page.goto(f"{live_server.url}/{article.slug}/")
    expect(page.locator(".dates time").first).to_have_attribute("datetime", today())


def test_from_the_desk_by_keyboard_in_one_click(at, live_server):
    article = overdue()
    page = at("rosa")
    page.get_by_text("Reviewed, no change").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("I have read this whole page as it is online today")).to_be_visible()
    page.get_by_label("Interests to declare").fill("None")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("changed nothing")
    shows_today(page, live_server, article)
    assert Review.objects.latest("pk").origin == "unchanged"


def test_from_a_mail_when_signed_out(page, live_server):
    article = overdue()
    cast.reviewer()
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/confirm/")
    page.get_by_label("Username").fill("rosa")
    page.get_by_label("Password").fill("a long pass phrase")
    page.keyboard.press("Enter")
    expect(page.frame_locator("iframe").get_by_role("heading", name="What it is")).to_be_visible()
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("button", name=SIGN).click()
    expect(page.locator(".messagelist .success")).to_contain_text("changed nothing")
    shows_today(page, live_server, article)


def test_a_review_is_recorded_with_a_file_and_denied(at, tmp_path):
    article, letter = overdue(), tmp_path / "Letter.pdf"
    letter.write_bytes(b"%PDF-1.7 I have read it.")
    signing.client("rosa")
    page = at("stan", f"/admin/articles/article/{article.pk}/dates/")
    page.get_by_text("Record a review").first.click()
    page.locator("#record-reviewer").select_option(label="Rosa Example, MD")
    page.get_by_label("Reviewed on").fill(today())
    page.get_by_label("File that proves it").set_input_files(letter)
    page.get_by_role("button", name="Record the review").click()
    expect(page.locator(".messagelist .success")).to_contain_text("done")
    review = Review.objects.get(origin="on_behalf")
    page = at("rosa", f"/admin/articles/review/{review.pk}/not-so/")
    page.get_by_label("What is wrong").fill("I was on leave.")
    page.get_by_role("button", name="This is not so").click()
    expect(page.locator(".messagelist .success")).to_contain_text("no longer counts")
    assert Published.objects.get().last_reviewed_on == timezone.localdate(timezone.now() - timedelta(days=400))


@pytest.mark.pure  # other tests ask the database for the same on both engines
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(at, page, width):
    article = overdue()
    overdue("Another disease")
    sources.dies()
    review = cast.requested(overdue("A third"), at=timezone.now())
    page.set_viewport_size({"width": width, "height": 900})
    there = f"/admin/articles/article/{article.pk}"
    for name, address in (
        ("rosa", "/admin/"),
        ("rosa", f"{there}/confirm/"),
        ("rosa", f"/admin/articles/article/{review.article_id}/confirm/"),
        ("stan", f"{there}/dates/"),
    ):
        window = at(name, address)
        window.wait_for_load_state()
        for part in window.locator("details.confirm summary, details.offer summary").all():
            part.click()
        assert axe_in_both_schemes(window) == [], address
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
