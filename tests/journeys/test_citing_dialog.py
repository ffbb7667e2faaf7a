"""The citation dialog, by keyboard: several sources, quotes, health, and whatever is pasted."""

import pytest
from playwright.sync_api import Page, expect

from references.models import Retraction, Source
from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)

PASTED = "Roe J, Doe A. Rare marrow findings in adults. Example J Med. 2018;12(3):45-50. doi:10.1000/rare.2018"


@pytest.fixture
def article():
    return cast.draft()


@pytest.fixture
def writer(page: Page, at, article) -> Page:
    """Wanda stands at the end of the section on treatment."""
    Source.objects.create(title="Facts and figures", organization="Example Press", published="2018")
    at("wanda", desk.change_url(article))
    text(page).focus()
    page.keyboard.press("Control+End")
    return page


def text(page: Page):
    found = page.locator("#sections-1 .cke_wysiwyg_div")
    expect(found).to_be_visible()
    return found


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def searched(page: Page, words: str) -> None:
    """Type into the search box, and go to the first thing that was found."""
    box = page.get_by_label("Search, or paste")
    expect(box).to_be_focused()
    page.keyboard.insert_text(words)
    press(page, "Enter")
    expect(box).not_to_be_focused()


def saved_body(page: Page, article) -> str:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return article.sections.get(anchor="treatment").body


def cite_two(page: Page) -> None:
    press(page, "Control+Shift+C")
    searched(page, "figures")
    press(page, "Space", "Shift+Tab")
    press(page, "Control+A")
    searched(page, "What is")
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_two_sources_stand_at_one_place(writer, article):
    cite_two(writer)
    expect(text(writer)).to_contain_text("5 mg.[Example Press 2018][Example Society 2024]")
    writer.keyboard.type(" More.")
    one, two = (Source.objects.get(title__startswith=title).key for title in ("Facts", "What"))
    marks = f'<cite data-source="{one}"></cite><cite data-source="{two}"></cite>'
    assert saved_body(writer, article) == f"<p>The usual dose is 5 mg.{marks} More.</p>"


def test_beside_a_mark_the_whole_place_is_edited(writer, article):
    cite_two(writer)
    press(writer, "Control+Shift+C")
    dialog = writer.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Change the citation")).to_be_visible()
    expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(2)
    second = dialog.get_by_role("group", name="Example Society 2024")
    second.get_by_label("Page or section").fill("p 4")
    dialog.get_by_role("button", name="Remove: Example Press 2018").focus()
    press(writer, "Enter")
    expect(dialog.get_by_role("checkbox", name="Facts and figures")).to_be_focused()
    dialog.get_by_role("button", name="Change the citation").click()
    assert saved_body(writer, article).count("<cite ") == 1
    assert [one.locator for one in article.citations.filter(section__anchor="treatment")] == ["p 4"]


def test_a_quote_travels_with_its_mark_and_comes_back(writer, article):
    press(writer, "Control+Shift+C")
    searched(writer, "figures")
    press(writer, "Space")
    writer.get_by_label("Sentence of the source").focus()
    writer.keyboard.type('It says "5 mg" <always>.')
    press(writer, "Enter")
    writer.keyboard.type(" More.")
    assert ' data-quote="It says &quot;5 mg&quot; &lt;always&gt;." ' in saved_body(writer, article)
    assert "</cite> More.</p>" in article.sections.get(anchor="treatment").body
    assert article.citations.get(section__anchor="treatment").quote == 'It says "5 mg" <always>.'
    text(writer).locator("cite").dblclick()
    expect(writer.get_by_label("Sentence of the source")).to_have_value('It says "5 mg" <always>.')


def test_a_quote_that_is_too_long_is_kept_and_refused(writer):
    press(writer, "Control+Shift+C")
    searched(writer, "figures")
    press(writer, "Space")
    writer.get_by_label("Sentence of the source").fill("word " * 70)
    press(writer, "Enter")
    expect(writer.get_by_role("status").filter(has_text="349, 300")).to_be_visible()
    expect(writer.get_by_label("Sentence of the source")).to_be_focused()
    assert len(writer.get_by_label("Sentence of the source").input_value()) == 350


def test_what_a_source_is_and_how_it_stands_can_be_read(writer):
    press(writer, "Control+Shift+C")
    row = writer.get_by_role("checkbox", name="Web page, 2018, 8 years old")
    expect(row).to_be_visible()


def test_a_retracted_source_is_cited_only_by_who_says_so_twice(writer):
    Retraction.objects.create(doi="10.1000/gone", nature="retraction")
    Source.objects.create(title="Withdrawn trial", organization="Nobody", doi="10.1000/gone", kind="journal")
    press(writer, "Control+Shift+C")
    searched(writer, "Withdrawn trial")
    expect(writer.get_by_role("checkbox", name="This source has been retracted.")).to_be_focused()
    press(writer, "Enter")
    again = writer.get_by_role("button", name="Cite the retracted source")
    expect(again).to_be_focused()
    expect(writer.get_by_role("status").filter(has_text="Retracted: Nobody. Withdrawn trial.")).to_be_visible()
    press(writer, "Enter")
    expect(text(writer)).to_contain_text("5 mg.[Nobody]")


def test_a_pasted_reference_is_shown_before_it_is_added(writer):
    press(writer, "Control+Shift+C")
    searched(writer, PASTED)
    expect(writer.get_by_role("button", name="Add this source")).to_be_focused()
    assert not Source.objects.filter(doi="10.1000/rare.2018").exists()
    press(writer, "Enter")
    form = writer.get_by_role("dialog", name="New source")
    expect(form.get_by_label("Title:")).to_have_value("Rare marrow findings in adults")
    expect(form.get_by_label("Authors:")).to_have_value("Roe J\nDoe A")
    press(writer, "Enter")
    expect(writer.get_by_role("checkbox", name="Rare marrow findings")).to_be_focused()
    press(writer, "Enter")
    expect(text(writer)).to_contain_text("5 mg.[Roe J 2018]")
    assert Source.objects.get(doi="10.1000/rare.2018").kind == "journal"


@pytest.mark.parametrize(
    "pasted", ["https://doi.org/10.1000/RARE.2018", "PMID: 31234567", PASTED, "https://example.com/rare?utm_source=x"]
)
def test_a_pasted_name_of_a_known_work_finds_it(writer, pasted):
    Source.objects.create(title="Known", doi="10.1000/rare.2018", pmid="31234567", url="https://example.com/rare/")
    press(writer, "Control+Shift+C")
    searched(writer, pasted)
    expect(writer.get_by_role("checkbox", name="Known")).to_be_focused()
    expect(writer.get_by_role("button", name="Add this source")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_full_dialog_fits_a_phone_and_has_no_accessibility_violation(writer, scheme):
    writer.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    writer.set_viewport_size({"width": 320, "height": 700})
    Source.objects.filter(title="Facts and figures").update(health="retracted")
    press(writer, "Control+Shift+C")
    for box in writer.get_by_role("dialog").get_by_role("checkbox").all():
        box.check()
    writer.get_by_label("Search, or paste").fill("10.1000/new")
    expect(writer.get_by_role("button", name="Add this source")).to_be_visible()
    assert axe_violations(writer, within=".cite-dialog") == []
    assert writer.evaluate("(d => d.scrollWidth - d.clientWidth)(document.querySelector('.cite-dialog'))") == 0
