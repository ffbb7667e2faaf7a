"""The redline of one text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.markup import clean
from articles.redline import redline, redline_line
from articles.redline.texts import is_marked
from tests.articles.markup import pieces
from tests.articles.redline.tools import new_words, old_words, said, shown

TAGS = {"p", "h3", "h4", "ul", "ol", "li", "table", "tr", "th", "td", "strong", "em", "sub", "sup", "a", "cite", "br"}
TAGS |= {"ins", "del", "mark", "span"}


class Inspector(HTMLParser):
    """Complains of anything that is not well-formed, or not ours."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        mark = {"data-source"} if tag == "cite" else set()
        assert {name for name, _value in attrs} <= {"class", "href", "colspan", "rowspan", "scope"} | mark
        inside = self.open[-1] if self.open else ""
        assert (tag == "li") == (inside in ("ul", "ol"))
        assert (tag == "tr") == (inside == "table")
        assert (tag in ("td", "th")) == (inside == "tr")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_it_works():
    old = "<p>About 6,550 people fall ill each year.</p><table><tr><th>Dose</th><td>1.5 mg/m²</td></tr></table>"
    new = "<p>About 6,100 people fall ill each year.</p><table><tr><th>Dose</th><td>1.4 mg/m²</td></tr></table>"
    assert shown(redline(old, new)) == (
        "<p>About [-6,550-] [+6,100+] people fall ill each year.</p>"
        "<table><tr><th>Dose</th><td>[-1.5-][+1.4+] mg/m²</td></tr></table>"
    )


# -- promises ------------------------------------------------------------------------------------------------------


@given(pieces.anything, pieces.anything)
@example("", '<p><cite data-source="roe2020" data-locator="p. 4"></cite></p>')
def test_it_is_well_formed_and_holds_only_safe_elements(old, new):
    Inspector(redline(old, new))


@given(pieces.documents, pieces.documents)
def test_both_texts_can_be_read_back_from_it(old, new):
    redlined = redline(old, new)
    assert letters(old_words(redlined)) == letters(said(old))
    assert letters(new_words(redlined)) == letters(said(new))


def letters(words: list[str]) -> str:
    return "".join(words)


@given(pieces.documents, pieces.documents)
def test_it_is_marked_exactly_where_something_differs(old, new):
    assert is_marked(redline(old, new)) == (clean(old) != clean(new))


@given(pieces.documents)
def test_nothing_changed_is_shown_as_it_is(source):
    assert not is_marked(redline(source, source))


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_words_are_neither_lost_nor_doubled(old, new):
    redlined = redline(f"<p>{' '.join(old)}</p>", f"<p>{' '.join(new)}</p>")
    assert old_words(redlined) == old
    assert new_words(redlined) == new


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a 10<sup>2</sup> b c d e", "a 102 b c d e", "a [-10<sup>2</sup>-] [+102+] b c d e"),
        ("a 10² b c d e", "a 10<sup>2</sup> b c d e", "a [-10²-] [+10<sup>2</sup>+] b c d e"),
        ("take 5 mg of it now", "take 5mg of it now", "take [-5 mg-] [+5mg+] of it now"),
        ("take 1½ of them now", "take 11/2 of them now", "take [-1½-] [+11/2+] of them now"),
        ("in x=5, or y", "in x =5, or y", "in [-x=5-] [+x =5+], or y"),
        ("give 0.5 mg to her", "give 5 mg to her", "give [-0.5-] [+5+] mg to her"),
        ("from 4-5 to many days", "from 4–5 to many days", "from [-4-5-] [+4–5+] to many days"),
        ("it is so, is it", "it is so. is it", "it is so[-,-][+.+] is it"),
        ("a (b) c", "a (b c", "a (b[-)-] c"),
        ("is not safe", "is safe", "is [-not-] safe"),
        ("is safe", "is not safe", "is [+not+] safe"),
        ("a<br>b", "a b", "a[-↵<br>-] b"),
    ],
)
def test_a_changed_word_is_marked_and_its_neighbors_are_not(old, new, expected):
    assert shown(redline(f"<p>{old}</p>", f"<p>{new}</p>")) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b x d e", "g h x j k", "[-a b x d e-][+g h x j k+]"),
        ("a x d", "g x j", "[-a x d-][+g x j+]"),
        ("a x y d", "g x y j", "[-a-][+g+] x y [-d-] [+j+]"),
        ("a b c x d", "g h i x d", "[-a b c-][+g h i+] x d"),
        ("x a b c", "x g h i", "x [-a b c-] [+g h i+]"),
        ("x a b y c d e z", "x g h y i j k z", "x [-a b y c d e-] [+g h y i j k+] z"),
        ("a b c x y d", "x y e", "[-a b c -]x y [-d-] [+e+]"),
    ],
)
def test_what_was_rewritten_reads_as_rewritten_and_what_stayed_as_having_stayed(old, new, expected):
    assert shown(redline(f"<p>{old} and so on and so on</p>", f"<p>{new} and so on and so on</p>")) == (
        f"<p>{expected} and so on and so on</p>"
    )


