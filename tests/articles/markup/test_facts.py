"""A fact in a text: plain words that stand for one value, and what is put in their place."""

import pytest

from articles import markup
from articles.markup import FactMark, Value, clean, facts, printing, renewed, unmarked

pytestmark = pytest.mark.pure
FACT = '<data value="k7m2.3">6,550 (2024)</data>'
OLD = Value(ref="k7m2.3", words="6,550 (2024)", figure="6,550", sources=("old", "alias"), locator="p 1")
NEW = Value(ref="k7m2.4", words="6,100 & more (2025)", figure="6,100", sources=("new",), locator="p 2")
PUT = '<data value="k7m2.4">6,100 &amp; more (2025)</data>'
CITED = '<cite data-locator="p 2" data-source="new"></cite>'


def test_it_works():
    text = clean(f"<p>About {FACT} each year.</p>")
    assert text == f"<p>About {FACT} each year.</p>"
    assert facts(text) == (FactMark("k7m2.3", "6,550 (2024)"),)
    assert unmarked(text) == "<p>About 6,550 (2024) each year.</p>"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ('<data value="k7m2.3" class="x" onclick="y">6</data>', '<data value="k7m2.3">6</data>'),
        ('<data value="k7m2.0">6</data>', "6"),
        ('<data value="k7m2.03">6</data>', "6"),
        ('<data value="K7M2.3">6</data>', "6"),
        ("<data>6</data>", "6"),
        ('<data value="k7m2.3"></data>x', "x"),
        ('<data value="k7m2.3">a <b>6</b> <a href="/x">7</a></data>', '<data value="k7m2.3">a 6 7</data>'),
        ('<b>a <data value="k7m2.3">6</data></b>', '<strong>a <data value="k7m2.3">6</data></strong>'),
        (
            '<data value="k7m2.3">6<cite data-source="ab"></cite></data>',
            '<data value="k7m2.3">6</data><cite data-source="ab"></cite>',
        ),
    ],
)
def test_a_fact_is_its_value_and_plain_words(written, stored):
    assert clean(f"<p>{written}</p>") == f"<p>{stored}</p>"
    assert clean(clean(f"<p>{written}</p>")) == clean(f"<p>{written}</p>")


def test_sentences_that_print_a_value():
    text = f'<p>Rare. There are {FACT}.<cite data-source="ab"></cite> More.</p><ul><li>{FACT} in all</li></ul>'
    assert list(printing(text, {"k7m2.3"})) == ["There are 6,550 (2024).", "6,550 (2024) in all"]
    assert list(printing(text, {"k7m2.4"})) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'{FACT}<cite data-locator="p 1" data-source="old"></cite> each', f"{PUT}{CITED} each"),
        (f'{FACT}. <cite data-source="alias"></cite>', f"{PUT}. {CITED}"),
        (f'{FACT}<cite data-source="other"></cite>', f'{PUT}{CITED}<cite data-source="other"></cite>'),
        (
            f'{FACT}<cite data-source="other"></cite><cite data-source="old"></cite>',
            f'{PUT}<cite data-source="other"></cite>{CITED}',
        ),
        (f"{FACT} each year", f"{PUT}{CITED} each year"),
        (f'{FACT}<cite data-source="new"></cite>', f'{PUT}<cite data-source="new"></cite>'),
        ('<data value="k7m2.2">7</data>', '<data value="k7m2.2">7</data>'),
    ],
)
def test_a_new_value_brings_its_own_source_and_leaves_the_rest(before, after):
    text = clean(f"<p>a {before}</p>")
    assert renewed(text, {OLD.ref: OLD}, NEW) == f"<p>a {after}</p>" == clean(f"<p>a {after}</p>")


@pytest.mark.parametrize(
    ("cite", "after"),
    [
        ({"locator": "p 1"}, {"locator": "p 2"}),
        ({"locator": "Table 9"}, {"locator": "Table 9"}),
        ({"locator": "p 1", "quote": "It is 6,550."}, {"locator": "p 2"}),
        ({"locator": "p 1", "quote": "It is rare."}, {"locator": "p 2", "quote": "It is rare."}),
    ],
)
def test_of_the_same_source_place_and_quote_follow_where_they_must(cite, after):
    same = Value(ref=NEW.ref, words=NEW.words, figure="6,100", sources=OLD.sources, locator="p 2")
    pairs = "".join(f' data-{name}="{said}"' for name, said in cite.items())
    (mark,) = markup.citations(renewed(f'<p>{FACT}<cite{pairs} data-source="old"></cite></p>', {OLD.ref: OLD}, same))
    assert (mark.key, mark.locator, mark.quote) == ("old", after["locator"], after.get("quote", ""))
