"""Which words lean on which source, told apart sentence by sentence."""

import pytest

from articles import leaning, page
from articles.content import CitedSource, Content, SectionContent
from articles.page import Facts
from tests.cast import NOON

ONE, TWO = '<cite data-source="one"></cite>', '<cite data-locator="p 4" data-source="two"></cite>'


def claims(body, summary=""):
    """Sentences by the number of the reference they lean on."""
    section = SectionContent(anchor="a", heading="Facts", body=body)
    sources = tuple(CitedSource(key=key, organization=key, title="A title") for key in ("one", "two"))
    words = Content(title="T", summary=summary, sections=(section,), sources=sources)
    shown = page.build(words, Facts(today=NOON.date(), preview=True))
    return {one.number: [claim.sentence for claim in one.claims] for one in leaning.of(words, shown)}


def test_it_works():
    assert claims(f"<p>It is rare.{ONE} It is old.{TWO}</p>") == {1: ["It is rare."], 2: ["It is old."]}


def test_a_mark_before_the_full_stop_belongs_to_its_sentence():
    assert claims(f"<p>It is rare{ONE}. It is old.</p>") == {1: ["It is rare."]}


def test_a_sentence_may_lean_on_two_sources():
    assert claims(f"<p>It is rare.{ONE}{TWO}</p>") == {1: ["It is rare."], 2: ["It is rare."]}


def test_a_mark_at_the_end_of_a_paragraph_stays_in_it():
    assert claims(f"<p>It is rare.{ONE}</p><p>It is old.</p>") == {1: ["It is rare."]}


def test_list_items_and_cells_are_claims():
    body = f"<ul><li>fever{ONE}</li><li>cough</li></ul><table><tbody><tr><td>4 mg{TWO}</td></tr></tbody></table>"
    assert claims(body) == {1: ["fever"], 2: ["4 mg"]}


@pytest.mark.parametrize(
    ("written", "read"),
    [("10<sup>2</sup> cells", "10² cells"), ("H<sub>2</sub>O", "H₂O"), ("1<sup>st</sup> line", "1 st line")],
)
def test_a_raised_sign_does_not_become_a_digit_of_the_number_before_it(written, read):
    assert claims(f"<p>{written}{ONE}</p>") == {1: [read]}


def test_a_mark_in_a_raised_sign_is_found():
    assert claims(f"<p>It is rare.<sup>{ONE}</sup></p>") == {1: ["It is rare."]}


def test_a_claim_brings_the_sentence_that_supports_it():
    quoted = ONE.replace("<cite", '<cite data-quote="Few have it."')
    section = SectionContent(anchor="a", heading="Facts", body=f"<p>It is rare.{quoted}{TWO}</p>")
    words = Content(
        title="T", sections=(section,), sources=(CitedSource(key="one", title="A"), CitedSource(key="two", title="B"))
    )
    found = leaning.of(words, page.build(words, Facts(today=NOON.date())))
    assert [one.claims[0].quote for one in found] == ["Few have it.", ""]


def test_characters_that_are_ours_in_a_text_do_no_harm():
    assert claims(f"<p>It \ue0007\ue001 is \ue000x\ue001 rare.{ONE}</p>") == {1: ["It is \ue000x\ue001 rare."]}


def test_the_summary_is_read_too():
    assert claims("<p>It is old.</p>", summary=f"<p>It is rare.{ONE}</p>") == {1: ["It is rare."]}
