"""What can be read out of cleaned HTML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import markup
from articles.markup import Mark, clean
from tests.articles.markup import pieces

CITED = clean(
    '<p>x<cite data-source="roe2020" data-locator="p. 4 &amp; 5" data-quote="&quot;ab&quot;">[1]</cite></p>'
    '<ul><li>y<cite data-source="ab">[2]</cite></li><li><cite data-source="roe2020">[1]</cite></li></ul>'
)


# -- citations -----------------------------------------------------------------------------------------------------


def test_citations_come_in_reading_order_with_place_and_repeats():
    assert markup.citations(CITED) == (Mark("roe2020", "p. 4 & 5", '"ab"'), Mark("ab"), Mark("roe2020"))


def test_text_that_looks_like_a_mark_is_none():
    assert markup.citations(clean('&lt;cite data-source="ab"&gt;&lt;/cite&gt;')) == ()


def test_reciting_exchanges_keys_and_nothing_else():
    recited = markup.recite(CITED, {"roe2020": "k1", "ab": "k2", "other": "k3"})
    assert markup.citations(recited) == (Mark("k1", "p. 4 & 5", '"ab"'), Mark("k2"), Mark("k1"))
    assert markup.recite(recited, {"k1": "roe2020", "k2": "ab"}) == CITED


def test_reciting_leaves_unknown_keys():
    assert markup.recite(CITED, {}) == CITED


def test_reciting_swaps_two_keys_at_once():
    assert [mark.key for mark in markup.citations(markup.recite(CITED, {"roe2020": "ab", "ab": "roe2020"}))] == [
        "ab",
        "roe2020",
        "ab",
    ]


# -- links ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "shown"),
    [
        ("https://www.Example.org/a/b?c=d#e", "https://www.example.org"),
        ("http://example.org", "https://example.org"),
        ("https://example.org@evil.example/", "https://evil.example"),
        ("https://example.org:8443/x", "https://example.org"),
        ("/acute/#signs", "/acute/#signs"),
        ("?a=b&amp;c", "?a=b&amp;c"),
        ("tel:+16505550100", "tel:+16505550100"),
        ("mailto:a@example.org?subject=b", "mailto:a@example.org?subject=b"),
        ("https://[::1", "https://[::1"),
    ],
)
def test_external_links_are_their_host_and_all_others_whole(href, shown):
    assert markup.link_hosts(f'<p><a href="{href}">x</a></p>') == f'<p><a href="{shown}">x</a></p>'


# -- words ---------------------------------------------------------------------------------------------------------


def test_text_has_one_line_per_block():
    lists = "<ul><li>e<ul><li>f</li></ul></li></ul><table><tr><td>g<td>h</table>"
    written = f"<h3>A</h3><p>b<br>c &amp; <strong>d</strong></p>{lists}"
    assert markup.text(clean(written)).split("\n") == ["A", "b", "c & d", "e", "f", "g", "h"]


def test_text_shows_what_was_escaped_and_is_not_fooled_by_it():
    assert markup.text(clean("&lt;p&gt;1 &lt; 2&lt;/p&gt; &#x338;")) == "<p>1 < 2</p> \u0338"


@pytest.mark.parametrize(
    ("one", "other"),
    [("10<sup>2</sup>", "102"), ("10²", "102"), ("H<sub>2</sub>O", "H2O"), ("5 mg", "5mg"), ("1½", "11/2")],
)
def test_words_tell_apart_what_a_reader_tells_apart(one, other):
    assert markup.words(clean(one)) != markup.words(clean(other))


def test_citation_marks_are_no_words():
    assert markup.words(CITED) == ["x", "y"]


@given(pieces.documents)
def test_paragraphs_hold_every_word_of_the_text(source):
    cleaned = clean(source)
    said = " ".join(markup.text(inline) for _tag, inline in markup.paragraphs(cleaned))
    assert said.split() == markup.text(cleaned).split()


def test_a_table_is_one_paragraph_and_its_cells_are_apart():
    body = clean("<p>a</p><table><caption>b</caption><tr><td>c<td>d</table><ul><li>e<ol><li>f</ol></ul>")
    assert markup.paragraphs(body) == (("p", "a"), ("table", "b c d"), ("li", "e"), ("li", "f"))


# -- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Leukemia is a cancer of the blood. | It starts in the marrow.",
        "Who gets it? | Anyone! | Nobody knows why.",
        "Take 3.5 mg. | Take 1,000 more.",
        "Ask Dr. Roe of St. Jude or Mr. Doe vs. Ms. Poe.",
        "Some, e.g. Children, i.e. Minors, cf. Adults.",
        "In the U.S. about 6,550 fall ill.",
        "It is rare in the U.S. | The cause is unknown.",
        "The U.S. Food and Drug Administration agrees.",
        "It was found by John F. Kennedy and E. coli.",
        "You may lack vitamin K. | This is rare.",
        "He asked: “Is it bad?” | She said no.",
        "(See Fig. 2.) | See No. 5, p. 4, and pp. 6.",
        "Is it curable? | No. | Most forms are.",
        "It was printed on Oct. 17, 2018. | Smith et al. found it.",
        "Wait… | There is more... and more. | Then it ends ... | Or not.",
        "1. Rest. | 2. Drink.",
        "Roe, M.D., and Doe, Ph.D. | They agree.",
        "¿Qué es? | ¿Por qué? | Él vino. | Élan vital.",
        "אחת. | שתיים? | שלוש.",
        "هل هذا؟ | نعم.",
        "The count was 5. | 10 is normal.",
        "no capital here. and none there",
    ],
)
def test_sentences_end_where_a_reader_ends_them(said):
    assert list(markup.sentences(said.replace(" | ", " "))) == said.split(" | ")


def test_line_ends_part_sentences():
    assert list(markup.sentences("Signs\nyou may feel tired\n\n  or pale.")) == [
        "Signs",
        "you may feel tired",
        "or pale.",
    ]


@pytest.mark.parametrize("empty", ["", " ", "\n\n\t"])
def test_nothing_has_no_sentences(empty):
    assert list(markup.sentences(empty)) == []


@given(st.text(alphabet="aB1.?!…”) \n\u00a0É(“U.S"))
def test_sentences_hold_every_word_once_and_in_order(plain):
    found = list(markup.sentences(plain))
    assert " ".join(found).split() == plain.split()
    assert all(found)


@pytest.mark.parametrize("piece", ["A. ", "word ", " ", "\n", ".", "U.S. ", ".)) "])
def test_a_megabyte_of_anything_is_split_at_once(piece):
    started = time.process_time()
    list(markup.sentences(piece * (1_000_000 // len(piece))))
    assert time.process_time() - started < 5
