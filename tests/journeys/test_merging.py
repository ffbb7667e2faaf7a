"""Two records of one work become one and two again, in a real browser, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Citation
from references.models import Likeness, Source
from tests import cast
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/references/source/"


@pytest.fixture
def pair():
    """The source of a draft, and another record of the same work."""
    cast.cast()
    cast.draft()
    cited = Source.objects.get()
    twin = Source.objects.create(
        title="What is Example Disease", organization=cited.organization, published="2024", doi="10.1000/a", volume="4"
    )
    return cited, twin


def press(page: Page, target, key: str = "Enter") -> None:
    """Walk there with Tab, and press a key."""
    target.wait_for()
    for _step in range(200):
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} can not be reached with Tab")


def test_two_are_merged_and_made_two_again_by_keyboard(at, pair):
    cited, twin = pair
    page = at("edith", LIST)
    assert axe_violations(page) == []
    for source in pair:
        press(page, page.locator(f"input[name=_selected_action][value='{source.pk}']"), "Space")
    page.get_by_label("Action:").focus()
    page.keyboard.type("Merge two")
    press(page, page.get_by_role("button", name="Go"))
    expect(page.get_by_role("heading", name="Merge two sources")).to_be_visible()
    assert axe_violations(page) == []
    press(page, page.get_by_role("link", name="Keep the other record instead"))
    expect(page.get_by_role("columnheader", name=f"This one stays {twin.key}")).to_be_visible()
    expect(page.get_by_text("It begins in the marrow.")).to_be_visible()
    press(page, page.get_by_role("button", name="Merge them"))
    expect(page.get_by_text("Two records are one now")).to_be_visible()
    assert Citation.objects.get().source == twin
    assert axe_violations(page) == []
    press(page, page.locator(".messagelist").get_by_role("link", name="Undo"))
    expect(page.get_by_role("heading", name="Make two records again")).to_be_visible()
    assert axe_violations(page) == []
    press(page, page.get_by_role("button", name="Make two records again"))
    expect(page.get_by_text("These are two records again")).to_be_visible()
    assert Citation.objects.get().source == cited


def test_look_alikes_are_compared_from_the_record_or_told_apart(at, pair):
    cited, _twin = pair
    page = at("edith", f"{LIST}{cited.pk}/change/")
    assert axe_violations(page) == []
    press(page, page.get_by_role("link", name="Compare and merge with"))
    press(page, page.get_by_role("link", name="Leave them as they are"))
    press(page, page.get_by_role("button", name="Not a duplicate"))
    expect(page.get_by_text("are two works.")).to_be_visible()
    expect(page.get_by_role("heading", name="Possible duplicates")).to_have_count(0)
    assert not Likeness.objects.unanswered().exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_screens_fit_the_window(at, pair, width, scheme):
    cited, twin = pair
    Source.objects.filter(pk=cited.pk).update(url="https://example.org/" + "a-long-address-of-a-page/" * 9)
    page = at("edith", f"{LIST}merge/?keep={cited.pk}&gone={twin.pk}")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for address in (page.url, f"{page.url.partition('merge/')[0]}{cited.pk}/used/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_violations(page) == []
