import pytest

from articles.importing import bylines
from tests.articles.importing import reading

BODY = "\n\nFatigue is a common side effect of treatment, and it can last for months."


def said(*lines):
    return reading.read("Fatigue\n" + "\n".join(lines) + BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Medically reviewed by Jane Roe, MD, PhD on March 3, 2023",
        "Medically Reviewed by: Jane Roe, MD, PhD (March 3, 2023)",
        "Reviewed on March 3, 2023 by Jane Roe, MD, PhD",
        "This page was medically reviewed by Jane Roe, MD, PhD. Last reviewed: March 3, 2023.",
        "Last reviewed by Jane Roe, MD, PhD, on 3 March 2023",
        "Clinically reviewed and approved by Jane Roe, MD, PhD | Date reviewed: March 3, 2023",
        "Content reviewed by Jane Roe, MD, PhD. Date of last review: March 3, 2023",
        "Review date: March 3, 2023 Reviewed by: Jane Roe, MD, PhD. Review provided by an agency.",
        "Revisado por: Jane Roe, MD, PhD. Última revisión: 3 de marzo de 2023",
    ],
)
def test_reviewer_and_date_of_review_are_read(line):
    review = said(line).review
    assert review.statement == line
    assert (review.reviewer.name, review.reviewer.credentials) == ("Jane Roe", ("MD", "PhD"))
    assert review.reviewed_on == "2023-03-03"


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Last updated: May 2022", "updated", "2022-05"),
        ("This page was updated on July 20, 2022.", "updated", "2022-07-20"),
        ("Published: November 3, 2025", "published", "2025-11-03"),
        ("Posted on 2020-01-02", "published", "2020-01-02"),
        ("Last medical review: 4/19/2024", "reviewed", "2024-04-19"),
        ("Next review due: June 2027", "next review", "2027-06"),
        ("**Last updated:** 2022-08-30", "updated", "2022-08-30"),
        ("Page last reviewed: 24 May 2023", "reviewed", "2023-05-24"),
        ("Date last reviewed: 2023-05-24", "reviewed", "2023-05-24"),
        ("Last annual review date: 2023-05-24", "reviewed", "2023-05-24"),
        ("Review due: May 2027", "next review", "2027-05"),
        ("Review date: May 2025", "review date", "2025-05"),
        ("Date: May 4, 2021", "", "2021-05-04"),
        ("May 4, 2021 | 6 min read", "", "2021-05-04"),
    ],
)
def test_a_printed_date_keeps_its_label(line, label, value):
    (date,) = said(line).printed_dates
    assert (date.label, date.value, date.line) == (label, value, 2)


@pytest.mark.parametrize("line", ["May 4, 2021", "Last updated: May 4, 2021", "Published May 4, 2021"])
def test_no_other_date_is_taken_for_a_review_date(line):
    manuscript = said(line, "Reviewed by Jane Roe, MD")
    assert manuscript.review.reviewed_on == ""


def test_a_review_date_that_may_be_the_next_one_is_not_taken():
    manuscript = said("Updated: April 2024 Review date: April 2026")
    assert manuscript.review is None
    assert any("may be the last review or the next" in note for note in manuscript.notes)


def test_a_name_on_the_line_after_its_label_belongs_to_it():
    manuscript = said("Medically reviewed by", "", "Jane Roe, MD", "Updated on", "May 4, 2021")
    assert manuscript.review.statement == "Medically reviewed by Jane Roe, MD"
    assert manuscript.printed_dates[0].label == "updated"


def test_several_labels_in_one_line_are_taken_apart():
    manuscript = said("Written by Paula Penn, RN Reviewed by Jane Roe, MD; Last updated: May 2022")
    assert manuscript.review.reviewer.name == "Jane Roe"
    assert manuscript.printed_dates[0].value == "2022-05"


@pytest.mark.parametrize("lines", [["By Northfield Clinic Staff"], ["By", "Sam Stone"], ["By Sam Stone, RN"]])
def test_who_wrote_the_page_is_kept_aside(lines):
    assert [rest.text for rest in said(*lines).leftovers] == [" ".join(lines)]


def test_an_author_is_no_reviewer_and_is_kept():
    manuscript = said("Written by Paula Penn, RN")
    assert manuscript.review is None
    assert [rest.text for rest in manuscript.leftovers] == ["Written by Paula Penn, RN"]


def test_a_name_without_a_label_is_kept_and_reported():
    manuscript = said("Jane Roe, MD, Northfield Hospital")
    assert manuscript.review is None
    assert any("names a person without saying what for" in note for note in manuscript.notes)


def test_two_reviewers_are_both_kept_and_reported():
    manuscript = said("Reviewed by Jane Roe, MD", "Medically reviewed by Sam Stone, DO")
    assert [person.name for person in manuscript.review.reviewers] == ["Jane Roe", "Sam Stone"]
    assert any("2 reviewers are named (Jane Roe; Sam Stone)" in note for note in manuscript.notes)


def test_a_byline_at_the_foot_of_the_page_counts():
    manuscript = reading.read(f"Fatigue{BODY}\n\nMedically reviewed by Jane Roe, MD\nLast reviewed: May 4, 2021")
    assert manuscript.review.reviewed_on == "2021-05-04"


def test_a_date_in_the_last_line_counts():
    manuscript = reading.read(f"Fatigue{BODY}\nLast updated on Friday, March 07, 2014")
    assert [(date.label, date.value) for date in manuscript.printed_dates] == [("updated", "2014-03-07")]


def test_a_review_date_of_the_future_is_reported_and_not_taken():
    manuscript = said("Reviewed by Jane Roe, MD on March 3, 2099")
    assert manuscript.review.reviewed_on == ""
    assert any("“March 3, 2099” (line 2) is a date in the future" in note for note in manuscript.notes)


def test_an_impossible_date_is_reported_and_not_taken():
    manuscript = said("Last reviewed: February 30, 2023")
    assert manuscript.review.reviewed_on == manuscript.printed_dates[0].value == ""
    assert any("not a day of the calendar" in note for note in manuscript.notes)


@pytest.mark.parametrize(
    "sentence",
    [
        "Reviewed by the agency in a trial of 300 people, the drug was approved in 2019.",
        "Updated guidelines of 2023 changed how doctors treat it.",
        "Review your medicines with your doctor.",
        "Published studies from 2020 show that exercise helps.",
        "Written by hand, the list is easy to carry.",
        "This was reviewed by Jane Roe, MD",
    ],
)
def test_a_sentence_of_the_page_is_no_byline(sentence):
    assert bylines.read(sentence) == ()
