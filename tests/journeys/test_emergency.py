"""An emergency in a real browser: published, marked, checked by somebody else; and the screens around it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles import publishing, runs, timed
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import url
from tests.browser import axe_violations
from tests.journeys.test_correction import long
from tests.journeys.test_signing import ask, done, press

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(320, "dark"), (1280, "light")]


def hurried():
    """New words that no reviewer has signed, upon an edition that is online."""
    return cast.edited(signing.published(), at=timezone.now())


def rushed():
    article = hurried()
    said = {"reason": "A deadly dose.", "change_class": "correction", "change_note": "The dose."}
    publishing.publish_in_emergency(article, by=cast.person("paula"), at=timezone.now(), **said)
    return article


def test_an_emergency_from_the_publisher_to_the_second_check(at, page, live_server, mailoutbox):
    reviewed = timezone.now() - timedelta(days=30)
    article = cast.edited(cast.published(at=reviewed).article, at=timezone.now())
    signing.client("rosa"), signing.client("edith")
    publishes_in_an_emergency(at("paula", url("article_publish", article)))
    page.goto(f"{live_server.url}/{article.slug}/")
    expect(page.locator(".unreviewed")).to_contain_text("The changed words are not yet medically reviewed.")
    expect(last_reviewed(page)).to_have_text(long(reviewed))
    nags(at, mailoutbox)
    ask(at("edith", desk.change_url(article)))
    checks(at("rosa"))
    expect(at("paula").locator("#content-main")).not_to_contain_text("Second checks")
    page.goto(f"{live_server.url}/{article.slug}/")
    expect(page.locator(".unreviewed")).to_have_count(0)
    expect(last_reviewed(page)).to_have_text(long(timezone.now()))


def publishes_in_an_emergency(page: Page) -> None:
    page.get_by_role("link", name="Publish in an emergency").click()
    page.get_by_label("Why can this not wait").fill("The dose was deadly.")
    page.get_by_label("Correction").check()
    page.get_by_label("Change note").fill("The dose was wrong.")
    press(page, "Publish edition 2 unreviewed")
    expect(page.locator(".state-panel")).to_contain_text("a second check by a reviewer is due")


def nags(at, mailoutbox) -> None:
    """It stands first on the desks of those who can get it checked, and in the mail of their next mornings."""
    for name in ("paula", "edith"):
        expect(at(name).locator(".pile").first).to_contain_text("published by paula in an emergency")
    for days in (1, 2):
        for task in timed.TASKS:
            assert not runs.run(task.name, task.work, at=timezone.now() + timedelta(days=days)).failed
    told = [mail.to[0] for mail in mailoutbox if "still waits for its second check" in mail.body]
    assert sorted(set(told)) == ["edith@example.org", "paula@example.org"]


def checks(page: Page) -> None:
    expect(page.locator(".pile").first).to_contain_text("Second checks")
    page.locator(".pile", has_text="Waiting for me").get_by_role("link").click()
    page.get_by_label("Interests to declare").fill("None")
    page.get_by_role("radio", name="The whole page I have checked").check()
    press(page, "Attest")
    done(page, "You attested")


def last_reviewed(page: Page) -> Locator:
    return page.locator(".signoff .dates div", has_text="Last reviewed").locator("dd")


def places():
    """Every screen of this part, with who looks at it."""
    article = hurried()
    yield "paula", url("article_emergency", article)
    yield "paula", url("article_withdraw", article)
    yield "wanda", url("article_editions", article)
    yield "wanda", url("article_edition", article.editions.get())


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_screens_are_accessible_and_fit(at, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for name, address in [*places()]:
        window = at(name, address)
        assert axe_violations(window) == []
        assert window.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_readers_page_is_accessible_and_fits(at, page, width, scheme):
    article = rushed()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    window = at("paula", f"/{article.slug}/")
    assert axe_violations(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width


def test_only_institutional_sections_ask_for_the_owner_of_a_claim(at):
    page = at("wanda", desk.change_url(cast.draft()))
    owners = page.get_by_label("Who answers for the claim")
    expect(owners.nth(0)).to_be_hidden()
    expect(owners.nth(2)).to_be_visible()
    page.locator("#id_sections-0-kind").select_option("institutional")
    expect(owners.nth(0)).to_be_visible()
