from datetime import date

import pytest

from articles import importing
from tests.articles.importing import reading

PAGES = {path.name: reading.page(path.name) for path in reading.PAGES.iterdir()}


def test_it_works():
    manuscript = PAGES["multiple-myeloma-run-together.txt"]
    assert manuscript.content.title == "Multiple Myeloma"
    assert manuscript.review.reviewer.institution == "Northfield Cancer Center"
    assert len(manuscript.content.sources) == 3
    assert [s.anchor for s in manuscript.content.sections][-2:] == ["patient-stories", "expertise"]


@pytest.mark.parametrize(
    ("name", "reviewer", "reviewed_on"),
    [
        ("reviewed-on-date.txt", "Jane Roe", "2023-03-03"),
        ("semicolon-byline.txt", "Robert K. Doe Jr.", ""),
        ("written-and-reviewed.txt", "Sam Stone", ""),
        ("hard-wrapped.txt", "Anna de la Cruz", "2021-02-11"),
        ("copied-from-a-browser.txt", "Mara Quill", ""),
        ("trombocitopenia.txt", "Lucía Campos", "2022-04-12"),
        ("apa-and-promotion.txt", "Northfield Editorial Board", ""),
        ("page.html", "Teo Vega", "2023-09-01"),
    ],
)
def test_review_lines_of_many_sites_are_read(name, reviewer, reviewed_on):
    review = PAGES[name].review
    assert (review.reviewer.name, review.reviewed_on) == (reviewer, reviewed_on)


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("semicolon-byline.txt", ["OVERVIEW", "SYMPTOMS", "TREATMENT"]),
        ("written-and-reviewed.txt", ["Who gets it", "What to do"]),
        ("hard-wrapped.txt", ["What happens in MDS", "Treatment"]),
        ("markdown.txt", ["Why it is done", "After the test"]),
        ("trombocitopenia.txt", ["¿Cuáles son las causas?", "Síntomas", "Tratamiento"]),
        ("hebrew.txt", ["תסמינים", "טיפול"]),
        ("glued-notes.txt", ["Symptoms", "Prevention"]),
        ("old-soup.html", ["Symptoms", "Treatment"]),
        ("leucemia-aguda.html", ["Síntomas", "Tratamiento"]),
    ],
)
def test_printed_headings_are_found(name, headings):
    assert reading.headings(PAGES[name]) == headings
    assert PAGES[name].proposed_headings == frozenset()


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("written-and-reviewed.txt", ["ref-1", "ref-2", "ref-1", "ref-3"]),
        ("hard-wrapped.txt", ["ref-1", "ref-2", "ref-1", "ref-2", "ref-3"]),
        ("glued-notes.txt", ["ref-1", "ref-2", "ref-1", "ref-2", "ref-3"]),
        ("page.html", ["ref-1", "ref-2", "ref-3", "ref-1", "ref-3"]),
        ("markdown.txt", []),
    ],
)
def test_markers_become_citations(name, marks):
    assert [mark.key for mark in PAGES[name].content.marks()] == marks


def test_the_demonstration_manuscripts_are_read_whole():
    folder = reading.PAGES.parents[3] / "demo"
    for path in folder.glob("*.txt"):
        manuscript = importing.read(path.read_bytes(), path.name, today=date(2026, 11, 23))
        assert not reading.lost(path.read_text(), manuscript), path.name
        assert manuscript.review.reviewer.credentials
        assert len(manuscript.content.sources) > 6
        assert not manuscript.leftovers


def test_reading_twice_gives_the_same_value():
    assert reading.page("page.html") == PAGES["page.html"]


def test_the_fingerprint_is_that_of_the_file():
    assert PAGES["hebrew.txt"].sha256 != PAGES["markdown.txt"].sha256
    assert len(PAGES["hebrew.txt"].sha256) == 64
