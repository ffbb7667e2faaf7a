import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.reading import dates


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2018, October 17", "2018-10-17"),
        ("2022, November", "2022-11"),
        ("2018", "2018"),
        ("2018a", "2018"),
        ("October 17, 2018", "2018-10-17"),
        ("Oct. 17, 2018", "2018-10-17"),
        ("OCTOBER 17, 2018", "2018-10-17"),
        ("17 October 2018", "2018-10-17"),
        ("17th October 2018", "2018-10-17"),
        ("3-May-2022", "2022-05-03"),
        ("Sept 2020", "2020-09"),
        ("2020 Jan 30", "2020-01-30"),
        ("2018-10-17", "2018-10-17"),
        ("2018/10/17", "2018-10-17"),
        ("12/2017", "2017-12"),
        ("1/24/2022", "2022-01-24"),
        ("24/1/2022", "2022-01-24"),
        ("2/2/2022", "2022-02-02"),
    ],
)
def test_a_date_is_as_precise_as_it_is_printed(printed, iso):
    assert dates.partial(printed) == iso


@pytest.mark.parametrize(
    "printed",
    [
        "2020 Jan-Feb",
        "Jan/Feb 2020",
        "December 7-10, 2020",
        "2020 Spring",
        "Winter 2020",
        "2020–2021",
        "2020-21",
        "2020 Jan-",
    ],
)
def test_a_range_or_a_season_gives_the_year(printed):
    assert dates.partial(printed) == "2020"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [("5/3/2020", "2020"), ("2018, February 31", "2018-02"), ("2010-12", "2010"), ("13/2020", "2020")],
)
def test_what_is_ambiguous_or_impossible_is_left_out(printed, iso):
    assert dates.partial(printed) == iso


@pytest.mark.parametrize("printed", ["n.d.", "in press", "October 17", "", "1234567"])
def test_no_year_no_date(printed):
    assert dates.partial(printed) is None


@given(st.from_regex(dates.DATE, fullmatch=True))
def test_every_printed_date_gives_a_partial_iso_date(printed):
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", dates.partial(printed) or "")
