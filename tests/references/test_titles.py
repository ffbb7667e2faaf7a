"""Titles that are nearly the same, and words by which a source is found."""

import pytest

from references import titles

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is example disease?", "WHAT IS EXAMPLE DISEASE"),
        ("The treatment of example disease", "Treatment of Example Disease."),
        ("Traitement de la leucémie aiguë", "Traitement de la leucemie aigue"),
        ("Treatment of example disease: a randomized trial", "Treatment of example disease"),
        ("Outcomes of treatment in adults with leukemia", "Outcome of treatment in adults with leukemia"),
        (
            "A practical guide for patients to living well with chronic lymphocytic leukemia",
            "Practical guide for patients to living with chronic lymphocytic leukemia",
        ),
        ("Facts & figures about leukemia", "Facts and figures about leukemia"),
    ],
)
def test_it_works(one, other):
    assert titles.alike(one, other)
    assert set(titles.ends(one)) & set(titles.ends(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leukemia: facts and figures", "Leukemia: questions to ask"),
        ("Cancer facts and figures 2023", "Cancer facts and figures 2024"),
        ("Treatment of adults", "Treatment of children"),
        ("Tests for Acute Lymphocytic Leukemia (ALL)", "Treating Acute Lymphocytic Leukemia (ALL)"),
        ("", "Treatment"),
    ],
)
def test_other_works_are_not_alike(one, other):
    assert not titles.alike(one, other)


def test_the_year_may_be_unknown_or_the_next_one():
    assert titles.same_year("2023-12", "2024")
    assert titles.same_year("", "2024")
    assert not titles.same_year("2022", "2024-01-17")


def test_words_are_of_one_spelling_in_every_script():
    assert titles.words("Müller-Łódź’s 10² ② ἀρχή") == ["muller", "lodzs", "102", "2", "αρχη"]
    assert titles.squeezed("10.1000/ABC.1") == "101000abc1"
