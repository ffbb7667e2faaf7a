"""Printed references of invented works in the styles that people paste, kind by kind."""

from dataclasses import asdict

import pytest

from references import pasting
from references.reading.records import Record

pytestmark = pytest.mark.pure

ARTICLE = {
    **{"kind": "journal", "authors": ("Roe JA", "Doe K"), "title": "On the blood of patients", "published": "2020"},
    **{"container": "Journal of Blood", "volume": "12", "issue": "3", "pages": "45-67"},
}
WITH_DOI = {**ARTICLE, "doi": "10.1000/b.1"}
BOOK = {
    "kind": "book",
    "authors": ("Roe JA",),
    "title": "Essential blood",
    "publisher": "Old Press",
    "published": "2019",
}
EIGHTH = {**BOOK, "edition": "8th"}
CHAPTER = {
    **{"kind": "book", "authors": ("Roe JA", "Doe K"), "title": "Marrow and its cells", "edition": "3rd"},
    **{"container": "Handbook of blood", "publisher": "Old Press", "published": "2018", "pages": "12-40"},
}
PAGE = {
    **{"kind": "web", "organization": "Invented Cancer Society", "title": "What is leukemia?"},
    **{"published": "2018-10-17", "accessed": "2026-11-01", "url": "https://example.org/leukemia"},
}
REPORT = {"kind": "report", "organization": "World Blood Organization", "title": "Blood 2022", "published": "2022"}
DATA = {
    **{"kind": "data", "authors": ("Roe J",), "title": "Blood counts of adults", "publisher": "Invented Repository"},
    **{"published": "2021", "doi": "10.1000/data.1"},
}
GUIDELINE = {"kind": "guideline", "organization": "Invented Leukemia Network", "title": "Guideline for leukemia"}

AMA = [
    ("Roe JA, Doe K. On the blood of patients. Journal of Blood. 2020;12(3):45-67. doi:10.1000/b.1", WITH_DOI),
    ("Roe JA. Essential blood. 8th ed. Old Press; 2019.", EIGHTH),
    (
        "Roe JA, Doe K. Marrow and its cells. In: Poe L, Moe M, eds. Handbook of blood. 3rd ed. Old Press; 2018:12-40.",
        CHAPTER,
    ),
    (
        "Invented Cancer Society. What is leukemia? Published October 17, 2018. Accessed November 1, 2026. "
        "https://example.org/leukemia",
        PAGE,
    ),
    ("World Blood Organization. Blood 2022. World Blood Organization; 2022.", REPORT),
    ("Roe J. Blood counts of adults. [Data set]. Invented Repository. 2021. doi:10.1000/data.1", DATA),
    (
        "Invented Leukemia Network. Guideline for leukemia. Published May 6, 2024. https://example.org/g",
        {**GUIDELINE, "published": "2024-05-06", "url": "https://example.org/g"},
    ),
]
VANCOUVER = [
    (
        "Roe JA, Doe K. On the blood of patients. Journal of Blood. 2020 Mar 4;12(3):45-67. doi: 10.1000/b.1. PMID: 7.",
        {**WITH_DOI, "published": "2020-03-04", "pmid": "7"},
    ),
    ("Roe JA, Doe K. On the blood of patients. Journal of Blood 2020;12(3):45-67.", ARTICLE),
    ("Roe JA. Essential blood. 8th ed. Chicago: Old Press; 2019. 412 p.", EIGHTH),
    (
        "Roe JA, Doe K. Marrow and its cells. In: Poe L, editor. Handbook of blood. 3rd ed. Chicago: Old Press; 2018. "
        "p. 12-40.",
        CHAPTER,
    ),
    (
        "Invented Cancer Society. What is leukemia? [Internet]. Boston: Invented Cancer Society; 2018 Oct 17 "
        "[cited 2026 Nov 1]. Available from: https://example.org/leukemia",
        PAGE,
    ),
]
APA = [
    (
        "Roe, J. A., & Doe, K. (2020). On the blood of patients. Journal of Blood, 12(3), 45–67. "
        "https://doi.org/10.1000/b.1",
        WITH_DOI,
    ),
    ("Roe, J. A. (2019). Essential blood (8th ed.). Old Press.", EIGHTH),
    (
        "Roe, J. A., & Doe, K. (2018). Marrow and its cells. In L. Poe & M. Moe (Eds.), Handbook of blood (3rd ed., "
        "pp. 12–40). Old Press.",
        CHAPTER,
    ),
    (
        "Invented Cancer Society. (2018, October 17). What is leukemia? Retrieved November 1, 2026, from "
        "https://example.org/leukemia",
        PAGE,
    ),
    (
        "World Blood Organization. (2022). Blood 2022 (Report No. 12). https://example.org/r.pdf",
        {**REPORT, "url": "https://example.org/r.pdf"},
    ),
    ("Roe, J. (2021). Blood counts of adults [Data set]. Invented Repository. https://doi.org/10.1000/data.1", DATA),
]
OTHERS = [
    (
        "Roe, Jane A., and Kim Doe. “On the blood of patients.” Journal of Blood, vol. 12, no. 3, 2020, pp. 45-67.",
        ARTICLE,
    ),
    ("Roe, Jane A., and Kim Doe. “On the blood of patients.” Journal of Blood 12, no. 3 (2020): 45–67.", ARTICLE),
    ("Roe, Jane. 2019. Essential blood. Chicago: Old Press.", {**BOOK, "authors": ("Roe J",)}),
]
ALL = [*AMA, *VANCOUVER, *APA, *OTHERS]


def known(record) -> dict:
    return {name: value for name, value in asdict(record).items() if value}


@pytest.mark.parametrize(("printed", "expected"), ALL)
def test_one_reference_is_read_field_by_field(printed, expected):
    (found,) = pasting.read(printed).found
    assert known(found.record) == expected


@pytest.mark.parametrize("mark", ["", "{n}. "])
def test_a_list_of_mixed_styles_is_read_like_each_alone(mark):
    text = "\n".join(mark.format(n=number) + printed for number, (printed, _expected) in enumerate(ALL, 1))
    reading = pasting.read(text)
    assert [known(found.record) for found in reading.found] == [expected for _printed, expected in ALL]
    assert [found.line for found in reading.found] == list(range(1, len(ALL) + 1))


@pytest.mark.parametrize("mark", ["*", "_", "**"])
def test_what_markdown_slants_is_read_like_the_rest(mark):
    text = f"Roe, J. A., & Doe, K. (2020). On the blood of patients. {mark}Journal of Blood{mark}, *12*(3), 45–67."
    assert pasting.read(text).found[0].record == Record(**ARTICLE)


def test_an_asterisk_behind_a_name_and_an_address_stay_as_they_are():
    [found] = pasting.read("Roe J*, Doe K*. On blood. J Blood. 2001;7:3. https://example.org/_a_/_b_.html").found
    assert (found.record.url, found.raw[:14]) == ("https://example.org/_a_/_b_.html", "Roe J*, Doe K*")
