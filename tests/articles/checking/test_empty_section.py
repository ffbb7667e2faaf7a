import pytest

from articles.checking import Severity, empty_section
from articles.content import INSTITUTIONAL
from tests.articles.checking.tools import cite, page, section, silent_on, speaks_on


def test_it_speaks_on_a_heading_with_nothing_under_it():
    (found,) = speaks_on(empty_section, page(section("")), "about", says="“About”")
    assert found.severity is Severity.BLOCKING


def test_it_speaks_on_institutional_sections_too():
    speaks_on(empty_section, page(section("", kind=INSTITUTIONAL, heading="Patient stories")), "about")


def test_a_citation_alone_is_nothing_to_read():
    speaks_on(empty_section, page(section(f"<p>{cite()}</p>")), "about")


@pytest.mark.parametrize(
    "body",
    [
        "<p>x</p><h3>Bare</h3>",
        "<h3>Bare</h3><h3>y</h3><p>z</p>",
        "<h3>y</h3><h4>Bare</h4><h3>w</h3><p>z</p>",
    ],
)
def test_it_speaks_on_a_bare_heading_inside_a_text(body):
    speaks_on(empty_section, page(section(body)), "about", says="“Bare”")


@pytest.mark.parametrize(
    "body",
    [
        "<p>x</p>",
        "<ul><li>x</li></ul>",
        "<h3>a</h3><h4>b</h4><p>x</p>",
        "<h3>a</h3><table><tbody><tr><td>x</td></tr></tbody></table>",
    ],
)
def test_it_is_silent_where_something_stands_under_each_heading(body):
    silent_on(empty_section, page(section(body)))
