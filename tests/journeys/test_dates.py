"""Stan keeps review dates, in a real browser: the list, one page's dates, and a sheet for many."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import roles
from articles.models import Article, Published
from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/article/"


@pytest.fixture
def steward(page: Page, live_server) -> Page:
    """Stan has signed in; two pages are online, one of them overdue, one has a changed draft, one is a draft."""
    for title, days in (("Overdue page", 400), ("Fresh page", 20), ("Changed page", 20)):
        cast.published(cast.draft(cast.words(title=title)), at=ago(days))
    cast.edited(Article.objects.get(title="Changed page"), at=ago(1))
    cast.draft(cast.words(title="A draft"))
    cookie = desk.client("stan", roles.RECORDS_STEWARD).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + LIST)
    return page


def ago(days):
    return timezone.now() - timedelta(days=days)


def day(days):
    """As a date field takes it: so many days from today."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def row(page, title):
    return page.get_by_role("row").filter(has_text=title)


def choose(page, action):
    page.get_by_role("combobox", name="Action").select_option(label=action)
    page.get_by_role("button", name="Go").click()


def record(page):
    """Fill in what Rosa wrote yesterday and look at the sheet."""
    page.get_by_label("Reviewer").select_option(label="Rosa Example, MD")
    page.get_by_label("Reviewed on").fill(day(-1))
    page.get_by_label("Evidence").fill("Message of yesterday")
    page.get_by_role("button", name="Show what would happen").click()


def test_overdue_pages_are_found_and_one_is_deferred(steward):
    steward.get_by_role("link", name="Overdue", exact=True).click()
    expect(row(steward, "Overdue page")).to_contain_text("Overdue since")
    expect(row(steward, "Fresh page")).to_have_count(0)
    steward.goto(steward.url.split("?")[0] + f"{Article.objects.get(title='Overdue page').pk}/dates/")
    steward.get_by_text("Defer the due date").first.click()
    steward.get_by_label("New due date").fill(day(30))
    steward.get_by_label("Reason").fill("Dr Example is on leave.")
    steward.get_by_role("button", name="Defer the due date").click()
    expect(steward.locator(".messagelist .success")).to_contain_text("due in 30 days")
    expect(steward.locator(".facts")).to_contain_text("Set by stan on")


def test_reviews_are_recorded_for_the_confirmed_rows_only(steward):
    steward.get_by_label("Select all objects on this page for an action").check()
    choose(steward, "Record a review done elsewhere…")
    record(steward)
    expect(row(steward, "Changed page")).to_contain_text("Not possible")
    expect(row(steward, "A draft")).to_contain_text("not online")
    steward.get_by_label("Confirm all").check()
    steward.get_by_label("Confirm “Fresh page”").uncheck()
    steward.get_by_role("button", name="Do it for the ticked rows").click()
    expect(steward.get_by_role("status")).to_contain_text("Done for 1 article.")
    dates = dict(Published.objects.values_list("title", "last_reviewed_on"))
    yesterday = timezone.localdate() - timedelta(days=1)
    assert [title for title, on in dates.items() if on == yesterday] == ["Overdue page"]


def test_a_sheet_can_be_worked_by_keyboard_alone(steward):
    row(steward, "Fresh page").get_by_role("checkbox").focus()
    steward.keyboard.press("Space")
    choose(steward, "Record a review done elsewhere…")
    record(steward)
    steward.get_by_label("Confirm “Fresh page”").focus()
    steward.keyboard.press("Space")
    steward.keyboard.press("Enter")
    expect(steward.get_by_role("status")).to_contain_text("Done for 1 article.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(steward, width, scheme):
    steward.emulate_media(color_scheme=scheme)
    steward.set_viewport_size({"width": width, "height": 900})
    steward.reload()
    fits(steward, "Due in 60 days")
    steward.get_by_label("Select all objects on this page for an action").check()
    choose(steward, "Record a review done elsewhere…")
    fits(steward, "Next you see every article")
    record(steward)
    fits(steward, "Confirm all")
    steward.get_by_label("Confirm all").check()
    steward.get_by_role("button", name="Do it for the ticked rows").click()
    fits(steward, "Done for 2 articles.")
    steward.get_by_role("link", name="Fresh page").click()
    expect(steward.get_by_role("heading", name="Timeline")).to_be_visible()
    steward.wait_for_load_state()
    for form in steward.locator("details.offer summary").all():
        form.click()
    fits(steward, "Own cadence, in months")


def fits(page, words):
    """Once the screen that says these words has come, axe has nothing to say, and nothing is cut off."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
