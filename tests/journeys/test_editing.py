"""A writer at the article form, in a real browser."""

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from articles.models import Article, Section
from references.models import Source
from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article() -> Article:
    return cast.draft()


@pytest.fixture
def writer(page: Page, live_server, article) -> Page:
    """Wanda has signed in and opened the form."""
    signed_in(page, live_server)
    page.goto(live_server.url + desk.change_url(article))
    editable(page, 1)
    return page


def signed_in(page: Page, live_server) -> None:
    cookie = desk.client().cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def editable(page: Page, number: int):
    """The text of a section, ready to be written in."""
    text = page.locator(f"#sections-{number} .cke_wysiwyg_div")
    expect(text).to_be_visible()
    return text


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def headings() -> list[str]:
    return list(Section.objects.order_by("position").values_list("heading", flat=True))


def test_text_typed_into_the_editor_is_saved_and_comes_back(writer, article):
    editable(writer, 1).click()
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" Take it with water.")
    save(writer)
    assert article.sections.get(anchor="treatment").body == "<p>The usual dose is 5 mg. Take it with water.</p>"
    expect(editable(writer, 1)).to_contain_text("Take it with water.")
