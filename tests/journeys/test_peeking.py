"""A reference shown beside its number: by pointer, by keyboard, by finger; and the page without it."""

import pytest
from playwright.sync_api import Page, expect

from articles import drafting, roles
from articles.content import CitedSource, Content, SectionContent
from tests import cast
from tests.browser import axe_violations, window

ADDRESS = "/acute-example-disease/"
SHOWN = "[role=note]"


@pytest.fixture
def site(transactional_db, live_server) -> str:
    """A page with two references, the second quoted, at the end of a long text."""
    one, two = '<cite data-source="s-1"></cite>', '<cite data-quote="Few have it." data-source="s-2"></cite>'
    sections = (
        SectionContent(anchor="a", heading="Facts", body=f"<p>It is rare.{one}{two}</p>{'<p>It grows.</p>' * 60}"),
        SectionContent(anchor="b", heading="More", body=f"<p>It is old.{two}</p>"),
    )
    sources = (
        CitedSource(key="s-1", organization="Example Society", title="One", url="https://example.org/1"),
        CitedSource(key="s-2", organization="Example Society", title="Two", url="https://example.org/2"),
    )
    words = Content(title="Acute example disease", sections=sections, sources=sources)
    cast.published(drafting.start(words, by=cast.person("wanda", roles.WRITER), at=cast.NOON))
    return live_server.url + ADDRESS


def heights(page: Page) -> list[float]:
    return page.evaluate(
        "[...document.querySelectorAll('main p, main li')].map((one) => one.getBoundingClientRect().top)"
    )


def test_a_pointer_over_the_number_shows_the_reference_and_can_move_into_it(page, site):
    page.goto(site)
    before = heights(page)
    page.get_by_role("link", name="Reference 2").first.hover()
    expect(page.get_by_role("note", name="Reference 2")).to_contain_text("Example Society. Two.")
    expect(page.locator(SHOWN)).to_contain_text("Quoted: Few have it.")
    assert heights(page) == before
    page.locator(f"{SHOWN} a").first.hover()
    page.wait_for_timeout(500)  # longer than it stays when nobody is in it
    expect(page.locator(SHOWN)).to_be_visible()
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(SHOWN)).to_have_count(0)


def test_it_stays_until_it_is_dismissed_and_escape_leaves_the_focus_where_it_is(page, site):
    page.goto(site)
    number = page.get_by_role("link", name="Reference 1", exact=True)
    number.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("note", name="Reference 1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(number).to_be_focused()


def test_the_keyboard_reaches_what_is_in_it_and_leaves_it_again(page, site):
    page.goto(site)
    while page.evaluate("document.activeElement.getAttribute('aria-label')") != "Reference 1":
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "https://example.org/1")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Go to the list of references")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#ref-1")
    expect(page.locator(SHOWN)).to_have_count(0)


def test_near_the_lower_edge_it_stands_above_the_number(page, site):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site)
    number = page.locator("#cite-2-2")
    number.evaluate("one => one.scrollIntoView({block: 'end'})")
    number.hover()
    box = page.locator(SHOWN).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= number.bounding_box()["y"] + 12
    assert page.evaluate("document.documentElement.scrollWidth") == 320


# Whether a finger that misses the middle of the element by half of 24 pixels, in any direction, still meets it.
MET = """one => [[-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5]].every(([x, y]) => {
    const box = one.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2 + x, box.y + box.height / 2 + y);
    return one.contains(there);
})"""


def test_a_number_by_itself_is_large_enough_to_touch(page, site):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site)
    page.locator("#cite-2-2").scroll_into_view_if_needed()
    assert page.locator("#cite-2-2").evaluate(MET)


def test_a_tap_shows_it_and_a_second_one_leads_to_the_list(browser, site):
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site)
    number = page.get_by_role("link", name="Reference 1", exact=True)
    number.tap()
    expect(page.get_by_role("note", name="Reference 1")).to_be_visible()
    assert page.url == site
    page.get_by_role("heading", level=1).tap()
    expect(page.locator(SHOWN)).to_have_count(0)
    number.tap()
    page.get_by_role("link", name="Go to the list").tap()
    page.wait_for_url("**/#ref-1")
    context.close()


@pytest.mark.parametrize("features", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_it_is_accessible(page, site, features):
    page.emulate_media(**features)
    page.goto(site)
    page.get_by_role("link", name="Reference 2").first.hover()
    expect(page.locator(SHOWN)).to_be_visible()
    assert axe_violations(page) == []


def test_it_is_not_printed(page, site):
    page.goto(site)
    page.get_by_role("link", name="Reference 1", exact=True).hover()
    expect(page.locator(SHOWN)).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator(SHOWN).bounding_box() is None


def test_without_scripts_the_link_leads_to_the_reference_with_its_quote(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Reference 2").first.click()
    assert page.url == f"{site}#ref-2"
    expect(page.locator("#ref-2")).to_contain_text("Quoted: Few have it.")
    context.close()


def test_the_policy_of_the_page_lets_its_data_stand_and_its_script_run(browser, site):
    said = []
    with window(browser) as page:
        page.on("console", lambda message: said.append(message.text))
        page.goto(site)
        kinds = page.evaluate("[...document.scripts].map((one) => one.type || one.src.split('/').pop())")
    assert kinds[0] == "application/ld+json"
    assert kinds[1].startswith("references")
    assert (len(kinds), said) == (2, [])
