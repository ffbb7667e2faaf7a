"""A steward reports a new guideline for two pages; a doctor lets one of them pass, an editor has the other changed."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Alert, Decision, Published
from tests import browser as browsers
from tests import cast
from tests.articles import sources
from tests.articles.admin import desk, signing
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)
NEWS = "/admin/articles/article/news/"


@pytest.fixture
def pages():
    cast.cast()
    return [signing.published(cast.draft(cast.words(title))) for title in ("Marrow disease", "Nodal disease")]


def reports(page: Page) -> None:
    """By condition, by words or by address: here by an address and by a word."""
    page.get_by_label("What kind of news is it?").select_option("guideline")
    page.locator("#id_title").fill("New guideline on the dose")
    page.get_by_label("What there is to know").fill("It halves the usual dose.")
    page.get_by_label("Where it can be read").fill("example.org/guideline")
    page.get_by_label("Addresses of pages").fill("https://www.example.org/marrow-disease/")
    page.get_by_label("Pages with these words").fill("nodal")
    page.get_by_role("button", name="Show these pages").press("Enter")
    expect(page.get_by_label("Marrow disease", exact=True)).to_be_checked()
    expect(page.get_by_label("Nodal disease", exact=True)).to_be_checked()
    page.get_by_role("button", name="Report this news about the ticked pages").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("It waits on 2 pages for a decision.")


def decides(page: Page, what: str, reason: str) -> None:
    page.get_by_label(what).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Keep this decision").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("Your decision is kept")


def why(article) -> str:
    return Published.objects.live().get(article=article).due_why


def test_a_guideline_is_reported_and_decided_page_by_page(at, browser, live_server, pages):
    marrow, nodal = pages
    reports(at("stan", f"{NEWS}report/"))
    assert (why(marrow), why(nodal)) == ("event", "event")
    page = at("rosa")
    page.get_by_role("link", name="New guideline on the dose").click()
    expect(page.get_by_role("heading", name="It waits on 2 pages")).to_be_visible()
    page.get_by_role("link", name="Decide about “Marrow disease” alone").click()
    decides(page, "No impact on this page", "The page names no dose of it.")
    assert (why(marrow), why(nodal)) == ("tier", "event")
    page = at("edith", signing.url("article_news", nodal))
    decides(page, "Change what the page says", "Halve the dose.")
    expect(page.get_by_text("Decided because of news (“New guideline on the dose”)")).to_be_visible()
    assert sorted(Decision.objects.values_list("kind", "by__username")) == [("change", "edith"), ("no impact", "rosa")]
    page.goto(f"{page.url.partition('/admin/')[0]}{NEWS}?state=under-way")
    expect(page.get_by_text("1 piece of news")).to_be_visible()
    assert why(nodal) == "event"
    with browsers.window(browser) as nobody:
        nobody.goto(f"{live_server.url}/nodal-disease/")
        expect(nobody.get_by_text("The usual dose is 5 mg.")).to_be_visible()
        expect(nobody.get_by_text("guideline")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(at, pages, width, scheme):
    sources.alerted(*pages)
    sources.expires(pages[0])
    page = at("rosa")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    one = f"{NEWS}alert/{Alert.objects.get().pk}/"
    review = signing.requested(pages[0])
    addresses = (f"{NEWS}report/?article={pages[0].pk}", NEWS, one, f"{one}pages/")
    screens = (signing.url("article_news", pages[0]), signing.url("review_read", review), desk.change_url(pages[0]))
    for address in (*addresses, *screens):
        page.goto(page.url.partition("/admin/")[0] + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state()
        assert axe_violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
