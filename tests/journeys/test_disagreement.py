"""A doctor and a writer do not agree: two rounds of changes, one comment, and in the end one signature."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Comment, Review
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import url
from tests.cast import draft
from tests.journeys.test_editing import editable, save
from tests.journeys.test_signing import ask, done, press

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Acute example disease"
TREATMENT = 1  # the number of the section in the form


def test_two_rounds_end_in_a_signature(at):
    article = draft()
    signing.client("rosa")
    ask(at("wanda", desk.change_url(article)))
    comments_and_sends_back(at("rosa"))
    answers_and_changes_something_else(at("wanda"))
    sees_only_what_moved_and_sends_back_again(at("rosa"))
    yields(at("wanda"))
    resolves_and_signs(at("rosa"))
    page = at("wanda", url("article_comments", article))
    expect(page.get_by_text("Nothing is open.")).to_be_visible()
    answers = Review.objects.order_by("pk").values_list("answer", flat=True)
    assert list(answers) == ["changes", "changes", "attested"]


def comments_and_sends_back(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_load_state()  # else the link only leads to the form, whose script has not come yet
    page.get_by_role("link", name="Comment (Treatment)").click()
    page.keyboard.type("Is it five, or one and a half?")
    press(page, "Add this comment")
    expect(thread(page)).to_contain_text("Is it five, or one and a half?")
    sends_back(page, "The dose has no source.")


def sends_back(page: Page, why: str) -> None:
    page.get_by_label("What should change, and why").fill(why)
    press(page, "Request changes")
    done(page, "will read what should change")


def answers_and_changes_something_else(page: Page) -> None:
    expect(page.locator(".pile")).to_contain_text("Rosa Example, MD asked for changes")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".state-panel")).to_contain_text("The dose has no source.")
    expect(page.locator(".state-panel")).to_contain_text("Is it five, or one and a half?")
    writes(page, " Ask your doctor before you take it.")
    page.get_by_role("link", name="Comments", exact=True).click()
    page.get_by_text("Answer or resolve").click()
    page.get_by_label("Your answer to this comment").fill("It is five, as the label says.")
    press(page, "Send this answer")
    expect(thread(page)).to_contain_text("It is five, as the label says.")
    page.get_by_role("link", name=TITLE).click()
    asks_again(page)


def writes(page: Page, words: str) -> None:
    """At the end of the section on treatment."""
    editable(page, TREATMENT).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    save(page)


def asks_again(page: Page) -> None:
    page.get_by_role("link", name="Request review").click()
    expect(page.get_by_text("One comment is still open.")).to_be_visible()
    expect(page.get_by_label("Reviewer:", exact=True)).to_contain_text("Rosa Example, MD")
    page.get_by_label("Reviewer:", exact=True).select_option(label="Rosa Example, MD")
    press(page, "Ask for this review")
    done(page, "Rosa Example, MD was asked")


def sees_only_what_moved_and_sends_back_again(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name="What moved since you last read it")).to_be_visible()
    expect(page.locator(".redline ins")).to_contain_text(["Ask your doctor before you take it."])
    expect(page.locator(".redline del")).to_have_count(0)
    expect(thread(page)).to_contain_text("It is five, as the label says.")
    sends_back(page, "The label is from 1990. It is one and a half today.")


def yields(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    editable(page, TREATMENT).fill("The usual dose is 1.5 mg. Ask your doctor before you take it.")
    save(page)
    asks_again(page)


def resolves_and_signs(page: Page) -> None:
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".redline del")).to_contain_text("5")
    expect(page.locator(".redline ins")).to_contain_text("1.5")
    page.get_by_text("Answer or resolve").click()
    press(page, "Resolve")
    expect(thread(page)).to_contain_text("Resolved by")
    page.get_by_label("Interests to declare").fill("None")
    press(page, "Attest")
    done(page, "You attested")
    assert Comment.objects.get(answers=None).resolved_by.username == "rosa"


def thread(page: Page):
    return page.locator(".thread").first
