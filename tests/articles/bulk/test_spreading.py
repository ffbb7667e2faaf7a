"""Many due dates over some weeks."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bulk import spreading

pytestmark = pytest.mark.pure
MONDAY = date(2026, 11, 30)


def test_a_thousand_pages_fall_due_on_as_many_days_as_there_are_and_evenly():
    found = spreading.spread(dict.fromkeys(range(1000)), spreading.working_days(MONDAY, 10))
    assert set(Counter(found.values()).values()) == {20}
    assert all(day.weekday() < 5 for day in found.values())


def test_what_is_due_first_stays_first_and_a_limit_within_the_weeks_comes_before_all():
    days = spreading.working_days(MONDAY, 1)
    due = {1: MONDAY + timedelta(days=3), 2: MONDAY, 3: MONDAY + timedelta(days=9), 4: None, 5: MONDAY}
    limits = {1: None, 2: MONDAY + timedelta(days=900), 3: MONDAY + timedelta(days=1), 4: None, 5: None}
    found = spreading.spread(limits, days, due=due)
    assert sorted(found, key=lambda one: found[one]) == [3, 2, 5, 1, 4]


@given(
    st.dictionaries(st.integers(1, 10**6), st.none() | st.integers(-100, 400), min_size=1, max_size=300),
    st.integers(1, 60),
    st.integers(0, 6),
)
def test_no_page_is_beyond_its_limit_and_no_day_has_more_than_one_more_than_another(limits, weeks, shift):
    days = spreading.working_days(MONDAY + timedelta(days=shift), weeks)
    until = {one: None if limit is None else MONDAY + timedelta(days=limit) for one, limit in limits.items()}
    found = spreading.spread(until, days)
    assert set(found) == set(limits)
    assert all(until[one] is None or day <= until[one] for one, day in found.items())
    free = Counter(found[one] for one in limits if until[one] is None or until[one] > days[-1])
    assert max(free.values(), default=0) <= -(-len(limits) // len(days))
    assert spreading.spread(dict(reversed(until.items())), days) == found