def test_a_space_alone_is_a_change():
    assert shown(redline("<p>a ( b c</p>", "<p>a (b c</p>")) == "<p>a ( [-b-][+b+] c</p>"


def test_texts_without_capitals_and_from_right_to_left_are_compared_word_by_word():
    assert shown(redline("<p>שלום עולם טוב</p>", "<p>שלום לך טוב</p>")) == "<p>שלום [-עולם-] [+לך+] טוב</p>"


# -- formatting, links, citations ----------------------------------------------------------------------------------


def test_formatting_alone_is_marked_as_such():
    redlined = shown(redline("<p>never take it</p>", "<p><strong>never</strong> take it</p>"))
    assert redlined == "<p><strong>never</strong>{formatting changed} take it</p>"


def test_a_link_that_leads_elsewhere_says_from_where_to_where():
    old, new = (f'<p>see <a href="https://{host}.example/?a=b&amp;c">our site</a></p>' for host in "ab")
    remark = "{link changed from https://a.example/?a=b&amp;c to https://b.example/?a=b&amp;c}"
    assert shown(redline(old, new)) == f'<p>see <a href="https://b.example/?a=b&amp;c">our site</a>{remark}</p>'


@pytest.mark.parametrize(
    ("old", "new"), [("<p>x y</p>", '<p><a href="/a">x</a> y</p>'), ('<p><a href="/a">x</a> y</p>', "<p>x y</p>")]
)
def test_a_link_that_came_or_went_says_so(old, new):
    remark = re.search(r"\{(.*)\}", shown(redline(old, new)))
    assert remark[1] in ("link changed from none to /a", "link changed from /a to none")


def test_citations_are_whole_and_named():
    old = '<p>so it is<cite data-source="ab"></cite>.</p>'
    new = '<p>so it is<cite data-source="ab" data-locator="p. 4"></cite>.</p>'
    said = shown(redline(old, new, {"ab": "Roe & Doe, 2020"}))
    before, after = (
        '<cite data-source="ab">[Roe &amp; Doe, 2020]</cite>',
        '<cite data-source="ab">[Roe &amp; Doe, 2020, p. 4]</cite>',
    )
    assert said == f"<p>so it is[-{before}-][+{after}+].</p>"


def test_a_citation_without_a_name_shows_its_key():
    assert '<cite data-source="ab">[ab]</cite>' in redline("", '<p>x<cite data-source="ab"></cite></p>')


def test_a_quote_that_changed_is_shown_before_and_after():
    old, new = (f'<p>so it is<cite data-quote="{quote}" data-source="ab"></cite>.</p>' for quote in ("Yes.", "No."))
    said = re.sub(r"</?(?:cite|span)[^>]*>", "", shown(redline(old, new, {"ab": "Roe"})))
    assert said == "<p>so it is[-[Roe] “Yes.”-][+[Roe] “No.”+].</p>"


