"""Reference files are told apart by content; a bad record spoils no other; rubbish is refused soon and clearly."""

import time

import pytest

from references import writing
from references.reading.records import Record
from tests.references.records import faults, one, read, refusal

RIS = "TY  - JOUR\nTI  - On blood\nER  - \n"
NBIB = "PMID- 123\nTI  - On blood.\n"
BIB = "@article{roe, title = {On blood}}\n"
CSL = '[{"type": "article-journal", "title": "On blood"}]'
PRINTED = "1. Roe J. On blood. J Blood. 2001;7(1):3-5.\n2. Doe K. On marrow. J Blood. 2002;8(1):6-9.\n"
EVERY = {"ris": RIS, "nbib": NBIB, "bib": BIB, "json": CSL, "text": PRINTED}
VARIANTS = 8  # records at most in each file of an exporter


@pytest.mark.parametrize("format", EVERY)
def test_a_format_is_known_by_content_whatever_the_name(format):
    reading = read(EVERY[format], "misleading.ris")
    assert (reading.format, reading.problems) == (format, ())
    assert reading.found[0].record.title == "On blood"


@pytest.mark.parametrize("format", EVERY)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_marks_of_the_encoding_make_no_difference(format, ends, encoding):
    plain = read(EVERY[format])
    assert read(EVERY[format].replace("\n", ends).encode(encoding)).found == plain.found


def test_what_exporters_write_around_records_is_no_record():
    text = f"Record #3 of 18\nProvider: Example, Ltd.\n\n{RIS}\n\n2. \n{RIS}\n\n 3.\n"
    assert len(read(text).found) == 2
    assert faults(text) == []


def test_a_record_without_its_last_line_is_read():
    assert [f.record.title for f in read(RIS.replace("ER  - \n", "") * 2).found] == ["On blood", "On blood"]


ON_BLOOD = "Roe J. On blood. J Blood. 2001;7(1):3-5."


@pytest.mark.parametrize(
    ("format", "text", "line"),
    [
        ("ris", f"{RIS}TY  - JOUR\nAU  - Roe, J\nER  - \n{RIS}", 4),
        ("ris", f"{RIS}AU  - Roe, J\nTI  - Lost\nER  - \n{RIS}", 4),
        ("nbib", f"{NBIB}\nPMID- 124\nAU  - Roe J\n\n{NBIB}", 4),
        ("bib", f"{BIB}@article{{doe, title = {{Never closed}}\n{BIB}", 2),
        ("bib", f"{BIB}@article{{doe, year = 2001}}\n{BIB}", 2),
        ("json", '[\n {"title": "On blood"},\n {"title": },\n {"title": "On blood"}\n]', 3),
        ("json", '[{"title": "On blood"},\n 17,\n {"title": "On blood"}]', 2),
        ("text", f"{ON_BLOOD}\n\nCall Kim about this\n\n{ON_BLOOD}", 3),
    ],
)
def test_a_bad_record_is_named_by_its_line_and_does_not_stop_the_rest(format, text, line):
    reading = read(text)
    assert (reading.format, [f.record.title for f in reading.found]) == (format, ["On blood", "On blood"])
    assert [problem.line for problem in reading.problems] == [line]
    (problem,) = reading.problems
    assert problem.message.endswith(".")
    assert text.split("\n")[line - 1].strip() in problem.text


@pytest.mark.parametrize("text", ["Good morning.", "[]", "{}", "@comment{nothing}", "a - b\n" * 50])
def test_a_text_without_references_says_so(text):
    assert read(text).found == ()
    assert len(read(text).problems) == 1


@pytest.mark.parametrize("data", [b"", b"   ", b"%PDF-1.7 x", b"PK\x03\x04abc", b"\x00\x01\x02" * 99])
def test_what_is_no_text_is_refused_by_name(data):
    assert refusal(data, "picture.ris").startswith("picture.ris: ")


def test_a_file_that_is_too_large_is_refused():
    assert "too large" in refusal(b"x" * 10_000_000)
    assert "more than 10000 records" in refusal(RIS.encode() * 10_001)
    assert "too long for a printed list" in refusal(b"word " * 200_000)


