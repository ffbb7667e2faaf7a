import pytest

from articles.checking import Severity, heading_order
from tests.articles.checking.tools import page, section, silent_on, speaks_on


def test_it_hints_at_a_small_heading_before_any_large_one():
    (found,) = speaks_on(
        heading_order, page(section("<h4>Dose</h4><p>x</p><h3>y</h3><p>z</p>")), "about", says="“Dose”"
    )
    assert found.severity is Severity.HINT


@pytest.mark.parametrize("body", ["<h3>a</h3><h4>b</h4><p>x</p>", "<p>x</p>", "<h3>a</h3><p>x</p><h3>b</h3><p>y</p>"])
def test_it_is_silent_on_headings_that_go_down_by_one(body):
    silent_on(heading_order, page(section(body)))


def test_each_section_begins_anew():
    first, second = section("<h3>a</h3><p>x</p>"), section("<h4>b</h4><p>x</p>", anchor="second")
    speaks_on(heading_order, page(first, second), "second")
