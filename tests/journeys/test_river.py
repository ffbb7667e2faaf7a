"""The river, end to end, as the people on it see it: a messy file becomes a signed page that a patient reads."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Published
from tests import browser as browsers
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

MANUSCRIPT = """Example Marrow Disease
March 3, 2025
This page was reviewed under our medical policy by Rosa Example, M.D., Chair, Department of Blood, Example Hospital
Example marrow disease, also called EMD, is a rare disease of the bone marrow.
EMD begins in young blood cells. It is most common in adults.
In the United States, about 1,200 new cases are diagnosed each year.
Common symptoms are tiredness, fever and bruising.
Doctors diagnose EMD with a blood test and a bone marrow biopsy.
Treatment for EMD may include chemotherapy and a stem cell transplant.
Example Society (2024, January 17). Key Facts About Marrow Disease.
https://example.org/marrow/key-factsExample Institute (2022, November). Tests for Marrow Disease.
https://example.org/marrow/tests
"""


@pytest.fixture
def people():
    cast.reviewer()
    return cast.cast()


def as_(page: Page, live_server, name: str) -> None:
    """Sign in by the login form; everybody's pass phrase is the cast's."""
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long pass phrase")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Log out").or_(page.get_by_role("button", name="Log out"))).to_be_visible()


def imported(page: Page, live_server, tmp_path: Path) -> None:
    file = tmp_path / "emd.txt"
    file.write_text(MANUSCRIPT, encoding="utf-8")
    page.goto(f"{live_server.url}/admin/articles/article/")
    page.get_by_role("link", name="Import a manuscript").click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Show what is found").click()
    expect(page.get_by_text("March 3, 2025").first).to_be_visible()
    page.get_by_role("button", name="Create the draft").click()
    expect(page.get_by_role("heading", name="Where this page stands")).to_be_visible()


def save(page: Page) -> None:
    with page.expect_navigation():  # the text is kept first; an older message is no answer
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def mended(page: Page) -> None:
    """Confirm every proposed heading, one of them in other words."""
    page.locator("#id_sections-0-heading").fill("What it is")
    page.wait_for_load_state()  # a list of what is there waits for nothing
    for box in page.locator("input[name$='-heading_confirmed']:visible").all():
        box.check()


def cited_by_keyboard(page: Page, words: str) -> None:
    """Put the caret at the end of the text with the number, and cite the first source that is offered."""
    page.locator(".cke_wysiwyg_div").filter(has_text=words).focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Shift+C")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("Key Facts")
    offered = page.get_by_role("dialog").get_by_role("checkbox", name="Key Facts")
    expect(offered).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(offered).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def ask_for_review(page: Page) -> None:
    page.get_by_role("link", name="Request review").click()
    page.get_by_label("Reviewer:", exact=True).select_option(label="Rosa Example, MD")
    page.get_by_role("button", name="Ask for this review").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def attest(page: Page, live_server) -> None:
    as_(page, live_server, "rosa")
    page.get_by_role("link", name="Example Marrow Disease").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Review:")
    page.wait_for_load_state()  # a count waits for nothing
    whole = page.get_by_role("radio", name="The whole page I have checked")
    if whole.count():  # there are signed words to compare with
        whole.check()
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("button", name="Attest", exact=True).click()
    expect(page.get_by_text("You attested")).to_be_visible()


def publish(page: Page, live_server) -> None:
    as_(page, live_server, "paula")
    page.get_by_role("link", name="Example Marrow Disease").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish")
    page.wait_for_load_state()
    for radio in page.get_by_role("radio", name="Correction").all():  # a first edition is not asked what it changes
        radio.check()
    page.get_by_label("Change note").fill("For everybody to read.")
    page.get_by_role("button", name="Publish edition").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_messy_file_becomes_a_signed_page(page, browser, live_server, tmp_path, people):
    as_(page, live_server, "wanda")
    imported(page, live_server, tmp_path)
    mended(page)
    cited_by_keyboard(page, "1,200 new cases")
    save(page)
    ask_for_review(page)
    attest(page, live_server)
    publish(page, live_server)
    with browsers.window(browser) as nobody:
        nobody.goto(f"{live_server.url}/example-marrow-disease/")
        expect(nobody.get_by_role("heading", level=1)).to_have_text("Example Marrow Disease")
        expect(nobody.get_by_text("Rosa Example, MD")).to_be_visible()
        expect(nobody.get_by_role("heading", name="What it is")).to_be_visible()
        nobody.get_by_role("link", name="Reference 1", exact=True).click()
        expect(nobody.locator("#ref-1")).to_contain_text("Key Facts About Marrow Disease")
        assert nobody.context.cookies() == []
    row = Published.objects.get()
    assert row.last_reviewed_on != date(2025, 3, 3)


def test_one_changed_number_waits_for_a_new_signature(page, browser, live_server, people):
    cast.published(cast.draft(cast.words("Example Marrow Disease")))
    as_(page, live_server, "wanda")
    page.goto(f"{live_server.url}/admin/articles/article/{Article.objects.get().pk}/change/")
    page.locator(".cke_wysiwyg_div").filter(has_text="5 mg").fill("The usual dose is 50 mg.")
    save(page)
    as_(page, live_server, "paula")
    page.goto(f"{live_server.url}/admin/articles/article/{Article.objects.get().pk}/change/")
    expect(page.get_by_text("Medical words changed after they were signed")).to_be_visible()
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_text("Medical words changed after they were signed")).to_be_visible()
    expect(page.get_by_role("button", name="Publish edition")).to_have_count(0)
    with browsers.window(browser) as nobody:
        nobody.goto(f"{live_server.url}/example-marrow-disease/")
        expect(nobody.get_by_text("The usual dose is 5 mg.")).to_be_visible()
    as_(page, live_server, "wanda")
    page.goto(f"{live_server.url}/admin/articles/article/{Article.objects.get().pk}/change/")
    ask_for_review(page)
    attest(page, live_server)
    publish(page, live_server)
    with browsers.window(browser) as nobody:
        nobody.goto(f"{live_server.url}/example-marrow-disease/")
        expect(nobody.get_by_text("The usual dose is 50 mg.")).to_be_visible()
