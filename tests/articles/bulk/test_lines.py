"""Pages by lines, pasted or of a file."""

from datetime import date

import pytest

from articles.bulk import lines

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "given",
    ["aml", "/aml/", "https://example.org/aml/", "https://example.org/aml?from=mail#top", "example.org/aml", ' "aml" '],
)
def test_a_page_is_named_by_its_address_or_the_last_part_of_it(given):
    [line] = lines.read(given)
    assert (line.slug, line.problem) == ("aml", "")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_day_may_follow(mark):
    assert [line.day for line in lines.read(f"aml{mark}2026-12-31\nall")] == [date(2026, 12, 31), None]


@pytest.mark.parametrize(
    "day", ["12/31/2026", "31.12.2026", "2026-13-01", "20261231", "2026-W01-1", "1.2.26", "٢٠٢٦-12-31"]
)
def test_a_day_that_could_be_read_in_two_ways_is_refused_with_its_line(day):
    bad, good = lines.read(f"aml,{day}\nall,2026-12-31")
    assert bad.problem.startswith("Line 1: write the day as 2026-12-31, not as")
    assert (good.problem, good.slug) == ("", "all")


def test_headings_and_empty_lines_are_left_out_and_lines_keep_their_numbers():
    assert [(line.number, line.slug) for line in lines.read("Slug,Date\n\naml,\n ,\nall")] == [(3, "aml"), (5, "all")]


def test_a_line_with_more_than_an_address_and_a_day_is_refused():
    assert "Line 1 has more" in lines.read("aml,2026-12-31,high")[0].problem


@pytest.mark.parametrize("data", ["aml\nall".encode("utf-8-sig"), "aml\nall".encode("utf-16"), b"aml\r\nall"])
def test_the_encoding_is_told_by_the_file(data):
    assert [line.slug for line in lines.read(lines.text_of(data))] == ["aml", "all"]


@pytest.mark.parametrize("data", ["é".encode("latin-1"), b"a\x00b", b"x" * (lines.MOST_BYTES + 1), b"\xff\xfea"])
def test_what_is_no_text_is_refused_and_never_guessed(data):
    with pytest.raises(lines.Unreadable):
        lines.text_of(data)


def test_more_lines_than_one_run_may_have_are_refused(monkeypatch):
    monkeypatch.setattr(lines, "MOST_LINES", 2)
    with pytest.raises(lines.Unreadable, match="At most 2 lines"):
        lines.read("a\nb\nc")


def test_each_text_may_have_headings_and_lines_are_numbered_through():
    found = lines.read("aml\n\n", "slug;date\nall;2026-12-31")
    assert [(line.number, line.slug) for line in found] == [(1, "aml"), (4, "all")]


def test_a_table_is_read_by_its_headings_whatever_its_other_columns_hold():
    text = 'title,slug,due,date\n"A; B, ""C""\nD",aml,2020-01-01,2026-12-31\n\nE,all,2020-01-01,\n'
    assert [(line.number, line.slug, line.day, line.given) for line in lines.read(text)] == [
        (3, "aml", date(2026, 12, 31), "aml,2026-12-31"),
        (5, "all", None, "all"),
    ]


def test_the_day_a_page_is_due_is_not_taken_for_another_day():
    assert lines.read("slug;title;due\naml;A;2020-01-01")[0].day is None


@pytest.mark.parametrize("text", ['slug,title,due\naml,"open,\nall,All,', "x" * 200_000])
def test_lines_that_can_not_be_told_apart_are_refused(text):
    with pytest.raises(lines.Unreadable, match="can not be told apart"):
        lines.read(text)
