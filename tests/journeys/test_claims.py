"""A writer mends and answers what the checks say of the text; the reviewer reads the answer; the publisher is stopped
by what is left."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles import answering, markup
from articles.models import Article, FindingAnswer
from references.models import Source
from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)

CLAIM = "About 1 in 20 people fall ill."
SELECTED = "box => box.value.slice(box.selectionStart, box.selectionEnd)"


@pytest.fixture
def article() -> Article:
    return cast.draft()


@pytest.fixture
def writer(at, article) -> Page:
    page = at("wanda", desk.change_url(article))
    expect(editable(page)).to_be_visible()
    expect(page.locator("#hints[data-ready]")).to_be_visible()
    return page


def editable(page: Page, number: int = 0):
    return page.locator(f"#sections-{number} .cke_wysiwyg_div")


def hint(page: Page, words: str):
    return page.locator(".hints-list .hint").filter(has_text=words)


def write(page: Page, words: str, number: int = 0) -> None:
    editable(page, number).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def selected(page: Page) -> str:
    return page.evaluate("getSelection().toString()")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_hint_appears_and_leads_to_its_sentence_and_back_by_keyboard(writer):
    expect(hint(writer, "5 mg")).to_be_visible()
    write(writer, f" {CLAIM}")
    expect(hint(writer, "1 in 20")).to_be_visible()
    expect(writer.locator(".hints-status")).to_have_text("2 remarks")
    press(writer, "Alt+Shift+KeyH")
    expect(hint(writer, "5 mg").locator(".hint-go")).to_be_focused()
    press(writer, "Tab", "Tab", "Tab")
    expect(hint(writer, "1 in 20").locator(".hint-go")).to_be_focused()
    press(writer, "Enter")
    expect(editable(writer)).to_be_focused()
    assert selected(writer) == CLAIM
    press(writer, "Alt+Shift+KeyH")
    expect(hint(writer, "1 in 20").locator(".hint-go")).to_be_focused()


def test_what_is_dictated_or_corrected_without_a_key_is_checked_too(writer):
    editable(writer).focus()
    writer.keyboard.press("Control+End")
    writer.keyboard.insert_text(f" {CLAIM}")
    expect(hint(writer, "1 in 20")).to_be_visible()


def test_a_sentence_is_cited_from_its_hint_by_keyboard(writer, article):
    write(writer, f" {CLAIM} It is rare.")
    hint(writer, "1 in 20").locator(".hint-go").focus()
    press(writer, "Tab", "Tab", "Enter")
    source = writer.get_by_role("checkbox", name=re.compile("What is example disease"))
    expect(source).to_be_visible()
    press(writer, "ArrowDown")
    expect(source).to_be_focused()
    press(writer, "Enter")
    expect(writer.get_by_role("dialog")).to_be_hidden()
    expect(editable(writer)).to_contain_text(f"{CLAIM}[Example Society 2024] It is rare.")
    expect(hint(writer, "1 in 20")).to_have_count(0)
    save(writer)
    assert f"{CLAIM}<cite data-source=" in article.sections.first().body


def test_a_hint_is_answered_with_a_reason_by_keyboard(writer, article):
    press(writer, "Alt+Shift+KeyH", "Tab", "Enter")
    expect(writer.get_by_label("Common knowledge")).to_be_focused()
    press(writer, "ArrowDown", "Enter")
    expect(writer.locator(".hints-status")).to_have_text("No remarks, 1 answered")
    made = FindingAnswer.objects.get()
    assert (made.sentence, made.reason) == ("The usual dose is 5 mg.", "ours")


def test_what_is_typed_keeps_its_focus_and_its_place(writer):
    write(writer, f" {CLAIM}")
    before = editable(writer).bounding_box()
    expect(hint(writer, "1 in 20")).to_be_visible()
    expect(editable(writer)).to_be_focused()
    assert editable(writer).bounding_box() == before


def test_it_folds_away_and_stays_so(writer):
    fold = writer.get_by_role("button", name=re.compile("Remarks"))
    fold.click()
    expect(hint(writer, "5 mg")).to_be_hidden()
    writer.reload()
    expect(writer.locator("#hints[data-ready]")).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(hint(writer, "5 mg")).to_be_visible()


def test_it_works_with_the_plain_box_too(at, article, settings):
    settings.CMS_EDITOR = "articles.admin.editor.PlainTextarea"
    page = at("wanda", desk.change_url(article))
    hint(page, "5 mg").locator(".hint-go").click()
    box = page.locator("#id_sections-1-body")
    expect(box).to_be_focused()
    assert box.evaluate(SELECTED) == "The usual dose is 5 mg."


def test_a_source_is_cited_in_the_plain_box_too(at, article, settings):
    """From the remark; then a second one at the same place, with the keys."""
    settings.CMS_EDITOR = "articles.admin.editor.PlainTextarea"
    Source.objects.create(title="Dose tables", published="2026", accessed="2026-11-01")
    page = at("wanda", desk.change_url(article))
    hint(page, "5 mg").get_by_role("button", name=re.compile("Cite")).click()
    page.get_by_role("checkbox", name=re.compile("What is example disease")).press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(hint(page, "5 mg")).to_have_count(0)
    press(page, "Control+Shift+C")
    page.get_by_role("checkbox", name=re.compile("Dose tables")).press("Space")
    page.get_by_role("group", name="Dose tables").get_by_label("Sentence of the source").fill('5 > 4, "at most".')
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    save(page)
    body = article.sections.get(anchor="treatment").body
    assert [mark.quote for mark in markup.citations(body)] == ["", '5 > 4, "at most".']
    assert re.search(r"5 mg\.<cite [^>]*></cite><cite [^>]*></cite>", body)


def test_a_remark_on_a_source_leads_to_its_mark_in_the_plain_box(at, article, settings):
    settings.CMS_EDITOR = "articles.admin.editor.PlainTextarea"
    Source.objects.update(health="retracted")
    page = at("wanda", desk.change_url(article))
    hint(page, "has been retracted").locator(".hint-go").click()
    assert page.evaluate(f"({SELECTED})(document.activeElement)").startswith("<cite data-source=")


def test_a_source_that_was_retracted_since_is_said_beside_the_text(at, article):
    Source.objects.update(health="retracted")
    page = at("wanda", desk.change_url(article))
    hint(page, "has been retracted").locator(".hint-go").click()
    page.wait_for_function("words => getSelection().toString() === words", arg="[Example Society 2024]")


def test_another_source_is_cited_in_its_place_by_keyboard(at, article):
    Source.objects.update(health="retracted")
    Source.objects.create(title="Dose tables", published="2026", accessed="2026-11-01")
    page = at("wanda", desk.change_url(article))
    remark = hint(page, "has been retracted")
    remark.get_by_role("button", name="Cite a source").press("Enter")
    page.get_by_role("checkbox", name=re.compile("What is example disease")).press("Space")
    page.get_by_role("checkbox", name=re.compile("Dose tables")).press("Space")
    page.get_by_role("checkbox", name=re.compile("Dose tables")).press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(remark).to_have_count(0)
    save(page)
    assert [source.title for source in article.content().sources] == ["Dose tables"]


def test_a_reason_in_ones_own_words_is_asked_for(writer):
    hint(writer, "5 mg").get_by_role("button", name=re.compile("^Answer")).click()
    writer.get_by_role("radio", name="Another reason").check()
    writer.get_by_role("button", name="Keep this answer").click()
    expect(writer.get_by_role("alert").filter(has_text="choose a reason")).to_be_visible()
    writer.get_by_label("In your words").fill("It is printed on the box.")
    writer.keyboard.press("Enter")
    writer.get_by_text("1 answered", exact=True).click()
    expect(writer.locator(".hints-answered")).to_contain_text("It is printed on the box.")
    writer.get_by_role("button", name=re.compile("^Take back")).click()
    expect(hint(writer, "5 mg")).to_be_visible()


def test_the_reviewer_reads_the_answer(at, article):
    (finding,) = answering.remarks(article, article.content(), at=cast.NOON).open
    answering.answer(article, finding, reason="ours", by=cast.cast().wanda, at=cast.NOON, why="From the label.")
    page = at("rosa", f"/admin/articles/review/{cast.requested(article).pk}/read/")
    page.get_by_text("1 answered", exact=True).click()
    expect(page.locator("#findings")).to_contain_text("wanda, Nov. 2, 2026: Our own figure. From the label.")


def test_a_blocking_rule_stops_the_publisher_until_the_writer_answers(at, article, settings):
    cast.signed(article)
    settings.FINDING_SEVERITY = {"uncited_dose": "blocking"}
    page = at("paula", f"/admin/articles/article/{article.pk}/publish/")
    expect(page.get_by_text("Mend these first")).to_be_visible()
    link = page.get_by_role("link", name="Go to the section “Treatment”").get_attribute("href")
    page = at("wanda", link)
    expect(editable(page, 1)).to_be_focused()
    assert selected(page) == "The usual dose is 5 mg."
    hint(page, "5 mg").get_by_role("button", name=re.compile("^Answer")).click()
    page.get_by_role("button", name="Keep this answer").click()
    expect(page.locator(".hints-status")).to_have_text("No remarks, 1 answered")
    page = at("paula", f"/admin/articles/article/{article.pk}/publish/")
    page.get_by_role("button", name="Publish edition 1").click()
    expect(page.get_by_text("Online as edition 1")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_panel_is_accessible_and_fits(writer, scheme, width):
    writer.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    writer.set_viewport_size({"width": width, "height": 800})
    writer.reload()
    hint(writer, "5 mg").get_by_role("button", name=re.compile("^Answer")).click()
    expect(writer.get_by_label("Common knowledge")).to_be_focused()
    assert axe_violations(writer, within="#hints") == []
    assert writer.evaluate("document.documentElement.scrollWidth <= innerWidth")
