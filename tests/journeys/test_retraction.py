"""A source is retracted after publication, and another dies: from the list to the patient, the desk, the new words."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from articles.models import Article, Decision, Reliance
from references.models import Source
from tests import browser as browsers
from tests import cast
from tests.articles import sources
from tests.articles.admin import desk, signing
from tests.browser import axe_violations
from tests.journeys.test_river import ask_for_review, attest, cited_by_keyboard, publish, save

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Example Marrow Disease"
MARK = "This source has been retracted."
COPY = "https://web.archive.org/web/20240117120000/https://example.org/what"
NEWS = "/admin/articles/article/news/"


@pytest.fixture
def article():
    cast.cast()
    Source.objects.create(title="Key Facts About Marrow Disease", doi="10.1000/newer")
    return signing.published(sources.with_doi(cast.draft(cast.words(TITLE))))


def loaded(tmp_path) -> None:
    """Somebody loads the list of retractions."""
    path = tmp_path / "list.csv"
    path.write_text(f"doi,notice_doi,nature\n{sources.DOI.upper()},10.1000/notice,Retraction\n", encoding="utf-8")
    call_command("load_retractions", str(path), verbosity=0)


def reads(browser, live_server, *, marked: bool) -> None:
    with browsers.window(browser) as nobody:
        nobody.goto(f"{live_server.url}/example-marrow-disease/")
        expect(nobody.get_by_text("It begins in the marrow.")).to_be_visible()
        expect(nobody.locator("#ref-1").get_by_text(MARK)).to_have_count(int(marked))
        if marked:
            expect(nobody.get_by_role("link", name="Read the notice")).to_be_visible()
            assert axe_violations(nobody) == []


def decides(page: Page) -> None:
    """From the desk to the news, and to what it means."""
    page.get_by_role("link", name="What is example disease?").click()
    expect(page.get_by_text("It begins in the marrow.")).to_be_visible()
    page.get_by_label("Change what the page says").check()
    page.get_by_label("Reason").fill("Another source says the same.")
    page.get_by_role("button", name="Keep this decision").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Your decision is kept")


def refused(page: Page) -> None:
    expect(page.get_by_text("Reference 1, “What is example disease?”, has been retracted.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish edition")).to_have_count(0)


def replaces(page: Page) -> None:
    page.locator(".cke_wysiwyg_div").filter(has_text="It begins in the marrow").fill("It begins in the marrow.")
    cited_by_keyboard(page, "It begins in the marrow")
    save(page)


def test_a_retraction_reaches_patient_and_desk_and_ends_with_other_words(at, browser, live_server, tmp_path, article):
    loaded(tmp_path)
    reads(browser, live_server, marked=True)
    cast.edited(article)
    refused(at("paula", signing.url("article_publish", article)))
    decides(at("stan"))
    assert Decision.objects.get().kind == "change"
    page = at("wanda", desk.change_url(article))
    expect(page.get_by_text("Decided because of news")).to_be_visible()
    replaces(page)
    ask_for_review(page)
    attest(page, live_server)
    publish(page, live_server)
    reads(browser, live_server, marked=False)
    assert not Reliance.objects.news().exists()
    expect(at("stan").get_by_text("No news waits for a decision.")).to_be_visible()


def test_a_dead_source_has_an_archived_copy(at, browser, live_server, article):
    source = sources.dies(sources.cited())
    page = at("stan", f"/admin/references/source/{source.pk}/change/")
    expect(page.get_by_role("link", name="Copies in the Wayback Machine")).to_have_attribute(
        "href", "https://web.archive.org/web/20261101*/https://example.org/what"
    )
    page.get_by_label("Archived copy").fill(COPY)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    with browsers.window(browser) as nobody:
        nobody.goto(f"{live_server.url}/example-marrow-disease/")
        expect(nobody.get_by_role("link", name="Archived copy")).to_have_attribute("href", COPY)
        expect(nobody.locator("#ref-1")).to_contain_text("doi:10.1000/example")


def test_one_decision_for_two_pages_by_keyboard(at, article):
    signing.published(cast.draft(cast.words("Another disease")))
    sources.dies(sources.cited())
    page = at("stan")
    page.get_by_role("link", name="What is example disease?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It waits on 2 pages")).to_be_visible()
    page.get_by_label("Reason").fill("The copy says the same.")
    page.get_by_label("No impact on this page").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Keep this decision").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("Kept for 2 pages.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(at, article, width, scheme):
    sources.retracted()
    moved = Source.objects.create(title="Moved", url="https://example.org/a-long-address/" + "that-goes-on-and-on/" * 9)
    page = at("paula")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    change = Reliance.objects.news().values_list("change", flat=True).get()
    assert moved.pk
    for address in (NEWS, f"{NEWS}{change}/", f"{NEWS}addresses/", signing.url("article_news", article)):
        page.goto(page.url.partition("/admin/")[0] + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state()
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert Article.objects.exists()
