"""The splitter on the lists it was made for, and what it promises of any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.reading import plain

SHARED = Path(__file__).parents[3] / "shared/data/references"
KEYS = ("authors", "publisher", "published", "published_as_printed", "title", "container", "url", "doi", "pmid")
CLASSIC = (
    "American Cancer Society (2018, October 17). What Is ALL?\nhttps://www.cancer.org/what-is-all.html"
    "American Society of Clinical Oncology. ALL: Classification (2022, November).\nhttps://www.cancer.net/all"
    "American Cancer Society. Treating ALL.\nhttps://www.cancer.org/treating.html"
)
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not there: real reference lists")


def blocks():
    if not SHARED.exists():
        return []
    seed = json.loads((SHARED / "seed-references.json").read_text())
    return [seed, *json.loads((SHARED / "dev-blocks.json").read_text())]


def test_it_splits_pages_whose_addresses_touch_the_next_publisher():
    entries = plain.split(CLASSIC)
    assert [entry.publisher for entry in entries] == [
        "American Cancer Society",
        "American Society of Clinical Oncology",
        "American Cancer Society",
    ]
    assert [entry.published for entry in entries] == ["2018-10-17", "2022-11", None]
    assert [entry.title for entry in entries] == ["What Is ALL?", "ALL: Classification", "Treating ALL"]
    assert entries[0].url == "https://www.cancer.org/what-is-all.html"


def test_the_raws_joined_are_the_text():
    assert "".join(entry.raw for entry in plain.split(CLASSIC)) == CLASSIC


@needs_shared
@pytest.mark.parametrize("block", blocks(), ids=lambda block: block["case"])
def test_a_real_list_is_split_and_read_exactly(block):
    entries = plain.split(block["raw"])
    assert [[entry.start, entry.end] for entry in entries] == [one["offset"] for one in block["references"]]
    for entry, expected in zip(entries, block["references"], strict=True):
        assert {key: getattr(entry, key) for key in KEYS if key in expected} == {
            key: expected[key] for key in KEYS if key in expected
        }


@needs_shared
def test_every_journal_reference_alone_is_one_entry_with_its_fields():
    for line in (SHARED / "pdq-journal-references.jsonl").read_text().splitlines():
        expected = json.loads(line)
        (entry,) = plain.split(expected["raw"])
        assert entry.raw == expected["raw"]
        for key in ("container", "volume", "issue", "pages", "published"):
            assert getattr(entry, key) == (expected[key].strip() or None), expected["raw"]


@needs_shared
def test_a_title_is_not_cut_at_its_colon_when_nobody_signs():
    lines = (SHARED / "pdq-journal-references.jsonl").read_text().splitlines()
    unlike = []
    for expected in map(json.loads, lines):
        (entry,) = plain.split(expected["raw"])
        if (entry.authors, entry.title) != (expected["authors"], expected["title"]):
            unlike.append((entry, expected))
    # There the list of fields takes the first half of the title of an unsigned article for its authors.
    assert len(unlike) == 5
    assert all(entry.title == f"{expected['authors']}: {expected['title']}" for entry, expected in unlike)


@needs_shared
def test_a_hard_wrapped_pubmed_list_is_read():
    entries = plain.split((SHARED.parent / "citations/pubmed-summary.txt").read_text())
    assert len(entries) == 99
    assert all(entry.authors and entry.title and entry.container and entry.published for entry in entries)
    assert "-\n" not in "".join(entry.title or "" for entry in entries)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_offsets_are_characters_of_the_text_whatever_its_line_ends(end):
    text = CLASSIC.replace("\n", end)
    for entry in plain.split(text):
        assert text[entry.start : entry.end] == entry.raw


def test_a_first_line_of_a_reference_looks_like_one():
    assert plain.looks_like_reference("American Cancer Society (2018, October 17). What Is ALL?")


def test_an_address_that_touches_a_reference_looks_like_one():
    line = "https://www.cancer.net/allAmerican Cancer Society. Treating Leukemia (ALL)."
    assert plain.looks_like_reference(line)


@pytest.mark.parametrize("line", ["Leukemia is cancer of the blood.", "", "Program Highlights:", "https://cancer.org"])
def test_a_line_of_the_body_does_not(line):
    assert not plain.looks_like_reference(line)


PRINTED = st.sampled_from(
    (
        *("Smith JA, ", "Doe K. ", "et al.: ", "American Cancer Society ", "(2018, October 17). ", "https://a.org/b"),
        *("10.1000/x(1)", "2019;1(2):3-4. ", "J Clin Oncol 19 (22): 4224-37, 2001.", "PMID: 1. ", "1. ", "[2] ", "• "),
        *("\n", "\r\n"),
    )
)


@given(st.lists(PRINTED | st.text(max_size=12), max_size=30).map("".join))
def test_any_text_is_read_without_loss_between_first_and_last(text):
    entries = plain.split(text)
    end = entries[0].start if entries else 0
    for entry in entries:
        assert entry.start >= end
        assert entry.raw == text[entry.start : entry.end] == entry.raw.strip(" \t\r\n")
        between = text[end : entry.start]
        assert len(between.split()) <= 1, between
        end = entry.end


@pytest.mark.parametrize(
    "unit", ["A.", "Aa. ", "2018.Aa ", "a\n", " ", "(", "https://x.org/aB ", "Smith J, ", "1. A ", ";"]
)
def test_a_long_text_of_one_kind_does_not_hang(unit):
    assert plain.split(unit * (200_000 // len(unit))) == []
