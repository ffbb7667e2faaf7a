"""Tables that can be read where a screen is narrow: each cell says the heading of its column."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from articles import markup
from articles.page.tables import framed

HEAD = "<thead><tr><th>Medicine</th><th>How</th><th>Dose <em>a day</em></th></tr></thead>"


def shown(table):
    return framed(markup.clean(table), itertools.count(1))


def labels(table):
    """What each cell and row is called, in order; "" for none."""
    return [re.sub(r'.* data-label="([^"]*)".*|.*', r"\1", tag) for tag in re.findall(r"<t[dr]\b[^>]*>", shown(table))]


def test_a_cell_says_its_column():
    row = "<tr><th>Exampleib</th><td>By mouth</td><td>5 mg</td></tr>"
    assert labels(f"<table>{HEAD}<tbody>{row}</tbody></table>") == ["", "", "How", "Dose a day"]


def test_the_heads_of_a_table_without_a_head_are_its_first_rows():
    heads = "<tr><th colspan='3'>A title</th></tr><tr><th>A</th><th>B</th><th>C</th></tr>"
    found = shown(f"<table><tbody>{heads}<tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>")
    assert found.count("<tr data-heads>") == 2
    assert re.findall('data-label="([^"]*)"', found) == ["A", "B", "C"]


def test_headings_over_several_columns_come_before_those_below_them():
    over = "<tr><th rowspan='2'>Group</th><th colspan='2'>Adults</th></tr>"
    row = "<tr><td>G</td><td>A</td><td>1</td></tr>"
    head = f"<thead>{over}<tr><th>Name</th><th>Dose</th></tr></thead>"
    assert labels(f"<table>{head}<tbody>{row}</tbody></table>")[2:] == ["", "Group", "Adults, Name", "Adults, Dose"]


def test_a_row_says_what_reaches_into_it_from_above():
    rows = (
        "<tr><td rowspan='3'>G</td><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr><tr><td>C</td><td>3</td></tr>"
    )
    after = "<tr><td>H</td><td>D</td><td>4</td></tr>"
    found = labels(f"<table>{HEAD}<tbody>{rows}{after}</tbody></table>")
    assert found[1:] == ["", "Medicine", "How", "Dose a day", *["G", "How", "Dose a day"] * 2, *labels_of_a_row()]


def test_what_reaches_into_a_row_from_its_end_follows_it():
    rows = "<tr><td>A</td><td>1</td><td rowspan='2'>5 mg</td></tr><tr><td>B</td><td>2</td></tr>"
    found = shown(f"<table>{HEAD}<tbody>{rows}</tbody></table>")
    assert re.findall("<tr[^>]*>", found)[1:] == ["<tr>", '<tr data-also="Dose a day: 5 mg">']


def labels_of_a_row():
    return ["", "Medicine", "How", "Dose a day"]


def test_a_cell_over_the_whole_row_is_a_heading_and_says_no_column():
    assert labels(f"<table>{HEAD}<tbody><tr><td colspan='3'>Others</td></tr></tbody></table>")[1:] == ["", ""]


def test_two_columns_fit_side_by_side():
    found = shown("<table><tbody><tr><th>Stage</th><td>What it means</td></tr></tbody></table>")
    assert "stacks" not in found
    assert "data-label" not in found


def test_words_that_were_struck_are_no_name():
    head = "<thead><tr><th>A</th><th><del>Old</del> <ins>New</ins></th><th>C</th></tr></thead>"
    table = f"<table>{head}<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>"
    assert 'data-label="New"' in framed(table, itertools.count(1))


def test_a_table_in_a_cell_keeps_to_itself():
    inner = "<table><tbody><tr><td>x</td><td>y</td></tr></tbody></table>"
    table = f"<table>{HEAD}<tbody><tr><td>1</td><td>2</td><td>{inner}</td></tr></tbody></table>"
    found = framed(table, itertools.count(1))
    assert found.count('<div class="table"') == 1
    assert re.findall('data-label="([^"]*)"', found) == ["Medicine", "How", "Dose a day"]


def test_a_name_can_not_break_out_of_its_attribute():
    head = '<thead><tr><th>A "b" &lt;i&gt;</th><th>B</th><th>C</th></tr></thead>'
    found = shown(f"<table>{head}<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>")
    assert 'data-label="A &quot;b&quot; &lt;i&gt;"' in found


cells = st.builds(
    "<{0} colspan='{1}' rowspan='{2}'>{3}</{0}>".format,
    st.sampled_from(["td", "th"]),
    st.integers(1, 5),
    st.integers(1, 5),
    st.text("ab <&\"'", max_size=5),
)
rows = st.lists(st.lists(cells, max_size=4).map(lambda one: f"<tr>{''.join(one)}</tr>"), max_size=4).map("".join)
tables = st.builds("<table><caption>c</caption><thead>{}</thead><tbody>{}</tbody></table>".format, rows, rows)


@given(st.lists(tables, max_size=3).map("<p>between</p>".join))
def test_no_word_changes_whatever_the_table(text):
    cleaned = markup.clean(text)
    found = framed(cleaned, itertools.count(1))
    assert found.count('<div class="table"') == cleaned.count("<table>")
    without = re.sub(
        r' data-(?:label|also)="[^"]*"| data-heads| class="stacks"|<div class="table"[^>]*>|</div>', "", found
    )
    assert without == cleaned
