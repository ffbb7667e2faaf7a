"""The gate refuses at once what no person wrote, and is quick with all the rest."""

import time
import tracemalloc

import pytest

from articles import markup
from articles.markup import clean


@pytest.mark.parametrize("tag", ["div", "ul><li", "b", "span", "table><tr><td", "font", "blockquote", "sub"])
def test_fifty_thousand_levels_are_refused_at_once(tag):
    started = time.process_time()
    with pytest.raises(markup.TooDeep):
        clean(f"<{tag}>" * 50_000 + "x")
    assert time.process_time() - started < 5


def test_lists_within_lists_are_kept_as_deep_as_anybody_writes_them():
    deep = "<ul><li>a" * 50 + "</li></ul>" * 50
    assert clean(deep) == deep
    with pytest.raises(markup.TooDeep):
        clean("<ul><li>a" * 50 + "<h3>b")


def test_a_thousand_open_elements_are_read_and_one_more_is_not():
    assert clean("<div>" * 1_000 + "x") == "<p>x</p>"
    with pytest.raises(markup.TooDeep):
        clean("<div>" * 500 + "<span>" * 501)


def test_elements_that_are_closed_do_not_count():
    assert clean("<div><span>x</span></div></b>" * 2_000).startswith("<p>x</p><p>x</p>")
    with pytest.raises(markup.TooDeep):
        clean("<div></span>" * 1_001)


def test_what_would_be_too_long_once_written_is_refused_before_it_is_stored():
    with pytest.raises(markup.TooDeep):
        clean(">" * 1_000_000)
    assert clean(">" * 200_000) == clean(clean(">" * 200_000))


@pytest.mark.parametrize("piece", ["x", "<br>", "&"])
def test_each_kind_of_too_much_is_enough(piece):
    with pytest.raises(markup.TooDeep):
        clean(piece * {"x": 3_000_001, "<br>": 200_001, "&": 600_000}[piece])


@pytest.mark.parametrize("unclosed", ["<p>word ", "<li>word ", "<tr><td>word ", "<br>", "<dt>a<dd>b"])
def test_elements_that_old_pages_leave_open_are_not_deep(unclosed):
    assert clean("<table>" * unclosed.startswith("<tr>") + unclosed * 3_000) is not None


@pytest.mark.parametrize(
    "piece", ["word ", "x", "&", "<", "<b>x</b> ", "<p>word</p>", '<a href="/x">', " ", "<br>x", "Q & A "]
)
def test_twenty_megabytes_are_cleaned_or_refused_in_bounded_time_and_memory(piece):
    source = piece * (20_000_000 // len(piece))
    started = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(markup.TooDeep):
            clean(source)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 10


@pytest.mark.parametrize("piece", ["word ", "&amp; ", "Q & A ", "<b>x</b> ", "<p>word</p>", "<ul><li>x</li></ul>"])
def test_the_largest_text_that_is_not_refused_is_cleaned_within_ten_seconds(piece):
    size = min(2_900_000 // len(piece), 199_000 // max(1, piece.count("<")), 60_000 if "&" in piece else 10**9)
    started = time.process_time()
    assert markup.words(clean(piece * size))
    assert time.process_time() - started < 10
