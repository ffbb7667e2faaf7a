"""What is written is read back as it was, in every format."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import writing
from references.reading.records import Record
from tests.references.records import read, records

every_format = pytest.mark.parametrize("extension", writing.FORMATS)
ROE = Record(kind="journal", authors=("Roe JA", "Doe K Jr"), title="On blood", published="2018-10-17", pages="3-5")


@every_format
@given(known=st.lists(records(), min_size=1, max_size=3))
def test_records_come_back_unchanged(extension, known):
    again = read(writing.write(known, extension))
    assert (again.format, again.problems) == (extension, ())
    assert [found.record for found in again.found] == known


@every_format
def test_no_records_make_an_empty_file(extension):
    assert writing.write([], extension).strip() in {"", "[]"}


def test_ris_is_written_as_other_programs_read_it():
    lines = writing.write([ROE], "ris").split("\r\n")
    assert lines[:4] == ["TY  - JOUR", "AU  - Roe, JA", "AU  - Doe, K, Jr", "TI  - On blood"]
    assert {"DA  - 2018/10/17/", "SP  - 3", "EP  - 5"} < set(lines)
    assert lines[-2:] == ["ER  - ", ""]


def test_an_organization_stays_one_in_ris():
    assert "AU  - Example Society,\r\n" in writing.write([Record(title="x", organization="Example Society")], "ris")


def test_nbib_is_written_as_pubmed_writes_it():
    text = writing.write([ROE], "nbib")
    assert text.startswith("PMID- \nAU  - Roe JA\nAU  - Doe K Jr\nTI  - On blood.\nDP  - 2018 Oct 17\n")


def test_bibtex_protects_capitals_and_escapes_signs():
    text = writing.write([Record(title="R&D of CAR_T", authors=("Roe J",), published="2018-10")], "bib")
    assert text.startswith("@online{roe2018,\n  author = {Roe, J},\n  title = {{R\\&D of CAR\\_T}},\n")
    assert "  month = oct,\n" in text


def test_entries_of_one_file_have_names_of_their_own():
    items = json.loads(writing.write([ROE, ROE, Record(title="Über x")], "json"))
    assert [item["id"] for item in items] == ["roe2018", "roe2018-2", "uberx"]


def test_csl_keeps_the_parts_of_a_name():
    (item,) = json.loads(writing.write([ROE], "json"))
    assert item["author"] == [{"family": "Roe", "given": "JA"}, {"family": "Doe", "given": "K", "suffix": "Jr"}]
    assert item["issued"] == {"date-parts": [[2018, 10, 17]]}
