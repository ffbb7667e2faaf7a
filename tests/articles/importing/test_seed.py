"""The page the project began with, compared with the parse that a careful editor wrote by hand."""

import json

import pytest

from articles.importing import report
from tests.articles.importing import reading


@pytest.fixture(scope="module")
def seed(shared_data):
    return (shared_data / "seed" / "acute-lymphocytic-leukemia.txt").read_bytes()


@pytest.fixture(scope="module")
def found(seed):
    return report.as_json(reading.read(seed, "acute-lymphocytic-leukemia.txt"))


@pytest.fixture(scope="module")
def expected(shared_data):
    return json.loads((shared_data / "seed" / "expected.json").read_text())


@pytest.mark.parametrize("name", ["title", "aliases", "lists"])
def test_it_reads_what_the_editor_read(found, expected, name):
    assert found[name] == expected[name]


def test_the_date_without_a_label_is_no_review_date(found, expected):
    for name in ("value", "as_printed", "source_line"):
        assert found["printed_date"][name] == expected["published"][name]
    assert found["review"]["reviewed_on"] is None


@pytest.mark.parametrize("name", ["statement", "source_line", "reviewer", "reviewed_on", "reviewed_on_candidate"])
def test_the_review_statement_is_taken_apart(found, expected, name):
    assert found["review"][name] == expected["review"][name]


def test_the_policy_is_named(found, expected):
    assert found["review"]["policy"].items() <= expected["review"]["policy"].items()


def test_sections_have_keys_headings_and_origins(found, expected):
    names = ("key", "heading", "heading_origin", "role")
    assert [{n: s[n] for n in names} for s in found["sections"]] == [
        {n: s[n] for n in names} for s in expected["sections"]
    ]


def _block(block):
    return {name: block[name] for name in ("type", "text", "sentences", "items", "ordered", "label") if name in block}


def test_every_block_is_where_it_was_printed(found, expected):
    for ours, theirs in zip(found["sections"], expected["sections"], strict=True):
        assert [_block(b) for b in ours["blocks"]] == [_block(b) for b in theirs["blocks"]]
        told = [
            (b, e["source_line"]) for b, e in zip(ours["blocks"], theirs["blocks"], strict=True) if "source_line" in e
        ]
        assert all(block["source_line"] == line for block, line in told)


def _sentences(sections):
    for section in sections:
        for block in section["blocks"]:
            yield from block.get("sentences", ())
            yield from (s for item in block.get("items", ()) for s in item["sentences"])


def test_all_34_sentences_are_there_once_and_in_order(found, expected):
    ours = list(_sentences(found["sections"]))
    assert ours == list(_sentences(expected["sections"]))
    assert len(ours) == expected["verification"]["body_sentences"] == 34


def test_the_references_that_run_together_are_eight(found, expected):
    names = ("n", "publisher", "published", "published_as_printed", "title", "url", "raw")
    assert [{n: r[n] for n in names} for r in found["references"]] == [
        {n: r[n] for n in names} for r in expected["references"]
    ]


def test_references_that_no_marker_uses_are_uncited_and_reported(seed):
    manuscript = reading.read(seed)
    assert manuscript.uncited == tuple(f"ref-{n}" for n in range(1, 9))
    assert any("References 1, 2, 3, 4, 5, 6, 7, 8 are not cited" in note for note in manuscript.notes)


def test_stories_and_expertise_are_institutional(seed):
    kinds = {section.anchor: section.kind for section in reading.read(seed).content.sections}
    assert {anchor for anchor, kind in kinds.items() if kind == "institutional"} == {"patient-stories", "expertise"}


def test_the_empty_stories_block_is_kept_and_reported(seed):
    manuscript = reading.read(seed)
    assert reading.body(manuscript, "patient-stories") == ""
    assert any("“Leukemia Patient Stories” came in empty" in note for note in manuscript.notes)


def test_the_highlights_become_a_list_under_their_label(seed):
    body = reading.body(reading.read(seed), "expertise")
    assert "<h3>Program Highlights</h3><ul><li>A multidisciplinary team" in body
    assert body.count("<li>") == 8


def test_headings_that_were_lost_are_proposals(seed):
    assert reading.read(seed).proposed_headings == {
        "what-is", "how-common", "symptoms", "diagnosis", "staging", "treatment",
    }  # fmt: skip
