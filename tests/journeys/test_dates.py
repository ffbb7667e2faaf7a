"""Stan keeps review dates, in a real browser: the list, and one page's dates."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests import cast
from tests.articles import sources
from tests.browser import axe_in_both_schemes
from tests.journeys.dated import ago, day, row, sit_down

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/article/"


@pytest.fixture
def steward(page: Page, live_server) -> Page:
    """Stan has signed in; two pages are online, one of them overdue, one has a changed draft, one is a draft."""
    for title, days in (("Overdue page", 400), ("Fresh page", 20), ("Changed page", 20)):
        cast.published(cast.draft(cast.words(title=title)), at=ago(days))
    cast.edited(Article.objects.get(title="Changed page"), at=ago(1))
    cast.draft(cast.words(title="A draft"))
    return sit_down(page, live_server.url, LIST)


def test_overdue_pages_are_found_and_one_is_deferred(steward):
    steward.get_by_role("link", name="Overdue", exact=True).click()
    expect(row(steward, "Overdue page")).to_contain_text("Overdue since")
    expect(row(steward, "Fresh page")).to_have_count(0)
    steward.goto(steward.url.split("?")[0] + f"{Article.objects.get(title='Overdue page').pk}/dates/")
    steward.get_by_text("Defer the due date").first.click()
    steward.get_by_label("New due date").fill(day(30))
    steward.locator("#defer-reason").fill("Dr Example is on leave.")
    steward.get_by_role("button", name="Defer the due date").click()
    expect(steward.locator(".messagelist .success")).to_contain_text("due in 30 days")
    expect(steward.locator(".facts")).to_contain_text("Set by stan on")


@pytest.mark.pure  # other tests ask the database for the same on both engines
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(steward, width):
    steward.set_viewport_size({"width": width, "height": 900})
    steward.reload()
    fits(steward, "Due in 60 days")
    sources.alerted(Article.objects.get(title="Fresh page"))  # one link more
    steward.goto(steward.url + f"{Article.objects.get(title='Fresh page').pk}/dates/")
    expect(steward.get_by_role("heading", name="Timeline")).to_be_visible()
    steward.wait_for_load_state()
    for form in steward.locator("details.offer summary").all():
        form.click()
    fits(steward, "Own cadence, in months")


def fits(page, words):
    """Once the screen that says these words has come, axe has nothing to say, and nothing is cut off."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()
    assert axe_in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
