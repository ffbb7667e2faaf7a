"""The browser that the journeys drive, and the judge of accessibility."""

import pytest

from tests import browser as browsers

GOOD = "<html lang=en><title>T</title><main><h1>Leukemia</h1><p>Words.</p></main>"


def test_axe_is_silent_on_a_plain_page(page):
    page.set_content(GOOD)
    assert browsers.axe_violations(page) == []


def test_axe_names_the_rule_and_the_place(page):
    page.set_content(GOOD.replace("<p>", "<img id=cell src='data:,'><p>"))
    assert browsers.axe_violations(page) == ["image-alt (critical): #cell"]


def test_axe_can_look_at_one_part(page):
    page.set_content(GOOD.replace("<p>", "<img src='data:,'><p>"))
    assert browsers.axe_violations(page, within="p") == []


def test_live_pages_come_with_their_style_sheets(page, live_server):
    page.goto(f"{live_server}/admin/login/")
    assert page.evaluate("getComputedStyle(document.getElementById('header')).display") == "flex"


@pytest.mark.parametrize("url", ["https://example.org/x.js", "http://localhost.example.org/"])
def test_a_request_to_elsewhere_is_a_complaint(url):
    assert browsers.elsewhere(url) == [f"request to a third party: {url}"]


def test_a_page_that_asks_a_third_party_fails_its_test(browser):
    with pytest.raises(AssertionError, match="third party"), browsers.window(browser) as page:
        page.set_content("<script src=https://example.org/x.js></script>")


def test_a_page_whose_script_throws_fails_its_test(browser):
    with pytest.raises(AssertionError, match="script error"), browsers.window(browser) as page:
        page.set_content("<script>throw new Error('no')</script>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_too_faint_in_one_scheme_is_named_with_the_scheme(page, scheme):
    style = f"<style>@media (prefers-color-scheme: {scheme}) {{ p {{ color: #888; background: #999 }} }}</style>"
    page.set_content(GOOD.replace("<main>", f"{style}<main>"))
    assert browsers.axe_in_both_schemes(page) == [f"{scheme}: color-contrast (serious): p"]


def test_the_other_rules_are_asked_once(page):
    page.set_content(GOOD.replace("<p>", "<img id=cell src='data:,'><p>"))
    assert browsers.axe_in_both_schemes(page) == ["light: image-alt (critical): #cell"]
