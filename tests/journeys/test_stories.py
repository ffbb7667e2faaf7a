"""A patient story from the desk to the reader and away again, in a real browser, by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import roles
from articles.models import Article, PatientStory
from tests import cast
from tests.articles.admin import desk
from tests.articles.stories import PDF, SENTENCE, published
from tests.browser import axe_in_both_schemes, axe_violations

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ("", "history/", "editions/1/", "editions/2/", "editions/2/changes/1/")


@pytest.fixture(autouse=True)
def _own_papers(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sits_down(page: Page, live_server, name: str, role: str) -> None:
    cookie = desk.client(name, role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def adds_a_story(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/articles/patientstory/add/")
    today = timezone.localdate()
    page.get_by_label("Title").fill("My zebra year")
    page.get_by_label("Name as shown").fill("Maria, 34")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type(f"{SENTENCE}.")
    page.get_by_label("Consent given on").fill(today.isoformat())
    page.get_by_label("Consent ends on").fill((today + timedelta(days=400)).isoformat())
    page.get_by_label("What it covers").fill("This web site.")
    page.locator("input[name=paper]").set_input_files(
        {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    assert axe_violations(page) == []
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")


def puts_it_into(page: Page, site: str, article: Article) -> None:
    page.goto(site + desk.change_url(article))
    page.locator(".add-row a").press("Enter")
    row = page.locator("#sections-3")
    row.get_by_label("Kind of block").select_option("story")
    row.locator("[name$='-story']").select_option(label="My zebra year (Maria, 34)")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()


def withdraws_it(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/articles/patientstory/")
    page.get_by_role("link", name="My zebra year (Maria, 34)").press("Enter")
    page.get_by_role("link", name="Withdraw").press("Enter")
    expect(page.get_by_role("link", name="/acute-example-disease/")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_label("Reason").fill("She asked for it.")
    page.get_by_label("I have read what will be gone").press("Space")
    page.get_by_role("button", name="Withdraw the story").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("gone from every page")


def reads(page: Page, site: str) -> str:
    """What stands at every address of the page, one after the other."""
    found = []
    for place in PLACES:
        page.goto(f"{site}/acute-example-disease/{place}")
        found.append(page.content())
    return "".join(found)


def test_it_is_lent_shown_and_taken_back(page, live_server):
    site, article = live_server.url, cast.published(at=timezone.now()).article
    sits_down(page, live_server, "wanda", roles.WRITER)
    adds_a_story(page, site)
    puts_it_into(page, site, article)
    cast.publish(Article.objects.get(), at=timezone.now())
    page.goto(f"{site}/acute-example-disease/")
    expect(page.get_by_role("heading", name="My zebra year")).to_be_visible()
    assert reads(page, site).count(SENTENCE) == 3  # page, edition, and what changed
    sits_down(page, live_server, "paula", roles.PUBLISHER)
    withdraws_it(page, site)
    everything = reads(page, site)
    assert not [word for word in (SENTENCE, "Maria", "zebra") if word in everything]


@pytest.mark.pure
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_with_a_story_is_accessible_before_and_after(page, transactional_db, live_server, width):
    published()
    page.set_viewport_size({"width": width, "height": 800})
    for _time in ("before", "after"):
        for place in ("", "editions/1/"):
            page.goto(f"{live_server.url}/acute-example-disease/{place}")
            assert axe_in_both_schemes(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
        PatientStory.objects.update(ends_on=timezone.localdate() - timedelta(days=1), given_on="2020-01-01")
