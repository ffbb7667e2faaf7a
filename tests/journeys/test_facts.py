"""A figure from the editor to the reviewer: inserted by keyboard, recorded anew, put into drafts in one step."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Fact, Review
from tests import cast
from tests.articles import figures_kept as kept
from tests.articles.admin import desk
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fact() -> Fact:
    cast.cast()
    kept.recorded("Survival of example disease", value="81 %", unit="of children")
    return kept.recorded()


@pytest.fixture
def writer(page: Page, at, fact) -> Page:
    """Wanda stands at the end of the section on treatment."""
    at("wanda", desk.change_url(cast.draft()))
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


def insert(page: Page, words: str) -> None:
    press(page, "Control+Shift+F")
    box = page.get_by_label("Search by name")
    expect(box).to_be_focused()
    page.keyboard.insert_text(words)
    press(page, "Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def saved(page: Page) -> str:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return kept.body(cast.Article.objects.get())


def test_a_fact_is_inserted_by_keyboard_with_its_source(writer, fact):
    writer.keyboard.type(" In all, ")
    insert(writer, "united cases")
    writer.keyboard.type(" fall ill.")
    value = fact.values.get()
    body = f"<p>The usual dose is 5 mg. In all, {kept.mark(value)} fall ill.</p>"
    assert saved(writer) == body
    expect(text(writer).locator("data")).to_have_text(value.printed)
    assert saved(writer) == body


def test_it_is_one_unit_and_another_takes_its_place(writer, fact):
    insert(writer, "united cases")
    press(writer, "Control+Shift+F")
    dialog = writer.get_by_role("dialog")
    expect(dialog.locator(".fact-former")).to_contain_text("Here stands: about 6,660")
    writer.keyboard.insert_text("survival")
    press(writer, "Enter")
    expect(writer.get_by_role("radio").first).to_be_focused()
    press(writer, "Enter")
    expect(text(writer).locator("data")).to_have_text("81 % of children (2025)")
    press(writer, "Backspace", "Backspace")
    expect(text(writer).locator("data, cite")).to_have_count(0)


def test_the_dialog_can_be_used_by_everybody(writer):
    press(writer, "Control+Shift+F")
    expect(writer.get_by_role("radio")).to_have_count(2)
    assert axe_violations(writer, within=".fact-dialog") == []
    writer.keyboard.insert_text("nothing like it")
    expect(writer.get_by_role("status").filter(has_text="No fact matches")).to_be_visible()
    press(writer, "Escape", "Escape")  # the first empties the box
    expect(text(writer)).to_be_focused()


def test_from_a_new_value_to_the_reviewer(page: Page, at, fact):
    article = cast.published(kept.draft(fact)).article
    article.presences.all().delete()
    at("edith", f"/admin/articles/fact/{fact.pk}/change/")
    assert axe_violations(page) == []
    page.get_by_role("link", name="Record a new value").click()
    page.get_by_label("Value").fill("about 6,550")
    page.get_by_label("As of").fill("2026-10-31")
    page.get_by_label("Good until").fill((timezone.localdate() + timedelta(days=400)).isoformat())
    assert axe_violations(page) == []
    page.get_by_role("button", name="Record the new value").click()
    expect(page.get_by_role("checkbox", name=article.title)).to_be_checked()
    expect(page.get_by_text("Goes to Rosa Example")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Update drafts").click()
    expect(page.get_by_role("region", name="What became of each")).to_contain_text("6,660 new → 6,550 new")
    assert axe_violations(page) == []
    at("rosa", f"/admin/articles/review/{Review.objects.open().get().pk}/read/")
    expect(page.get_by_text("one change in Treatment: 6,660 new → 6,550 new").first).to_be_visible()
    expect(page.get_by_role("region", name="Facts on this page")).to_contain_text("good until")
    assert axe_violations(page) == []


def test_a_new_fact_can_be_recorded_by_whoever_hears_the_form(page, at, fact):
    at("edith", "/admin/articles/fact/add/")
    box = page.get_by_role("combobox", name="Source")
    expect(box).to_be_visible()
    assert axe_violations(page) == []
