"""Paula gives a page about the site another text, Rosa says who she is, and a reader follows a name; by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Reviewer, SiteText
from tests import cast
from tests.browser import axe_in_both_schemes

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, role: str, name: str) -> None:
    """Go there and press it, without a mouse."""
    there = page.get_by_role(role, name=name, exact=True)
    there.focus()
    page.keyboard.press("Enter")


def write(page: Page, words: str) -> None:
    text = page.locator(".cke_wysiwyg_div")
    expect(text).to_be_visible()
    text.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def test_a_page_about_the_site_is_edited_looked_at_and_shown(at, live_server):
    page = at("paula", "/admin/articles/sitetext/")
    assert axe_in_both_schemes(page) == []
    press(page, "link", "Edit “Privacy”")
    write(page, "We keep no list.")
    assert axe_in_both_schemes(page) == []
    with page.context.expect_page() as opened:
        press(page, "button", "Preview")
    expect(opened.value.locator("main")).to_contain_text("Preview: not saved")
    expect(opened.value.locator("main")).to_contain_text("We keep no list.")
    assert not SiteText.objects.exists()
    press(page, "button", "Show this to readers")
    expect(page.get_by_text("Readers see the new text now.")).to_be_visible()
    page.goto(f"{live_server.url}/privacy/")
    expect(page.locator("main")).to_contain_text("We keep no list.")


def test_languages_are_written_on_a_narrow_screen(at, live_server):
    page = at("ada", "/admin/articles/sitetext/language-help/edit/")
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_label("Español (Spanish)").fill("Llame al 555-0100.")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_in_both_schemes(page) == []
    press(page, "button", "Show this to readers")
    expect(page.get_by_text("Readers see the new text now.")).to_be_visible()
    page.goto(f"{live_server.url}/language-help/")
    press(page, "link", "Español")
    page.wait_for_url("**/#es")
    expect(page.locator("section[lang=es]")).to_contain_text("Llame al 555-0100.")


def test_a_reviewer_says_who_she_is_and_a_reader_follows_her_name(at, live_server):
    cast.published()
    page = at("rosa", f"/admin/articles/reviewer/{Reviewer.objects.get().pk}/change/")
    write(page, "She trained here.")
    page.get_by_label("Interests to declare").fill("None")
    assert axe_in_both_schemes(page) == []
    with page.context.expect_page() as opened:
        press(page, "button", "Preview the public page")
    expect(opened.value.locator("main")).to_contain_text("She trained here.")
    press(page, "button", "Save")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"{live_server.url}/acute-example-disease/")
    press(page, "link", "Rosa Example, MD")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rosa Example, MD")
    for words in ("She trained here.", "no interests to declare", "Clinical review of the whole page"):
        expect(page.locator("main")).to_contain_text(words)
