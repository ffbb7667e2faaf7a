"""From an invitation to the first sign-in, and signing with an old session, in a real browser."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect

from articles import roles
from articles.models import Review
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import url
from tests.browser import axe_in_both_schemes, axe_violations

pytestmark = pytest.mark.django_db(transaction=True)

RIGHT = "a long pass phrase"


@pytest.fixture
def at(page: Page, live_server, settings):
    """Sit down at some address: as somebody who signed in some minutes ago, or as nobody."""
    settings.SITE_URL = live_server.url
    cache.clear()

    def sit(account: User | None, address: str = "/admin/", *, minutes_ago: float = 0) -> Page:
        page.context.clear_cookies()
        if account is not None:
            browser = Client()
            desk.sit_down(browser, account, minutes_ago=minutes_ago)
            value = browser.cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page.goto(address if address.startswith("http") else live_server.url + address)
        return page

    return sit


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def link(mail) -> str:
    return re.search(r"https?://\S+", mail.body)[0]


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    press(page, "Log in")


def test_from_an_invitation_to_the_first_sign_in(at, mailoutbox):
    page = at(cast.person("ada", roles.ADMINISTRATOR), "/admin/auth/user/add/")
    invite(page)
    choose(at(None, link(mailoutbox[0])))
    sign_in(page, "mira", "seven purple lanterns")
    expect(page.get_by_role("heading", name="What needs doing")).to_be_visible()
    assert User.objects.get(username="mira").groups.get().name == roles.WRITER


def invite(page: Page) -> None:
    for label, value in {"Username": "mira", "First name": "Mira", "Last name": "Example"}.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("E-mail address").fill("mira@example.org")
    page.get_by_label("Writer").check()
    press(page, "Save")
    expect(page.locator(".messagelist")).to_contain_text("An invitation was sent to mira@example.org.")
    expect(page.get_by_role("heading", name="has not signed in yet")).to_be_visible()
    expect(page.get_by_role("button", name="Send the invitation again")).to_be_visible()


def choose(page: Page) -> None:
    expect(page.get_by_label("Your user name")).to_have_value("mira")
    for label in ("New password:", "New password confirmation:"):
        page.get_by_label(label).fill("seven purple lanterns")
    press(page, "Keep this password")
    page.get_by_role("link", name="Log in").click()


def test_locked_out_and_in_again_by_a_new_password(at, mailoutbox):
    cast.person("wanda", roles.WRITER)
    page = at(None, "/admin/login/")
    for _time in range(5):
        sign_in(page, "wanda", "wrong")
    expect(page.get_by_role("heading", name="Please wait a little")).to_be_visible()
    page.get_by_role("link", name="Choose a new password").click()
    page.get_by_label("E-mail address").fill("wanda@example.org")
    press(page, "Send the link")
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(link(mailoutbox[0]))
    for label in ("New password:", "New password confirmation:"):
        page.get_by_label(label).fill("seven purple lanterns")
    press(page, "Keep this password")
    page.get_by_role("link", name="Log in").click()
    sign_in(page, "wanda", "seven purple lanterns")
    expect(page.get_by_role("heading", name="What needs doing")).to_be_visible()


def test_attesting_with_an_old_session(at):
    review = signing.requested()
    page = at(cast.reviewer().account, url("review_read", review), minutes_ago=20)
    page.get_by_label("Interests to declare").fill("None")
    field = page.get_by_label("Password of rosa")
    field.fill("wrong")
    press(page, "Attest")
    expect(page.locator(".again .errornote")).to_contain_text("This is not the password of rosa.")
    expect(field).to_be_focused()
    assert axe_violations(page) == []
    assert not Review.objects.attested().exists()
    field.fill(RIGHT)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("You attested")
    assert Review.objects.attested().exists()


def test_corrections_wait_for_the_right_password(at):
    page = at(cast.reviewer().account, url("review_correct", signing.requested()), minutes_ago=20)
    text = page.locator("section[aria-label=Treatment] .cke_wysiwyg_div")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Take it with water.")
    press(page, "Show my corrections")
    page.get_by_label("Interests to declare").fill("None")
    for password in ("", "wrong"):
        page.get_by_label("Password of rosa").fill(password)
        press(page, "Sign the corrected page")
        expect(page.locator(".redline ins")).to_contain_text("Take it with water.")
    page.get_by_label("Password of rosa").fill(RIGHT)
    press(page, "Sign the corrected page")
    expect(page.locator(".messagelist .success")).to_contain_text("You signed the corrected words.")


# -- every screen, for everybody -----------------------------------------------------------------------------------


def screens() -> list[tuple[User | None, str]]:
    ada, waiting = cast.person("ada", roles.ADMINISTRATOR), cast.person("mira", roles.WRITER)
    waiting.set_unusable_password()
    waiting.save()
    return [
        (None, "/admin/login/"),
        (None, "/admin/password_reset/"),
        (None, "/admin/password_reset/sent/"),
        (None, "/admin/password_reset/done/"),
        (None, "/admin/password_reset/abc/set-password/"),
        (ada, "/admin/auth/user/add/"),
        (ada, f"/admin/auth/user/{waiting.pk}/change/"),
        (cast.reviewer().account, url("review_read", signing.requested())),
    ]


def over(page: Page) -> list[str]:
    found = axe_in_both_schemes(page, within="main")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{page.url}: {one}" for one in found] + [f"{page.url}: wider than the screen"] * wide


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.pure  # other tests ask the database for the same on both engines
def test_every_screen_is_accessible_and_none_runs_over(at, page, width, mailoutbox):
    page.set_viewport_size({"width": width, "height": 800})
    found = [one for account, path in screens() for one in over(at(account, path, minutes_ago=20))]
    at(None, "/admin/password_reset/")
    page.get_by_label("E-mail address").fill("ada@example.org")
    press(page, "Send the link")
    found += over(at(None, link(mailoutbox[-1])))
    for _time in range(5):
        sign_in(at(None, "/admin/login/"), "ada", "wrong")
    assert "\n".join(found + over(page)) == ""
