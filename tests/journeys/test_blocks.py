"""A writer fills in blocks in a real browser: each shows the fields that are its own."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_in_both_schemes
from tests.journeys.test_editing import editable, save, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    return cast.draft()


@pytest.fixture
def writer(page, live_server, article):
    signed_in(page, live_server)
    page.goto(live_server.url + desk.change_url(article))
    editable(page, 1)
    return page


def row(page, number):
    return page.locator(f"#sections-{number}")


def press(page, name):
    page.get_by_role("group", name="Add a block").get_by_role("button", name=name, exact=True).click()


def test_questions_are_typed_in_a_box_of_their_own(writer, article):
    press(writer, "Questions to ask the doctor")
    new = row(writer, 3)
    expect(new.locator(".field-questions")).to_be_visible()
    expect(new.locator(".field-body")).to_be_hidden()
    expect(new.locator(".field-kind")).to_be_hidden()
    expect(new.locator("[name$='-heading']")).to_have_attribute("placeholder", "Questions to ask your doctor")
    new.locator("textarea[name$='-questions']").fill("What type do I have?\nWho can I call?")
    assert axe_in_both_schemes(writer, within="#sections-group") == []
    save(writer)
    block = article.content().sections[-1]
    assert (block.form, block.heading) == ("questions", "Questions to ask your doctor")
    assert block.body == "<ul><li>What type do I have?</li><li>Who can I call?</li></ul>"
    expect(row(writer, 3).locator(".field-questions")).to_be_visible()


def test_one_button_adds_what_is_missing_at_a_glance(writer, article):
    press(writer, "At a glance")
    forms = [row(writer, number).locator("[name$='-form']").input_value() for number in range(3, 7)]
    assert forms == ["glance-what", "glance-common", "glance-symptoms", "glance-now"]
    press(writer, "At a glance")
    expect(writer.get_by_role("status").filter(has_text="Everything at a glance is there already.")).to_be_visible()
    text = editable(writer, 3)
    text.click()
    writer.keyboard.type("A cancer of the blood.")
    save(writer)
    assert [(one.form, one.heading) for one in article.content().sections[3:]] == [("glance-what", "What it is")]


def test_a_story_is_chosen_in_a_story_alone_and_a_text_in_its_way_is_seen(writer, article):
    text = row(writer, 0)
    expect(text.locator(".field-story")).to_be_hidden()
    text.locator("[name$='-form']").select_option("story")
    expect(text.locator(".field-story")).to_be_visible()
    expect(text.locator(".field-body")).to_be_visible()
    press(writer, "Patient story")
    new = row(writer, 3)
    expect(new.locator("[name$='-story']")).to_be_focused()
    for name in ("heading", "body", "kind"):
        expect(new.locator(f".field-{name}")).to_be_hidden()
    expect(new.get_by_role("button", name="Remove")).to_have_count(0)  # it knows no way back; Delete does


def test_a_section_changes_what_it_is_and_its_fields_follow(writer, article):
    editable(writer, 0)
    ours = row(writer, 2)
    expect(ours.locator(".field-claim_owner")).to_be_visible()
    ours.locator("[name$='-form']").select_option("urgent")
    expect(ours.locator(".field-claim_owner")).to_be_hidden()
    expect(ours.locator(".field-kind")).to_be_hidden()
    ours.locator("[name$='-heading']").fill("Call your care team today if:")
    ours.locator("[name$='-form']").select_option("emergency")
    expect(ours.locator("[name$='-heading']")).to_have_value("")  # no emergency is headed as if it could wait
    ours.locator("[name$='-heading']").fill("Call us today if:")
    ours.locator("[name$='-form']").select_option("urgent")
    save(writer)
    assert article.content().sections[2].heading == "Call us today if:"
    assert (article.content().sections[2].form, article.content().sections[2].kind) == ("urgent", "medical")
