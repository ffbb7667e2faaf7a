"""Whatever is pasted is read, or kept and said."""

import contextlib
import time
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import pasting
from references.reading.records import Refused

pytestmark = pytest.mark.pure

ROE = "Roe J. On blood. J Blood. 2001;7(1):3-5."
DOE = "Doe K. On marrow. J Blood. 2002;8(1):6-9."


def known(record) -> dict:
    return {name: value for name, value in asdict(record).items() if value and name != "kind"}


def read(text: str) -> list[dict]:
    return [known(found.record) for found in pasting.read(text).found]


@pytest.mark.parametrize(
    "text",
    [
        *("10.1000/Blood", "doi:10.1000/blood", "DOI: 10.1000/blood.", "https://doi.org/10.1000/blood"),
        *("http://dx.doi.org/10.1000%2Fblood", "10.1000%2fblood", "doi.org/10.1000/blood", "<10.1000/blood>,"),
        *("As shown (https://doi.org/10.1000/blood), it flows.", "Please see 10.1000/blood for the figures."),
        *("https://journal.example.org/doi/full/10.1000/blood?seq=1", "The trial is at 10.1000/blood."),
    ],
)
def test_a_doi_is_known_in_any_spelling_and_the_sentence_around_it_is_no_title(text):
    assert read(text) == [{"doi": "10.1000/blood"}]


@pytest.mark.parametrize(
    "text", ["1234", "PMID: 1234", "PMID 1234.", "pubmed: 01234", "https://pubmed.ncbi.nlm.nih.gov/1234/?x=y"]
)
def test_a_pmid_is_known_in_any_spelling(text):
    assert read(text) == [{"pmid": "1234"}]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.example.org/a?b=1", "https://www.example.org/a?b=1"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("URL: https://example.org/a.", "https://example.org/a"),
        ("PMC7479633", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7479633/"),
    ],
)
def test_an_address_is_known(text, url):
    assert read(text) == [{"url": url}]


def test_a_work_known_by_an_identifier_alone_has_no_invented_title():
    (found,) = pasting.read("10.1000/blood").found
    assert found.record.is_bare
    assert found.raw == "10.1000/blood"


@pytest.mark.parametrize("mark", ["", "{n}. ", "[{n}] ", "• "])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_references_and_identifiers_stand_in_one_list(mark, gap):
    pieces = [ROE, "10.1000/x", "30110579", DOE, "https://example.org/a"]
    text = gap.join(mark.format(n=number) + piece for number, piece in enumerate(pieces, 1))
    assert [{**one, "container": ""}.get("title", one) for one in read(text)] == [
        "On blood",
        {"doi": "10.1000/x"},
        {"pmid": "30110579"},
        "On marrow",
        {"url": "https://example.org/a"},
    ]
    assert pasting.read(text).problems == ()


def test_an_identifier_below_a_reference_belongs_to_it():
    first, second = read(f"{ROE}\ndoi:10.1000/b\nPMID: 4\n\n{DOE}\nhttps://doi.org/10.1000/m")
    assert (first["title"], first["doi"], first["pmid"]) == ("On blood", "10.1000/b", "4")
    assert (second["title"], second["doi"]) == ("On marrow", "10.1000/m")


def test_two_dois_are_never_one_work():
    assert read(f"{ROE} doi:10.1000/a\n10.1000/b")[1:] == [{"doi": "10.1000/b"}]
    assert read("10.1000/a, 10.1000/b; 10.1000/c") == [{"doi": f"10.1000/{letter}"} for letter in "abc"]


def test_a_list_of_nothing_but_numbers_is_a_list_of_pmids():
    assert read("123\n4567, 30110579") == [{"pmid": "123"}, {"pmid": "4567"}, {"pmid": "30110579"}]


def test_a_number_that_may_be_anything_is_kept():
    (problem,) = pasting.read("10.1000/x\n\n12\n\n10.1000/y").problems
    assert (problem.line, problem.text) == (3, "12")


def test_every_identifier_in_a_sentence_is_taken():
    assert read("We should see PMID: 12 and PMID: 34, please, not the others.") == [{"pmid": "12"}, {"pmid": "34"}]


def test_a_link_with_its_title_is_a_page():
    assert read("What Is ALL? https://example.org/all") == [{"title": "What Is ALL?", "url": "https://example.org/all"}]


def test_what_is_not_understood_is_said_with_its_line_and_kept():
    reading = pasting.read(f"References\n\n{ROE}\n\nAsk Kim about the others\n\n10.1000/x")
    assert [found.line for found in reading.found] == [3, 7]
    (problem,) = reading.problems
    assert (problem.line, problem.text) == (5, "Ask Kim about the others")


def test_the_content_of_a_file_is_read_as_that_file():
    reading = pasting.read("TY  - JOUR\nTI  - On blood\nER  - \n")
    assert (reading.format, reading.found[0].record.title) == ("ris", "On blood")


@pytest.mark.parametrize(
    "unit", ["a\n", "10.1000/x ", "PMID: 1 ", "hello 10.1000/x there\n", "Roe, Jane A., and ", "www."]
)
def test_a_long_text_of_one_kind_takes_bounded_time(unit):
    began = time.monotonic()
    with contextlib.suppress(Refused):
        pasting.read(unit * (20_000 // len(unit)))
    assert time.monotonic() - began < 20


def test_nothing_is_refused_with_a_sentence():
    with pytest.raises(Refused, match="empty"):
        pasting.read(" \n ")


PIECES = st.sampled_from(
    [ROE, DOE, "10.1000/x", "PMID: 77", "https://example.org/a", "Hello there", "\n", "\n\n", ", "]
)


@given(st.lists(PIECES | st.text("ab1. \n", max_size=6), min_size=1, max_size=12).map(" ".join))
def test_no_word_is_lost(text):
    if text.strip():
        reading = pasting.read(text)
        kept = " ".join([*(found.raw for found in reading.found), *(problem.text for problem in reading.problems)])
        assert {word for word in text.split() if word.isalpha()} <= set(kept.split())
