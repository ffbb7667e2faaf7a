"""Text that is typed and not saved, in a real browser: kept, brought back, merged, and seen by others."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import unsaved
from articles.models import Article, Autosave, Presence, Revision
from tests import cast
from tests.articles.admin import desk
from tests.browser import axe_in_both_schemes
from tests.journeys.test_editing import editable, save, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "Unsaved text kept at"


@pytest.fixture
def article() -> Article:
    return cast.draft()


@pytest.fixture
def writer(page: Page, live_server, article) -> Page:
    signed_in(page, live_server)
    opened(page, live_server, article)
    return page


def opened(page: Page, live_server, article) -> None:
    page.goto(live_server.url + desk.change_url(article))
    editable(page, 1)


def typed(page: Page, words: str, number: int = 1) -> None:
    editable(page, number).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def leave(page: Page, url: str) -> None:
    """Away, whatever the browser asks."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(url)


def test_typed_text_is_kept_and_restored_with_an_added_section(writer, live_server, article):
    typed(writer, " Kept words.")
    writer.get_by_role("button", name="Add section").click()
    writer.keyboard.type("Side effects")
    typed(writer, "Ask your nurse.", 3)
    writer.get_by_role("button", name="Move up: Side effects").click()
    expect(writer.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    article.refresh_from_db()
    assert article.revision == 1
    leave(writer, f"{live_server.url}/admin/")
    opened(writer, live_server, article)
    writer.get_by_role("link", name="Restore it into the form").click()
    expect(editable(writer, 1)).to_contain_text("5 mg. Kept words.")
    save(writer)
    assert [s.heading for s in article.sections.all()] == ["What it is", "Treatment", "Side effects", "Our program"]
    assert article.revisions.last().how == Revision.How.AUTOSAVE
    assert not Autosave.objects.exists()
    assert writer.locator(".unsaved-text").count() == 0


def test_text_typed_a_moment_before_leaving_is_kept(writer, live_server, article):
    typed(writer, " Last words.")
    leave(writer, f"{live_server.url}/admin/")
    opened(writer, live_server, article)
    expect(writer.get_by_text("Unsaved text of yours")).to_be_visible()
    assert "Last words." in str(Autosave.objects.get().fields)


def test_text_of_an_article_that_was_never_saved_is_kept(page, live_server, article):
    signed_in(page, live_server)
    page.goto(f"{live_server.url}{desk.ADD}")
    page.get_by_label("Title").fill("A new page")
    expect(page.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    leave(page, f"{live_server.url}{desk.ADD}")
    page.get_by_role("link", name="Restore it into the form").click()
    expect(page.get_by_label("Title")).to_have_value("A new page")
    page.get_by_label("Address").fill("a-new-page")
    save(page)
    assert Article.objects.get(title="A new page").revisions.get().how == Revision.How.AUTOSAVE
    assert not Autosave.objects.exists()


def test_a_session_that_ends_while_somebody_types_loses_nothing(writer, live_server, article):
    typed(writer, " Typed before.")
    expect(writer.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    writer.context.clear_cookies()
    typed(writer, " Typed after.")
    writer.get_by_role("button", name="Save and continue editing").click()
    expect(writer.get_by_text("You are signed out")).to_be_visible()
    with writer.context.expect_page() as window:
        writer.get_by_role("link", name="Sign in").click()
    sign_in(window.value)
    save(writer)
    assert "Typed before. Typed after." in article.sections.get(anchor="treatment").body


def sign_in(page: Page) -> None:
    page.get_by_label("Username").fill("wanda")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Log out").or_(page.get_by_role("button", name="Log out"))).to_be_visible()


def test_after_signing_in_again_the_text_of_an_ended_session_is_there(writer, live_server, article):
    typed(writer, " Typed before.")
    expect(writer.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    writer.context.clear_cookies()
    leave(writer, live_server.url + desk.change_url(article))
    writer.get_by_label("Username").fill("wanda")
    writer.get_by_label("Password").fill("a long pass phrase")
    writer.get_by_role("button", name="Log in").click()
    writer.get_by_role("link", name="Restore it into the form").click()
    expect(editable(writer, 1)).to_contain_text("5 mg. Typed before.")


def test_restored_text_asks_before_it_is_left(writer, live_server, article):
    typed(writer, " Kept words.")
    leave(writer, f"{live_server.url}/admin/")
    opened(writer, live_server, article)
    writer.get_by_role("link", name="Restore it into the form").click()
    expect(editable(writer, 1)).to_contain_text("Kept words.")
    editable(writer, 1).click()  # browsers ask only whoever has touched the page
    asked = []
    writer.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writer.goto(f"{live_server.url}/admin/")
    assert asked == ["beforeunload"]


def test_text_that_was_kept_already_is_saved(writer, article):
    typed(writer, " Kept words.")
    expect(writer.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    save(writer)
    assert "Kept words." in article.sections.get(anchor="treatment").body


def test_corrections_of_a_reviewer_are_kept_and_restored(page, live_server, article):
    review = cast.requested(article)
    cookie = desk.client("rosa", "Medical reviewer").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    address = f"{live_server.url}/admin/articles/review/{review.pk}/correct/"
    page.goto(address)
    text = page.locator(".cke_wysiwyg_div").nth(2)
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Rosa's words.")
    leave(page, f"{live_server.url}/admin/")
    page.goto(address)
    page.get_by_role("link", name="Restore your corrections").click()
    expect(text).to_contain_text("Rosa's words.")
    page.get_by_role("button", name="Show my corrections").click()
    expect(page.get_by_role("heading", name="Your corrections")).to_be_visible()


def test_a_save_that_changes_nothing_more_is_sent_at_once_and_keeps_nothing(writer, article):
    save(writer)
    assert not Autosave.objects.exists()
    assert article.revisions.count() == 1


def test_a_stale_save_is_merged_and_saved(writer, live_server, article):
    typed(writer, " Wanda's words.")
    cast.edited(article, "6 mg", by="edith")
    writer.get_by_role("button", name="Save and continue editing").click()
    expect(writer.get_by_text("you both changed this")).to_be_visible()
    writer.get_by_role("button", name="Merge both texts into the form").click()
    expect(writer.get_by_text("Both texts are merged in this form")).to_be_visible()
    expect(editable(writer, 1)).to_contain_text("The usual dose is 5 mg. Wanda's words.")
    expect(editable(writer, 1)).to_contain_text("The usual dose is 6 mg.")
    save(writer)
    last = article.revisions.last()
    assert (last.number, last.how, last.by.username) == (3, "merge", "wanda")


def test_who_else_writes_is_shown_until_they_leave(writer, live_server, article):
    edith = cast.person("edith", "Editor")
    unsaved.enter(article, by=edith, at=timezone.now())
    opened(writer, live_server, article)
    expect(writer.get_by_text("edith has this open (just now).")).to_be_visible()
    writer.goto(f"{live_server.url}/admin/")
    expect(writer.get_by_text("Log out")).to_be_visible()
    writer.wait_for_timeout(300)
    assert list(Presence.objects.values_list("person__username", flat=True)) == ["edith"]


def test_the_script_tells_who_came_and_went(page, live_server, article):
    page.clock.install()
    signed_in(page, live_server)
    opened(page, live_server, article)
    unsaved.enter(article, by=cast.person("edith", "Editor"), at=timezone.now())
    page.clock.fast_forward(31_000)
    expect(page.get_by_role("status").filter(has_text="edith has this open (just now).")).to_be_visible()
    unsaved.leave(article, by=cast.person("edith"))
    page.clock.fast_forward(31_000)
    expect(page.get_by_text("edith has this open")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.pure  # other tests ask the database for the same on both engines
def test_the_stale_form_and_the_screens_beside_it_have_no_accessibility_violation(writer, live_server, article, width):
    writer.set_viewport_size({"width": width, "height": 900})
    typed(writer, " Wanda's words.")
    cast.edited(article, "6 mg", by="edith")
    unsaved.enter(article, by=cast.person("edith", "Editor"), at=timezone.now())
    writer.get_by_role("button", name="Save and continue editing").click()
    expect(writer.get_by_text("you both changed this")).to_be_visible()
    look_at(writer, f"stale-{width}")
    leave(writer, live_server.url + desk.change_url(article))
    look_at(writer, f"form-{width}")
    base = f"{live_server.url}/admin/articles/article"
    kept = Autosave.objects.get().pk
    places = ("earlier/", "earlier/compare/?old=1&new=2", "earlier/bring-back/?state=1", "bin/")
    for address in (f"{base}/unsaved/{kept}/", *(f"{base}/{article.pk}/{place}" for place in places)):
        writer.goto(address)
        look_at(writer, f"{address.rsplit('/article', 1)[1].translate(str.maketrans('/?&=', '----'))}-{width}")


def look_at(page: Page, name: str) -> None:
    """Nothing to object to, and nothing beyond the edge."""
    assert axe_in_both_schemes(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
