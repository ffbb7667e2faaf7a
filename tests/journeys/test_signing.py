"""From a draft to a page online, in a real browser: each person at their own screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Comment, Edition, Review
from tests import cast
from tests.articles.admin import desk, reading, signing
from tests.articles.admin.signing import url
from tests.browser import axe_in_both_schemes, axe_violations

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = {"phone": 320, "desk": 1280}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def done(page: Page, words: str) -> None:
    expect(page.locator(".messagelist .success")).to_contain_text(words)


def corrects(page: Page, words: str) -> None:
    """Write at the end of the section on treatment, in the reviewer's editor."""
    text = page.locator("section[aria-label=Treatment] .cke_wysiwyg_div")
    expect(text).to_be_visible()
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def settled(page: Page) -> Page:
    """Wait until every editor of the page can be written in."""
    page.wait_for_load_state()
    editors = page.locator(".django-ckeditor-widget textarea:not([name*=__prefix__])").count()
    expect(page.locator(".cke_wysiwyg_div[role]")).to_have_count(editors)
    return page


# -- the whole way -------------------------------------------------------------------------------------------------


def test_from_draft_to_page_with_corrections(at):
    article = cast.draft()
    signing.client("rosa")
    ask(at("wanda", desk.change_url(article)))
    correct_and_sign(at("rosa"))
    accept(at("wanda"))
    publish(at("paula"))
    page = at("wanda", f"/{article.slug}/")
    expect(page.locator("article")).to_contain_text("The usual dose is 5 mg. Take it with water.")
    expect(page.locator(".signoff")).to_contain_text("Medically reviewed by Rosa Example, MD")


def ask(page: Page) -> None:
    page.get_by_role("link", name="Request review").click()
    page.get_by_label("Reviewer", exact=False).first.select_option(label="Rosa Example, MD")
    page.get_by_label("Note to the reviewer").fill("The dose, please.")
    press(page, "Ask for this review")
    done(page, "Rosa Example, MD was asked")


def correct_and_sign(page: Page) -> None:
    page.get_by_role("link", name="Acute example disease").click()
    expect(page.frame_locator("iframe").get_by_role("heading", name="What it is")).to_be_visible()
    page.get_by_role("link", name="Correct and attest", exact=True).click()
    corrects(page, " Take it with water.")
    press(page, "Show my corrections")
    expect(page.locator(".redline ins")).to_contain_text("Take it with water.")
    page.get_by_label("Interests to declare").fill("None")
    press(page, "Sign the corrected page")
    done(page, "You signed the corrected words.")


def accept(page: Page) -> None:
    expect(page.locator(".pile")).to_contain_text("corrections by Rosa Example, MD wait for acceptance")
    page.get_by_role("link", name="Acute example disease").click()
    expect(page.locator(".redline ins")).to_contain_text("Take it with water.")
    press(page, "Accept the corrections")
    done(page, "The corrections by Rosa Example, MD are accepted.")


def publish(page: Page) -> None:
    page.get_by_role("link", name="Acute example disease").click()
    press(page, "Publish edition 1")
    done(page, "Edition 1 is online.")


# -- answering -----------------------------------------------------------------------------------------------------


def test_attest_by_keyboard_alone(at):
    review = signing.requested()
    page = at("rosa", url("review_read", review))
    page.get_by_role("link", name="Your answer").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("None")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Attest", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    done(page, "You attested")
    review.refresh_from_db()
    assert review.answer == Review.Answer.ATTESTED


def test_every_step_to_the_answer_can_be_tabbed_to_and_left(at):
    page = at("rosa", url("review_read", signing.requested()))
    names = []
    for _press in range(60):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
        if "Attest" in names:
            break
    assert "Your answer" in names
    assert names[-1] == "Attest"


@pytest.mark.parametrize(("button", "reason"), [("Attest", ""), ("Request changes", "Half an hour of thoughts.")])
def test_an_answer_is_refused_after_the_writer_changed_the_words(at, button, reason):
    review = signing.requested()
    page = at("rosa", url("review_read", review))
    page.get_by_label("What should change, and why").fill(reason)
    page.get_by_label("Interests to declare").fill("None")
    cast.edited(review.article, at=signing.timezone.now())
    press(page, button)
    expect(page.locator(".messagelist .error")).to_contain_text("This request is closed (Superseded).")
    if reason:
        expect(page.get_by_label("What you had written is kept here")).to_have_value(reason)
    assert not Review.objects.attested().exists()


