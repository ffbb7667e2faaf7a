"""One wrong number, from the writer's form to the reader's page: four people, and the date of the review stays."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from articles.models import Article
from tests import cast
from tests.articles.admin import desk
from tests.journeys.test_editing import editable, save
from tests.journeys.test_signing import ask, done, press

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Acute example disease"
NOTE = "The dose was wrong: it is 6 mg, not 5 mg."


@pytest.fixture
def reviewed() -> datetime:
    """When the page that is online was reviewed as a whole."""
    return timezone.now() - timedelta(days=30)


@pytest.fixture
def article(reviewed) -> Article:
    return cast.published(at=reviewed).article


def test_a_wrong_number_is_corrected_signed_and_read(at, page, live_server, article, reviewed):
    corrects(at("wanda", desk.change_url(article)))
    ask(page)
    signs_the_changes(at("rosa"))
    publishes(at("paula"))
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/{article.slug}/")
    reads_the_page(page, reviewed)
    reads_the_history(page)
    assert page.context.cookies() == []


def corrects(page: Page) -> None:
    text = editable(page, 1)
    text.click()
    for key in ("Control+End", *["ArrowLeft"] * len(" mg."), "Backspace"):
        page.keyboard.press(key)
    page.keyboard.type("6")
    save(page)
    expect(page.locator(".state-panel")).to_contain_text("Medical words changed after they were signed.")


def signs_the_changes(page: Page) -> None:
    expect(page.locator(".pile").first).to_contain_text("one change in Treatment: 5 mg → 6 mg")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".redline del")).to_contain_text("5")
    expect(page.locator(".redline ins")).to_contain_text("6")
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("radio", name="The changes").check()
    press(page, "Attest")
    done(page, "You attested")


def publishes(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("Correction").check()
    page.get_by_label("Change note").fill(NOTE)
    press(page, "Publish edition 2")
    done(page, "Edition 2 is online.")


def reads_the_page(page: Page, reviewed: datetime) -> None:
    expect(page.locator("article")).to_contain_text("The usual dose is 6 mg.")
    expect(page.locator(".corrected")).to_contain_text(f"Corrected on {long(timezone.now())}: {NOTE}")
    dates = page.locator(".signoff .dates div")
    expect(dates.filter(has_text="Last reviewed")).to_contain_text(long(reviewed))
    expect(dates.filter(has_text="Last updated")).to_contain_text(long(timezone.now()))


def reads_the_history(page: Page) -> None:
    page.get_by_role("link", name="See the history of this page").click()
    newest = page.locator(".editions > li").first
    expect(newest.locator(".note")).to_contain_text(f"Correction: {NOTE}")
    expect(newest).to_contain_text("Clinical review of the changes")
    page.get_by_role("link", name="What changed in edition 2").click()
    expect(page.locator(".redline del")).to_contain_text("5")
    expect(page.locator(".redline ins")).to_contain_text("6")


def long(moment: datetime) -> str:
    """The day as readers see it."""
    return date_format(timezone.localdate(moment), "F j, Y")
