"""A doctor with five minutes: from the desk to the signature, by mouse, by keyboard, and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Comment, Review
from tests import cast
from tests.articles.admin import reading, signing
from tests.articles.admin.signing import url

pytestmark = pytest.mark.django_db(transaction=True)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_from_signing_in_to_attested_takes_four_clicks(page, live_server):
    review = signing.requested(cast.edited(signing.published(), at=signing.timezone.now()))
    clicks = []
    page.expose_function("clicked", lambda one: clicks.append(one))
    page.add_init_script("addEventListener('click', (event) => event.isTrusted && event.detail && clicked(1), true)")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("rosa")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("one change in Treatment: 5 mg → 6 mg")).to_be_in_viewport()
    page.get_by_role("link", name="Acute example disease").click()
    expect(page.locator(".redline")).to_contain_text("6")
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("radio", name="The changes").click()
    page.get_by_role("button", name="Attest", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("You attested")
    review.refresh_from_db()
    assert (review.answer, review.scope) == ("attested", "changes")
    assert len(clicks) == 4


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_buttons_and_keys_go_from_change_to_change(at, page, motion):
    page.emulate_media(reduced_motion=motion)
    page = at("rosa", url("review_read", reading.second_edition()))
    page.get_by_role("link", name="Next change").click()
    assert focused(page) == "change-1"
    page.keyboard.press("Alt+Shift+KeyN")
    assert focused(page) == "change-2"
    expect(page.get_by_role("status")).to_have_text("Change 2 of 10")
    expect(page.locator("#change-2")).to_be_in_viewport()
    page.keyboard.press("Alt+Shift+KeyP")
    page.keyboard.press("Alt+Shift+KeyP")
    assert focused(page) == "change-1"


def test_keys_lead_to_the_answers_and_never_answer(at):
    review = reading.second_edition()
    page = at("rosa", url("review_read", review))
    page.keyboard.press("Alt+Shift+KeyA")
    expect(page.get_by_role("radio", name="The changes")).to_be_focused()
    page.keyboard.press("Alt+Shift+KeyC")
    expect(page.get_by_role("link", name="Correct and attest", exact=True)).to_be_focused()
    page.keyboard.press("Alt+Shift+KeyR")
    expect(page.get_by_label("What should change, and why")).to_be_focused()
    review.refresh_from_db()
    assert review.answer == ""


def test_keys_are_idle_while_somebody_types_and_without_alt_and_shift(at):
    page = at("rosa", url("review_read", reading.second_edition()))
    for key in ("n", "Shift+KeyN", "Alt+KeyN"):
        page.keyboard.press(key)
        assert focused(page) == ""
    page.get_by_label("What should change, and why").focus()
    page.keyboard.press("Alt+Shift+KeyN")
    assert focused(page) == "reason"


def test_without_script_the_numbers_lead_on_to_the_answer(browser, live_server):
    review = reading.second_edition()
    cookie = signing.client("rosa").cookies["sessionid"].value
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + url("review_read", review))
    page.get_by_role("link", name="Next change").click()
    for number in range(1, 11):
        expect(page).to_have_url(re.compile(f"#change-{number}$"))
        page.locator(f"#change-{number}").click()
    expect(page).to_have_url(re.compile("#answer$"))
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("radio", name="The whole page I have checked").check()
    page.get_by_role("button", name="Attest", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("You attested")
    context.close()


def test_a_comment_stands_at_its_section_and_loses_nothing_typed(at):
    page = at("rosa", url("review_read", reading.second_edition()))
    page.get_by_label("What should change, and why").fill("Half an hour of thoughts.")
    page.get_by_role("link", name="Comment (Treatment)").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    page.keyboard.type("Is it fifteen?")
    page.get_by_role("button", name="Add this comment").click()
    expect(page.locator(".place", has_text="Treatment").locator(".thread").first).to_contain_text("Is it fifteen?")
    expect(page.get_by_label("What should change, and why")).to_have_value("Half an hour of thoughts.")
    assert Comment.objects.get().anchor == "treatment"


def test_a_citation_leads_to_its_source_on_the_same_screen(at):
    page = at("rosa", url("review_read", reading.second_edition()))
    page.locator(".redline ins a.cited").click()
    expect(page.locator("#sources li", has_text="On drops")).to_be_in_viewport()


def test_one_section_is_corrected_from_where_it_stands(at):
    review = signing.requested(cast.edited(signing.published(), at=signing.timezone.now()))
    page = at("rosa", url("review_read", review))
    page.get_by_role("link", name="Correct this section (Treatment)").click()
    editors = page.locator(".cke_wysiwyg_div")
    expect(editors).to_have_count(1)
    editors.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Take it with water.")
    page.get_by_role("button", name="Show my corrections").click()
    expect(page.locator(".redline ins")).to_contain_text("Take it with water.")
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("radio", name="The changes, with my corrections").check()
    page.get_by_role("button", name="Sign the corrected page").click()
    expect(page.locator(".messagelist .success")).to_contain_text("You signed the corrected words.")
    assert Review.objects.get(corrects=review).scope == "changes"
