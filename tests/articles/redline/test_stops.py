"""From change to change."""

import re

import pytest
from hypothesis import given

from articles.redline import numbered, redline_content, stops
from tests.articles.redline.test_pages import PAGE, page, section
from tests.articles.test_content import CONTENTS


def parts(old, new):
    found, total = numbered(redline_content(old, new), end="answer")
    return [part for part in found if part.count], total


def body(old, new):
    """The redline of one section's text with each stop as {number}."""
    (part,), _total = parts(page(section(body=old)), page(section(body=new)))
    return re.sub(r'<a class="stop" id="change-(\d+)".*?</a> ', r"{\1}", part.row.html)


def test_it_works():
    shown = body("<p>Take 5 mg.</p><p>Same.</p><p>Take 7 mg.</p>", "<p>Take 6 mg.</p><p>Same.</p><p>Take 8 mg.</p>")
    assert shown.startswith("<p>{1}Take ")
    assert "<p>Same.</p><p>{2}Take " in shown


def test_each_stop_leads_to_the_next_and_the_last_one_on():
    found, total = parts(page(section(body="<p>a b</p><p>x</p>")), page(section(body="<p>a c</p><p>y</p>"), title="T"))
    shown = "".join(part.row.heading + part.row.html for part in found)
    steps = re.findall(r'id="(change-\d+)" href="#([^"]*)"', shown)
    assert total == len(steps) == 3
    assert [target for _stop, target in steps] == ["change-2", "change-3", "answer"]
    assert "Change 2 of 3." in shown


ONE_STOP = {
    "two changes in a paragraph": ("<p>one two three four five</p>", "<p>1 two three four 5</p>"),
    "two new paragraphs": ("<p>a</p>", "<p>a</p><p>b b</p><p>c c</p>"),
    "a rewritten paragraph": ("<p>alpha beta gamma</p>", "<p>wholly other words</p>"),
    "a new list": ("<p>a</p>", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
    "a new row": ("<table><tr><td>a</td></tr></table>", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>"),
    "formatting": ("<p>a b</p>", "<p>a <strong>b</strong></p>"),
    "a layout": ("<p>a</p><p>b</p>", "<p>a</p>\n<ul><li><p>b</p></li></ul>"),
}


@pytest.mark.parametrize("case", ONE_STOP)
def test_what_came_as_one_is_one_stop(case):
    assert len(re.findall(r"\{\d+\}", body(*ONE_STOP[case]))) == 1


def test_changed_cells_are_stops_of_their_own_and_stay_in_their_cells():
    table = "<table><tr><td>Drug</td><td>{} mg</td><td>{} days</td></tr></table>"
    shown = body(table.format(5, 3), table.format(6, 4))
    assert "<td>Drug</td><td>{1}<del>" in shown
    assert " mg</td><td>{2}<del>" in shown


def test_a_new_section_is_one_stop_with_all_its_text():
    new = section(anchor="new", heading="New", body="<p>a</p><ul><li>b</li><li>c</li></ul>")
    found, total = parts(PAGE, page(*PAGE.sections, new))
    assert (total, found[0].count) == (1, 1)
    assert 'id="change-1"' in found[0].row.heading


def test_a_new_text_of_a_renamed_section_has_its_own_stop():
    old, new = section(heading="Was", body="<p>a b c d</p>"), section(heading="Is", body="<p>e f g h</p>")
    assert parts(page(old), page(new))[1] == 2


@given(CONTENTS, CONTENTS)
def test_every_changed_part_has_a_stop_and_no_other(old, new):
    found, total = numbered(redline_content(old, new), end="answer")
    assert [bool(part.count) for part in found] == [part.row.changed for part in found]
    assert sum(part.count for part in found) == total


def test_counting_is_numbering():
    rows = redline_content(page(section(body="<p>a b</p><p>x</p>")), page(section(body="<p>a c</p><p>y</p>")))
    assert stops.count(rows) == numbered(rows, end="x")[1]
