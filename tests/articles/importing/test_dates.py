from datetime import date

import pytest

from articles.importing import dates


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("April 19, 2024", "2024-04-19"),
        ("Apr. 19 2024", "2024-04-19"),
        ("19 April 2024", "2024-04-19"),
        ("Friday, March 07, 2014", "2014-03-07"),
        ("Sept 3rd, 2021", "2021-09-03"),
        ("2024-04-19", "2024-04-19"),
        ("November 2022", "2022-11"),
        ("12 de abril de 2022", "2022-04-12"),
        ("12 de abril del 2022", "2022-04-12"),
        ("4/19/2024", "2024-04-19"),
        ("19.04.2024", "2024-04-19"),
    ],
)
def test_a_printed_date_is_read_as_precisely_as_it_is_printed(printed, value):
    found = dates.only_date(printed)
    assert (found.value, found.as_printed) == (value, printed)


def test_a_date_that_can_be_two_days_is_worth_its_year():
    assert dates.only_date("04/05/2024").value == "2024"


@pytest.mark.parametrize("printed", ["February 30, 2023", "April 31, 2024", "2024-13-01", "31/31/2024"])
def test_an_impossible_date_has_no_value(printed):
    assert dates.only_date(printed).value == ""


@pytest.mark.parametrize("text", ["2024", "In April 2024 we met", "Acute leukemia", "April", "12-34-5678", ""])
def test_what_is_not_only_a_date_is_none(text):
    assert dates.only_date(text) is None


def test_every_date_of_a_line_is_found_in_order():
    found = list(dates.find("Posted May 2, 2020; updated 3 June 2021."))
    assert [one.value for one in found] == ["2020-05-02", "2021-06-03"]


@pytest.mark.parametrize(
    ("value", "future"), [("2026-11-24", True), ("2026-11-23", False), ("2026", False), ("2027", True)]
)
def test_a_partial_date_is_of_the_future_only_if_all_of_it_is(value, future):
    assert dates.lies_after(value, date(2026, 11, 23)) is future