MOVED = "<p>First the marrow makes cells.</p>"


def test_a_paragraph_that_moved_says_so_in_both_places():
    said = shown(redline(f"{MOVED}<p>Then they age.</p>", f"<p>Then they age.</p>{MOVED}"))
    assert "[-First the marrow makes cells.-]{moved to another place}" in said
    assert "[+First the marrow makes cells.+]{moved here, words unchanged}" in said
    assert "<p>Then they age.</p>" in said


MOVES_NOT = {
    "with another word": MOVED.replace("cells", "blood"),
    "with other formatting": MOVED.replace("cells", "<strong>cells</strong>"),
    "as a heading": MOVED.replace("p>", "h3>"),
    "too short to be known again": "<p>Then.</p>",
}


@pytest.mark.parametrize("case", MOVES_NOT)
def test_only_what_is_the_same_to_the_letter_is_called_moved(case):
    old = MOVED if case != "too short to be known again" else MOVES_NOT[case]
    rest = "<p>They age and go away again.</p><p>Others come to take the place.</p>"
    assert "{moved" not in shown(redline(f"{old}{rest}", f"{rest}{MOVES_NOT[case]}"))


def test_a_row_that_moved_says_so_in_its_table():
    row, rest = "<tr><td>Exampline for adults</td><td>5 mg</td></tr>", "<tr><td>Otherine</td><td>2 mg</td></tr>"
    said = shown(redline(f"<table>{row}{rest}</table>", f"<table>{rest}{row}</table>"))
    assert said.count("{moved") == 2
    assert said.endswith("{moved here, words unchanged}</td></tr></table>")


# -- blocks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>a b</p>", "<p>a b</p><p>c</p>", '<p>a b</p><p class="redline-added">[+c+]</p>'),
        ("<p>a b</p><p>c</p>", "<p>c</p>", '<p class="redline-removed">[-a b-]</p><p>c</p>'),
        ("", "<h3>a</h3>", '<h3 class="redline-added">[+a+]</h3>'),
        ("<p>a b c</p>", "<h3>a b c</h3>", "<h3>a b c{was: paragraph}</h3>"),
        ("<ul><li>a b</li></ul>", "<ol><li>a b</li></ol>", "<ol><li>a b{was: item of a bulleted list}</li></ol>"),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a</li></ul>",
            '<ul><li>a</li><li class="redline-removed">[-b-]</li></ul>',
        ),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "<ul><li>a<ul><li>b{was on another level}</li></ul></li></ul>",
        ),
        ("<ol><li>a</li><li>c</li></ol>", "<ol><li>a</li><li>b</li><li>c</li></ol>", None),
    ],
)
def test_blocks_stand_in_their_lists_and_say_what_they_were(old, new, expected):
    said = shown(redline(old, new))
    assert said == (expected or '<ol><li>a</li><li class="redline-added">[+b+]</li><li>c</li></ol>')


def test_two_lists_side_by_side_stay_two():
    lists = "<ul><li>a</li></ul><ul><li>b</li></ul>"
    assert redline(lists, lists) == lists
    assert redline("<ul><li>a</li></ul>", lists).count("<ul>") == 2


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>a<ul><li>b<ol><li>c</li></ol></li><li>d</li></ul></li><li>e</li></ul><p>f</p>",
        "<ol><li>a<p>b</p><ul><li>c</li></ul><p>d</p></li></ol><h3>e</h3>",
    ],
)
def test_lists_that_did_not_change_stay_as_they_are(body):
    assert redline(body, body) == body


def test_a_paragraph_whose_item_moved_out_of_its_list_still_stands_in_an_item():
    said = shown(redline("<ul><li><p>a b c</p><p>d e f</p></li></ul>", "<p>a b c</p>"))
    gone = '<ul><li><p class="redline-removed">[-d e f-]</p></li></ul>'
    assert said == f"<p>a b c{{was: item of a bulleted list}}</p>{gone}"


