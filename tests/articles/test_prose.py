"""Rich text outside articles: clean, without citations, under headings that fit."""

import itertools
import re

import pytest
from hypothesis import given
from lxml import html

from articles import markup, prose
from tests.articles.markup import pieces


def levels(text):
    return [int(level) for level in re.findall(r"<h(\d)>", text)]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<h3>A</h3><h4>B</h4>", "<h2>A</h2><h3>B</h3>"),
        ("<h4>A</h4><h3>B</h3><h4>C</h4>", "<h2>A</h2><h2>B</h2><h3>C</h3>"),
        ("<h4>A</h4><h4>B</h4>", "<h2>A</h2><h2>B</h2>"),
        ("<p>A</p>", "<p>A</p>"),
    ],
)
def test_headings_of_a_page_follow_its_title(stored, shown):
    assert prose.under_title(stored) == shown


def test_in_a_profile_headings_are_bold_paragraphs():
    assert prose.flat("<h3>A</h3><p>B</p>") == "<p><strong>A</strong></p><p>B</p>"


def test_a_citation_that_nothing_could_number_is_left_out():
    assert prose.flat('<p>So.<cite data-source="roe2020"></cite></p>') == "<p>So.</p>"


def test_every_table_has_a_frame_with_a_name():
    table = "<table><caption>Hours</caption><tbody><tr><td>8 to 5</td></tr></tbody></table>"
    shown = prose.under_title(table * 2)
    assert re.findall(r'aria-label="([^"]*)"', shown) == ["Table 1: Hours", "Table 2: Hours"]
    assert shown.count("</table></div>") == 2


@given(pieces.anything)
def test_whatever_is_stored_comes_out_clean_and_skips_no_level(stored):
    for shown in (prose.under_title(stored), prose.flat(stored)):
        steps = [1, *levels(shown)]
        assert all(after - before <= 1 for before, after in itertools.pairwise(steps))
        assert not re.search(r"<(script|style|iframe|cite)|<[^>]*(\son\w+=|javascript:)", shown, re.IGNORECASE)


@given(pieces.documents)
def test_no_word_is_lost(stored):
    before = markup.text(markup.clean(stored)).split()
    for shown in (prose.under_title(stored), prose.flat(stored)):
        text = html.fromstring(f"<div>{shown}</div>").text_content() if shown else ""
        assert "".join("".join(before).split()) == "".join(text.split())


def test_a_wide_table_is_stacked_on_narrow_screens_as_in_articles():
    head = "<thead><tr><th>Day</th><th>Open</th><th>Phone</th></tr></thead>"
    shown = prose.under_title(f"<table>{head}<tbody><tr><td>Monday</td><td>8 to 5</td><td>1</td></tr></tbody></table>")
    assert '<table class="stacks">' in shown
    assert '<td data-label="Open">8 to 5</td>' in shown
