"""The history of a page in a real browser: with a keyboard, without scripts, without colors, on paper."""

import pytest
from playwright.sync_api import expect

from articles import drafting, publishing, roles
from tests import cast

HISTORY = "/acute-example-disease/history/"
CHANGES = "/acute-example-disease/editions/3/changes/1/"
LINES = """selector => [...document.querySelectorAll(selector)].map(
    one => getComputedStyle(one).textDecorationLine)"""


@pytest.fixture
def site(transactional_db, live_server):
    """A page in three editions; a paragraph came and one went."""
    article = cast.published().article
    paula, wanda = cast.person("paula", roles.PUBLISHER), cast.person("wanda", roles.WRITER)
    for number, body in ((2, "<p>The usual dose is 6 mg.</p>"), (3, "<p>Ask before you take any of it.</p>")):
        at = cast.later(days=number)
        article.refresh_from_db()
        words = cast.with_body(article.content(), "treatment", body)
        drafting.revise(article, words, by=wanda, at=at, base_revision=article.revision)
        cast.signed(article, at=at)
        publishing.publish(article, by=paula, at=at, change_class="evidence", change_note=f"Note {number}.")
    return live_server.url


def test_a_reader_finds_what_changed_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/acute-example-disease/")
    page.get_by_role("link", name="History of this page").click()
    expect(page.locator("h2 a")).to_have_text(["Edition 3", "Edition 2", "Edition 1"])
    page.get_by_label("From").select_option("1")
    page.get_by_label("To").select_option("3")
    page.get_by_role("button", name="Show what changed").click()
    expect(page).to_have_url(site + CHANGES)
    expect(page.locator("del").last).to_contain_text("The usual dose is 5 mg.")
    page.get_by_role("link", name="edition 1").click()
    page.get_by_role("link", name="Read the current page").click()
    expect(page).to_have_url(f"{site}/acute-example-disease/")
    context.close()


def test_the_form_proposes_the_two_latest_editions(page, site):
    page.goto(site + HISTORY)
    page.get_by_role("button", name="Show what changed").press("Enter")
    page.wait_for_url("**/editions/3/changes/2/")


@pytest.mark.parametrize("features", [{"media": "print"}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_what_came_and_what_went_differ_without_color(page, site, features):
    page.emulate_media(**features)
    page.goto(site + CHANGES)
    assert set(page.evaluate(LINES, ".redline ins")) == {"underline"}
    assert set(page.evaluate(LINES, ".redline del")) == {"line-through"}
    assert page.evaluate("getComputedStyle(document.querySelector('.redline-added')).borderInlineStartStyle") == "solid"
    went = page.evaluate("getComputedStyle(document.querySelector('.redline-removed')).borderInlineStartStyle")
    assert went == "dashed"


def test_paper_says_that_an_edition_is_old_and_shows_no_form(page, site):
    page.emulate_media(media="print")
    page.goto(f"{site}/acute-example-disease/editions/1/")
    assert "This is an old edition" in page.inner_text("body")
    page.goto(site + HISTORY)
    assert "Note 3." in page.inner_text("body")
    assert not page.locator(".compare").is_visible()