@pytest.mark.parametrize(
    "bomb", ["[" * 2_000_000, '{"a":' * 500_000, '[{"title":' * 300_000, '[{"volume": ' + "9" * 4_000_000]
)
def test_nested_json_is_a_problem_and_no_crash(bomb):
    reading = read(bomb)
    assert (reading.found, len(reading.problems)) == ((), 1)


@pytest.mark.parametrize(
    "rubbish",
    [
        "@article{x, " + "{" * 4_000_000,
        "@a{" * 1_500_000,
        "@article{x, a = " + '"' * 4_000_000,
        "@article{x, author = {" + "and " * 1_000_000 + "}, title={x}}",
        "@article{x, title = {" + "\\'" * 2_000_000 + "}}",
        "TY  - JOUR\n" + "TI  - " + "<sup>" * 900_000,
        "TY  - JOUR\n" + "more\n" * 900_000,
        "TY  - JOUR\nAU  - " + ";" * 4_000_000,
        "PMID- 1\nTI  - " + " " * 4_900_000 + "x",
        '[{"title": "' + "&" * 4_900_000 + '"}]',
    ],
    ids=lambda text: text[:20],
)
def test_five_megabytes_of_rubbish_take_bounded_time(rubbish):
    start = time.process_time()
    read(rubbish)
    assert time.process_time() - start < 10


def test_a_printed_list_is_read_name_by_name():
    text = "1. Roe JA, Doe K, et al. On blood. J Blood. 2001;7(1):3-5. doi:10.1000/x1\n2. Example Society. What is it? https://example.org/what\n"
    first, second = (found.record for found in read(text).found)
    assert (first.kind, first.authors, first.pages) == ("journal", ("Roe JA", "Doe K", "et al"), "3-5")
    assert (second.kind, second.authors, second.organization) == ("web", (), "Example Society")


# -- real files ----------------------------------------------------------------------------------------------------


def test_every_exporter_is_read_without_a_fault(shared_data):
    files = sorted((shared_data / "citations" / "variants").glob("*.ris"))
    assert len(files) == 25
    for file in files:
        reading = read(file.read_bytes(), file.name)
        assert reading.problems == (), file.name
        assert len(reading.found) == file.read_text().count("TY  -") or reading.format == "nbib", file.name
        assert all(found.record.published and found.record.container for found in reading.found), file.name


def test_the_same_thirty_articles_come_out_of_four_formats(shared_data):
    names = ["leukemia.ris", "leukemia.nbib", "leukemia.bib", "leukemia.csl.json"]
    read_ones = [read((shared_data / "citations" / name).read_bytes(), name).found for name in names]
    known = [
        [(f.record.title, f.record.pmid, f.record.doi, f.record.pages, f.record.container) for f in found]
        for found in read_ones
    ]
    assert [len(found) for found in known] == [30] * 4
    assert known[1:] == known[:1] * 3


def test_a_library_of_zotero_is_read_from_ris_and_bibtex_alike(shared_data):
    ris, bib = (read((shared_data / "citations" / f"zotero-export.{end}").read_bytes()).found for end in ("ris", "bib"))
    assert len(ris) == len(bib) == 60
    for one_of_ris, one_of_bib in zip(ris, bib, strict=True):
        assert (one_of_ris.record.title, one_of_ris.record.volume) == (
            one_of_bib.record.title,
            one_of_bib.record.volume,
        )
        assert one_of_ris.record.published == one_of_bib.record.published


@pytest.mark.parametrize("extension", writing.FORMATS)
def test_real_records_come_back_unchanged_from_every_format(shared_data, extension):
    for file in sorted((shared_data / "citations").rglob("*.*")):
        if file.suffix != ".md":
            known = [found.record for found in read(file.read_bytes(), file.name).found]
            again = read(writing.write(known, extension))
            assert ([found.record for found in again.found], again.problems) == (known, ())


def test_one_helper_reads_one_record():
    assert one(RIS) == Record(kind="journal", title="On blood")
