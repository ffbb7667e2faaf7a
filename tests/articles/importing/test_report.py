import json

from articles.importing import report
from tests.articles.importing import reading

FOUND = report.as_json(reading.page("multiple-myeloma-run-together.txt"))


def test_it_is_json():
    assert json.loads(json.dumps(FOUND)) == FOUND


def test_sections_stand_in_the_order_of_the_file_with_the_references_among_them():
    keys = [section["key"] for section in FOUND["sections"]]
    assert keys[0] == "summary"
    assert keys[-3:] == ["references", "patient-stories", "expertise"]


def test_where_a_heading_comes_from_is_told():
    origins = {section["key"]: section["heading_origin"] for section in FOUND["sections"]}
    assert origins["summary"] == "none"
    assert origins["symptoms"] == origins["references"] == "proposed"
    assert origins["expertise"] == "seed"


def test_an_empty_section_says_so():
    assert [section["key"] for section in FOUND["sections"] if section.get("empty")] == ["patient-stories"]


def test_lists_are_told_with_their_labels():
    (row,) = FOUND["lists"]
    assert (row["section"], row["label"], row["ordered"], len(row["items"])) == (
        "expertise",
        "Program Highlights",
        False,
        3,
    )


def test_what_is_not_printed_is_null():
    assert FOUND["references"][2]["authors"] is None
    assert FOUND["review"]["reviewed_on"] is None
    assert FOUND["review"]["reviewed_on_candidate"] == "2023-06-02"


def test_a_published_date_is_told_as_such():
    manuscript = reading.read("Anemia\nPublished: May 4, 2021\nAnemia is a lack of red cells.")
    found = report.as_json(manuscript)
    assert found["published"]["value"] == "2021-05-04"
    assert found["printed_date"] is None


def test_citations_are_told_by_section():
    found = report.as_json(reading.page("glued-notes.txt"))
    assert {row["section"]: row["sources"] for row in found["citations"]} == {
        "summary": ["ref-1", "ref-2"],
        "symptoms": ["ref-1"],
        "prevention": ["ref-2", "ref-3"],
    }