def test_corrections_survive_a_request_that_was_closed_meanwhile(at):
    review = signing.requested()
    page = at("rosa", url("review_correct", review))
    corrects(page, " Take it with water.")
    press(page, "Show my corrections")
    page.get_by_label("Interests to declare").fill("None")
    cast.edited(review.article, at=signing.timezone.now())
    press(page, "Sign the corrected page")
    expect(page.locator(".messagelist .error")).to_contain_text("This request is closed")
    expect(page.locator(".words")).to_contain_text("The usual dose is 5 mg. Take it with water.")
    assert axe_violations(page) == []
    assert not Review.objects.attested().exists()


def test_one_can_go_on_correcting_after_the_redline(at):
    review = signing.requested()
    page = at("rosa", url("review_correct", review))
    corrects(page, " Take it with water.")
    press(page, "Show my corrections")
    press(page, "Go on correcting")
    corrects(page, " Not with milk.")
    press(page, "Show my corrections")
    expect(page.locator(".redline ins")).to_contain_text("Take it with water. Not with milk.")
    assert axe_violations(page) == []
    assert Review.objects.open().exists()


def test_opening_and_showing_without_a_change_finds_no_correction(at):
    page = at("rosa", url("review_correct", signing.requested()))
    expect(page.locator(".cke_wysiwyg_div").last).to_be_visible()
    press(page, "Show my corrections")
    expect(page.locator(".messagelist .warning")).to_contain_text("Nothing is corrected yet.")


# -- the frame -----------------------------------------------------------------------------------------------------


def test_the_frame_is_as_high_as_its_page_and_lets_nobody_leave(at):
    page = at("rosa", url("review_read", signing.requested()))
    frame = page.frame(name="frozen")
    frame.wait_for_load_state()
    expect(page.locator("iframe")).to_have_attribute("style", re.compile("height"))
    inner = frame.evaluate("document.documentElement.scrollHeight")
    assert abs(page.locator("iframe").bounding_box()["height"] - inner) < 8
    assert frame.locator("a[href^='https://']").first.get_attribute("target") == "_blank"
    assert not frame.locator("header.site").is_visible()


def test_a_link_inside_the_frame_leads_there_on_the_screen(at):
    page = at("rosa", url("review_read", signing.requested()))
    expect(page.locator("iframe")).to_have_attribute("style", re.compile("height"))
    page.set_viewport_size({"width": 600, "height": 400})
    frame = page.frame_locator("iframe")
    frame.locator(".toc").get_by_role("link", name="References").click()
    expect(frame.get_by_role("heading", name="References")).to_be_in_viewport()
    page.get_by_role("link", name="See the place").first.click()
    expect(frame.get_by_role("heading", name="Treatment")).to_be_in_viewport()
    assert page.url.endswith("/read/")


# -- every screen, for everybody -----------------------------------------------------------------------------------


def screens(article: Article) -> dict[str, list[str]]:
    """Addresses by person, with everything on them that there can be."""
    review = signing.requested(cast.edited(article, at=signing.timezone.now()))
    other = signing.signed(cast.draft(cast.words("Other disease"))).article
    corrections = signing.corrected()
    unfit = cast.draft(cast.with_body(cast.words("Third disease"), "treatment", ""))
    return {
        "rosa": [
            "/admin/",
            url("review_read", review),
            url("review_correct", review),
            url("review_read", reading.second_round()),
        ],
        "wanda": [
            "/admin/",
            url("article_comments", Comment.objects.get().article),
            url("article_request_review", unfit),
            url("review_recall", review),
            url("review_corrections", corrections),
            desk.change_url(unfit),
        ],
        "paula": [url("article_publish", other), url("article_publish", article), url("article_withdraw", article)],
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.pure  # other tests ask the database for the same on both engines
def test_every_screen_is_accessible_and_none_runs_over(at, page, width):
    addresses = screens(signing.published())
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    found = []
    for name, paths in addresses.items():
        for path in paths:
            found += [f"{path}: {one}" for one in axe_in_both_schemes(settled(at(name, path)))]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path}: wider than the screen")
    assert found == []
    assert Edition.objects.count() == 2
