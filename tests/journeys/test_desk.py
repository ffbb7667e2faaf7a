"""Stan at the desk for review dates, in a real browser and by keyboard: what is due, a filter kept, a file."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Condition, Reviewer, SavedFilter
from tests import cast
from tests.articles.admin.pages import day, online
from tests.browser import axe_in_both_schemes

pytestmark = pytest.mark.django_db(transaction=True)
DUE = "/admin/articles/article/due/"


@pytest.fixture
def stan(at) -> Page:
    """Pages of a doctor who works and of one who left, some overdue, some due in the months to come."""
    rosa, gone = cast.reviewer(), cast.reviewer("gone")
    Reviewer.objects.filter(pk=gone.pk).update(active=False)
    example = Condition.objects.create(name="Example disease", slug="example")
    spans = [-30, -2, 0, 3, 15, *range(20, 360, 9)]
    rows = [{"title": f"Page {number:02}", "next_due": day(days)} for number, days in enumerate(spans)]
    for number, row in enumerate(rows):
        row |= {"reviewer": [rosa, gone, rosa, None][number % 4], "condition_of": example if number % 2 else None}
        row |= {"risk_tier": "high" if number % 3 else "standard", "due_why": "tier", "review": None}
    online(*rows)
    return at("stan")


def presses(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_from_the_desk_to_a_saved_filter_and_a_file_by_keyboard(stan):
    stan.get_by_role("link", name="2 overdue").focus()
    presses(stan, "Enter")
    expect(stan.get_by_role("status")).to_have_text("2 pages")
    stan.get_by_label("Assigned to").focus()
    stan.keyboard.type("Somebody who left")
    stan.get_by_role("button", name="Show").focus()
    presses(stan, "Enter")
    expect(stan.get_by_role("status")).to_have_text("1 page")
    expect(stan.get_by_role("row").filter(has_text="Gone Example, MD")).to_contain_text("left")
    stan.get_by_text("Save this filter…").focus()
    presses(stan, "Enter", "Tab")
    stan.keyboard.type("Left behind")
    presses(stan, "Enter")
    expect(stan.locator(".messagelist .success")).to_contain_text("Left behind")
    assert SavedFilter.objects.get().query == "when=overdue&reviewer=left"
    with stan.expect_download() as download:
        stan.get_by_role("link", name="These pages as a CSV file").focus()
        presses(stan, "Enter")
    assert "Page 01" in download.value.path().read_text(encoding="utf-8-sig")


def test_ticked_pages_are_taken_to_a_sheet_by_keyboard(stan, live_server):
    stan.goto(f"{live_server.url}{DUE}?when=overdue")
    stan.get_by_label("Choose Page 00").focus()
    presses(stan, "Space")
    stan.get_by_role("button", name="Defer due dates, or bring them forward…").focus()
    presses(stan, "Enter")
    expect(stan.get_by_text("1 article is chosen.")).to_be_visible()
    expect(stan.get_by_role("link", name="Cancel")).to_have_attribute("href", f"{DUE}?when=overdue")


@pytest.mark.pure  # other tests ask the database for the same on both engines
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(stan, live_server, width):
    stan.set_viewport_size({"width": width, "height": 900})
    for place in ("desk/", "", "?when=week", "reviewers/", "conditions/", "calendar/"):
        stan.goto(f"{live_server.url}{DUE}{place}")
        for more in stan.locator("#content-main details > summary").all():
            more.click()
        assert stan.evaluate("document.documentElement.scrollWidth") <= width, place
        assert axe_in_both_schemes(stan) == [], place
    stan.goto(f"{live_server.url}/admin/")
    assert stan.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_in_both_schemes(stan) == []


@pytest.mark.pure
def test_a_calm_desk_is_accessible(at):
    online({"title": "Far away", "next_due": day(300), "reviewer": cast.reviewer()})
    page = at("stan")
    expect(page.get_by_text("Of no reviewer is a page overdue")).to_be_visible()
    assert axe_in_both_schemes(page) == []
