"""A figure and what it leans on: written, missed by the hint panel, cited from there by keyboard alone, signed,
published, and read by a patient."""

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from references.models import Source
from references.reading import files
from tests import browser as browsers
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db(transaction=True)

CLAIM = " In 2024, about 6,550 people fell ill."
PASTED = "Roe J, Doe A. Counting marrow disease in adults. Example J Med. 2024;12(3):45-50. doi:10.1000/count.2024"
QUOTE = "We counted 6,550 new cases in 2024."
ADDRESS = "/acute-example-disease/"


@pytest.fixture
def article() -> Article:
    """A draft that cites nothing yet, and a library with one source."""
    cast.reviewer()
    Source.objects.create(title="Key facts", organization="Example Society", published="2024", accessed="2026-11-01")
    return cast.draft(cast.with_body(cast.words(), "what-it-is", "<p>It begins in the marrow.</p>"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, wanted: Locator) -> None:
    for _step in range(30):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        press(page, "Tab")
    expect(wanted).to_be_focused()


def write_and_cite(page: Page) -> None:
    """Everything after the first focus is done with keys."""
    text, hint = page.locator("#sections-0 .cke_wysiwyg_div"), page.locator(".hint", has_text="6,550")
    text.focus()
    press(page, "Control+End")
    page.keyboard.type(CLAIM + " It is rare.")
    expect(hint).to_contain_text("No source is cited for a figure")
    expect(page.locator(".hints-status")).to_have_text("2 remarks")
    press(page, "Alt+Shift+KeyH")
    tab_to(page, hint.get_by_role("button", name="Cite a source"))
    press(page, "Enter")
    cite_from_the_library(page)
    cite_what_is_pasted(page)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(text).to_contain_text("fell ill.[Example Society 2024][Roe J 2024] It is rare.")
    expect(hint).to_have_count(0)
    expect(page.locator(".hints-status")).to_have_text("1 remark")


def cite_from_the_library(page: Page) -> None:
    expect(page.get_by_label("Search, or paste")).to_be_focused()
    page.keyboard.type("Key facts")
    press(page, "Enter")
    expect(page.get_by_role("checkbox", name="Key facts")).to_be_focused()
    press(page, "Space", "Shift+Tab", "Control+A")


def cite_what_is_pasted(page: Page) -> None:
    """Add the pasted work after a look at its record, quote it, and cite both."""
    page.keyboard.insert_text(PASTED)
    press(page, "Enter")
    expect(page.get_by_role("button", name="Add this source")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_label("DOI:")).to_have_value("10.1000/count.2024")
    press(page, "Enter")
    expect(page.get_by_role("checkbox", name="Counting marrow disease")).to_be_focused()
    tab_to(page, page.get_by_role("group", name="Roe J 2024").get_by_label("Sentence of the source"))
    page.keyboard.type(QUOTE)
    press(page, "Enter")


def save_and_ask(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="Request review").click()
    page.get_by_label("Reviewer:", exact=True).select_option(label="Rosa Example, MD")
    page.get_by_role("button", name="Ask for this review").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def sign(page: Page) -> None:
    """Rosa reads the claim and the sentence that supports it side by side."""
    page.get_by_role("link", name="Acute example disease").first.click()
    expect(page.locator("#sources li", has_text="Counting marrow disease").first).to_contain_text(QUOTE)
    expect(page.locator("#sources li", has_text="Counting marrow disease").first).to_contain_text(CLAIM.strip())
    page.wait_for_load_state()
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("button", name="Attest", exact=True).click()
    expect(page.get_by_text("You attested")).to_be_visible()


def publish(page: Page) -> None:
    page.get_by_role("link", name="Acute example disease").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish")
    page.get_by_label("Change note").fill("For everybody to read.")
    page.get_by_role("button", name="Publish edition").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def read_by_keyboard(page: Page, site: str) -> None:
    """The number, what it stands for, and the way there and back."""
    page.goto(site + ADDRESS)
    expect(page.locator("sup").first).to_have_text("1,2")
    tab_to(page, page.get_by_role("link", name="Reference 2", exact=True).first)
    expect(page.get_by_role("note", name="Reference 2")).to_contain_text(f"Quoted: {QUOTE}")
    press(page, "Escape", "Enter")
    page.wait_for_url("**/#ref-2")
    press(page, "Tab", "Tab")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Back to the text: reference 2, place 1")
    press(page, "Enter")
    page.wait_for_url("**/#cite-2-1")


def look_into_the_evidence(page: Page) -> None:
    """The list by year, and the file."""
    page.get_by_role("link", name="Sort these references").click()
    page.get_by_role("link", name="By author").click()
    page.wait_for_url("**/references/by-author/")
    expect(page.locator("li[value='2']")).to_contain_text(f"{CLAIM.strip()} Quoted: {QUOTE}")
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    found = files.read(download.value.path().read_bytes(), "x").found
    assert [one.record.title for one in found] == ["Key facts", "Counting marrow disease in adults"]


def test_a_figure_is_cited_by_keyboard_signed_and_read_by_a_patient(page, browser, live_server, at, article):
    write_and_cite(at("wanda", desk.change_url(article)))
    save_and_ask(page)
    sign(at("rosa"))
    publish(at("paula"))
    with browsers.window(browser) as patient:
        read_by_keyboard(patient, live_server.url)
        look_into_the_evidence(patient)
        assert patient.context.cookies() == []