def row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def test_a_row_that_came_and_one_that_went_stand_in_the_table():
    old, new = f"<table>{row('a', '1')}{row('b', '2')}</table>", f"<table>{row('a', '1')}{row('c', '3')}</table>"
    gone = '<tr class="redline-removed"><td>[-b-]</td><td>[-2-]</td></tr>'
    came = '<tr class="redline-added"><td>[+c+]</td><td>[+3+]</td></tr>'
    assert shown(redline(old, new)) == f"<table>{row('a', '1')}{gone}{came}</table>"


def test_a_new_column_is_new_cells_of_old_rows():
    old, new = f"<table>{row('drug', '1 mg')}</table>", f"<table>{row('drug', 'new', '1 mg')}</table>"
    assert shown(redline(old, new)) == f"<table>{row('drug', '[+new+]', '1 mg')}</table>"
    assert shown(redline(new, old)) == f"<table>{row('drug', '[-new-]', '1 mg')}</table>"


def test_the_first_and_the_last_column_can_go():
    old, new = f"<table>{row('no', 'drug', '1 mg', 'end')}</table>", f"<table>{row('drug', '1 mg')}</table>"
    assert shown(redline(old, new)) == f"<table>{row('[-no-]', 'drug', '1 mg', '[-end-]')}</table>"


def test_lines_inside_a_cell_stay_lines():
    old = f"<table>{row('<ul><li>a</li><li>b</li></ul>')}</table>"
    new = f"<table>{row('<ul><li>a</li><li>c</li></ul>')}</table>"
    assert shown(redline(old, new)) == f"<table>{row('a<br>[-b-][+c+]')}</table>"


def test_a_changed_caption_is_shown_above_the_rows():
    old, new = (f"<table><caption>{words}</caption>{row('a')}</table>" for words in ("Doses a day", "Doses a week"))
    assert shown(redline(old, new)).startswith('<table><tr><th colspan="99">Doses a [-day-] [+week+]</th></tr><tr>')


def test_a_change_that_shows_nowhere_else_is_said_above():
    old, new = "<table><tr><th>a</th></tr></table>", "<table><thead><tr><th>a</th></tr></thead></table>"
    assert shown(redline(old, new)).startswith("<p>{only the layout changed}</p>")


def test_cells_that_became_heads_or_grew_say_so():
    old, new = "<table><tr><td>a</td></tr></table>", "<table><tr><th>a</th></tr></table>"
    assert shown(redline(old, new)) == "<table><tr><th>a{table cells changed}</th></tr></table>"


# -- for everyone --------------------------------------------------------------------------------------------------


def test_screen_readers_hear_what_was_added_and_removed():
    said = re.sub(r"<[^>]*>", "", redline("<p>is bad for you</p>", "<p>is good for you</p>"))
    assert said == "is [removed: bad] [added: good] for you"


def test_what_is_written_can_not_break_out():
    nasty = '<p>&lt;script&gt; "x" &lt;ins&gt; <a href="/&quot;onclick=&quot;x">y</a></p>'
    redlined = redline("<p>z</p>", nasty, {"ab": "<script>"})
    Inspector(redlined)
    assert "<script" not in redlined


# -- one line ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Signs & symptoms", "Signs & symptoms", "Signs &amp; symptoms"),
        ("Signs", "Symptoms", "[-Signs-][+Symptoms+]"),
        ("", "Signs", "[+Signs+]"),
        ("Signs", "", "[-Signs-]"),
        ("", "", ""),
        ("a <b> c d", "a <i> c d", "a [-&lt;b&gt;-] [+&lt;i&gt;+] c d"),
        ("a  b", "a\u00a0b", "a b"),
    ],
)
def test_one_line_is_plain_text(old, new, expected):
    assert shown(redline_line(old, new)) == expected
