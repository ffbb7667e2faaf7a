"""Times of day, also on the two days of a year on which the clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import clock

HERE = ZoneInfo("America/Los_Angeles")
FORWARD, BACK = date(2027, 3, 14), date(2027, 11, 7)


def unclear(day, at, zone=HERE):
    with pytest.raises(clock.UnclearTime) as found:
        clock.moment(day, at, zone)
    return found.value.twice, [f"{near:%H:%M %Z}" for near in found.value.neighbours]


def test_an_ordinary_time():
    assert clock.moment(date(2026, 11, 2), time(12), HERE) == datetime(2026, 11, 2, 20, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_has_neighbours():
    assert unclear(FORWARD, time(2, 30)) == (False, ["01:30 PST", "03:30 PDT"])


def test_a_time_that_the_clocks_show_twice_has_neighbours():
    assert unclear(BACK, time(1, 30)) == (True, ["00:30 PDT", "02:30 PST"])


def test_the_hours_beside_are_clear():
    for day, hour, utc in ((FORWARD, 1, 9), (FORWARD, 3, 10), (BACK, 0, 7), (BACK, 2, 10)):
        assert clock.moment(day, time(hour), HERE).astimezone(UTC).hour == utc


def test_half_an_hour_of_summer_time():
    assert unclear(date(2026, 4, 5), time(1, 45), ZoneInfo("Australia/Lord_Howe")) == (
        True,
        ["01:15 +11", "02:15 +1030"],
    )


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.sampled_from(["America/Los_Angeles", "Asia/Kolkata"])
)
def test_whatever_is_clear_is_what_the_clocks_show(naive, name):
    zone = ZoneInfo(name)
    try:
        found = [clock.moment(naive.date(), naive.time(), zone)]
    except clock.UnclearTime as no:
        found = list(no.neighbours)
        assert {near.astimezone(UTC).astimezone(zone).replace(tzinfo=None) for near in found} != {naive}
        assert all(clock.moment(near.date(), near.timetz().replace(tzinfo=None), zone) == near for near in found)
    else:
        assert found[0].astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("America/Los_Angeles", "Nov. 2, 2026, noon (PST, UTC-8)"),
        ("Asia/Kolkata", "Nov. 3, 2026, 1:30 a.m. (IST, UTC+5:30)"),
        ("America/Sao_Paulo", "Nov. 2, 2026, 5 p.m. (UTC-3)"),
        ("UTC", "Nov. 2, 2026, 8 p.m. (UTC+0)"),
    ],
)
def test_a_time_is_said_with_its_zone(settings, name, words):
    settings.TIME_ZONE = name
    assert clock.said(datetime(2026, 11, 2, 20, tzinfo=UTC)) == words
