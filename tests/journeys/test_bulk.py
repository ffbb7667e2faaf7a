"""Stan does one deed for many pages, in a real browser: by pasted addresses, and by ticks in the list."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Published, Review
from tests import cast
from tests.browser import axe_in_both_schemes
from tests.journeys.dated import ago, day, row, sit_down

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/article/"


@pytest.fixture
def steward(page: Page, live_server) -> Page:
    """Stan has signed in; two pages are online, one has a changed draft, one is a draft."""
    for title in ("Old page", "Fresh page", "Changed page"):
        cast.published(cast.draft(cast.words(title=title)), at=ago(20))
    cast.edited(Article.objects.get(title="Changed page"), at=ago(1))
    cast.draft(cast.words(title="A draft"))
    return sit_down(page, live_server.url, LIST)


def paste(page, lines):
    """From the list to the deed, pages named by lines, and the sheet."""
    page.get_by_role("link", name="Work on many").click()
    page.get_by_role("link", name="Defer due dates").click()
    page.get_by_label("Pages, one a line").fill(lines)
    page.get_by_label("Day for all").fill(day(100))
    page.get_by_label("Reason").fill("Dr Example is on leave.")
    page.get_by_role("button", name="Show what would happen").click()


def test_pasted_pages_are_deferred_and_that_is_taken_back(steward):
    before = dict(Published.objects.values_list("title", "next_due"))
    paste(steward, "old-page\nhttps://example.org/fresh-page/\na-draft\nnowhere")
    expect(row(steward, "A draft")).to_contain_text("Only a page that is online has a due date to move.")
    expect(row(steward, "nowhere")).to_contain_text("Line 4: no article has the address")
    steward.get_by_role("button", name="Do it for the ticked rows").click()
    expect(steward.get_by_role("link", name="2 done")).to_be_visible()
    expect(row(steward, "Fresh page")).to_contain_text("Done")
    assert str(Published.objects.get(title="Old page").next_due) == day(100)
    steward.get_by_role("link", name="Take it back…").click()
    steward.get_by_role("button", name="Yes, take it back").click()
    expect(steward.get_by_role("link", name="2 taken back")).to_be_visible()
    assert dict(Published.objects.values_list("title", "next_due")) == before


def choose(page, action):
    page.get_by_label("Select all objects on this page for an action").check()
    page.get_by_role("combobox", name="Action").select_option(label=action)
    page.get_by_role("button", name="Go").click()


def record(page):
    """Fill in what Rosa wrote yesterday and look at the sheet."""
    page.get_by_label("Reviewer").select_option(label="Rosa Example, MD")
    page.get_by_label("Reviewed on").fill(day(-1))
    page.get_by_label("Evidence").fill("Message of yesterday")
    page.get_by_role("button", name="Show what would happen").click()


def test_reviews_are_recorded_for_the_ticked_rows_only_and_by_keyboard(steward):
    choose(steward, "Record reviews done elsewhere…")
    record(steward)
    expect(row(steward, "Changed page")).to_contain_text("The working text differs")
    expect(row(steward, "A draft")).to_contain_text("not online")
    steward.get_by_label("Confirm “Old page”").focus()
    steward.keyboard.press("Space")
    steward.get_by_role("button", name="Do it for the ticked rows").focus()
    steward.keyboard.press("Enter")
    expect(steward.get_by_role("link", name="1 done")).to_be_visible()
    dates = dict(Published.objects.values_list("title", "last_reviewed_on"))
    yesterday = timezone.localdate() - timedelta(days=1)
    assert [title for title, on in dates.items() if on == yesterday] == ["Old page"]


def test_reviews_are_asked_of_what_readers_see_and_the_other_rows_say_why_not(steward):
    choose(steward, "Request reviews…")
    steward.get_by_label("Reviewer:", exact=True).select_option(label="Rosa Example, MD")
    steward.get_by_label("Note to the reviewer").fill("Due this month.")
    steward.get_by_role("button", name="Show what would happen").click()
    expect(row(steward, "Changed page")).to_contain_text("Readers do not see these words.")
    expect(row(steward, "A draft")).to_contain_text("Readers do not see these words.")
    steward.get_by_role("button", name="Do it for the ticked rows").click()
    expect(steward.get_by_role("link", name="2 done")).to_be_visible()
    expect(row(steward, "Old page")).to_contain_text("Asked: Rosa Example, MD")
    expect(row(steward, "Changed page")).to_contain_text("Refused")
    asked = Review.objects.open().filter(requested_by__username="stan", note="Due this month.")
    assert sorted(asked.values_list("article__title", flat=True)) == ["Fresh page", "Old page"]
    steward.goto(steward.url.partition("/admin/")[0] + "/admin/")
    expect(steward.get_by_role("heading", name="Reviews that you asked for (2)")).to_be_visible()


@pytest.mark.pure  # other tests ask the database for the same on both engines
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(steward, width):
    steward.set_viewport_size({"width": width, "height": 900})
    steward.reload()
    choose(steward, "Record reviews done elsewhere…")
    fits(steward, "4 articles are chosen.")
    record(steward)
    fits(steward, "Tick each row")
    steward.get_by_label("Confirm all").check()
    steward.get_by_role("button", name="Do it for the ticked rows").click()
    fits(steward, "Results as CSV")
    steward.get_by_role("link", name="Work on many").click()
    fits(steward, "2 done")


def fits(page, words):
    """Once the screen that says these words has come, axe has nothing to say, and nothing is cut off."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()
    assert axe_in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
