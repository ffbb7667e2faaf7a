"""Dates are derived, and cannot lie."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import dates
from articles.dates import Attestation, add_months, last_full

JAN, FEB, MAR, APR = (date(2026, month, 10) for month in (1, 2, 3, 4))
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def full(digest: str, on: date, review_id: int | None = None) -> Attestation:
    return Attestation(digest=digest, scope="full", on=on, review_id=review_id)


def changes(base: str, digest: str, on: date) -> Attestation:
    return Attestation(digest=digest, scope="changes", on=on, base_digest=base)


# -- last reviewed -------------------------------------------------------------------------------------------------


def test_it_works():
    assert last_full("b", [full("a", JAN), changes("a", "b", FEB)]) == full("a", JAN)


def test_a_page_nobody_attested_was_never_reviewed():
    assert last_full("a", []) is None
    assert last_full("a", [full("b", JAN)]) is None


def test_a_review_of_changes_never_moves_the_date():
    line = [full("a", JAN), changes("a", "b", FEB), changes("b", "c", MAR)]
    assert last_full("c", line).on == JAN


def test_a_full_review_along_the_line_does():
    line = [full("a", JAN), changes("a", "b", FEB), full("b", MAR), changes("b", "c", APR)]
    assert last_full("c", line).on == MAR


def test_reviewed_again_without_a_change_moves_it_too():
    assert last_full("a", [full("a", JAN), full("a", MAR)]).on == MAR


def test_a_broken_line_has_no_date():
    assert last_full("c", [full("a", JAN), changes("b", "c", MAR)]) is None
    assert last_full("b", [changes("a", "b", MAR)]) is None


def test_words_that_branched_off_do_not_count():
    assert (
        last_full("b", [full("a", JAN), changes("a", "b", FEB), full("other", MAR), changes("a", "other", APR)]).on
        == JAN
    )


def test_going_back_to_older_words_goes_back_to_their_date():
    line = [full("a", JAN), changes("a", "b", FEB), full("b", MAR)]
    assert last_full("a", line).on == JAN


def test_a_full_review_of_words_that_had_moved_on_does_not_date_the_new_ones():
    line = [full("a", JAN), changes("a", "b", FEB), full("a", MAR)]
    assert last_full("b", line).on == JAN
    assert last_full("a", line).on == MAR


def test_a_change_reviewed_again_after_it_takes_the_later_date_along():
    line = [full("a", JAN), changes("a", "b", FEB), full("a", MAR), changes("a", "b", APR)]
    assert last_full("b", line).on == MAR


def test_two_steps_there_and_back_are_no_trap():
    line = [full("a", JAN), changes("a", "b", FEB), changes("b", "a", MAR)]
    assert last_full("a", line).on == JAN
    assert last_full("b", line).on == JAN
    assert last_full("x", [changes("x", "y", JAN), changes("y", "x", FEB)]) is None


def test_a_whole_line_can_be_of_one_day():
    line = [full("a", JAN), changes("a", "b", JAN), changes("b", "c", JAN), changes("c", "a", JAN)]
    assert last_full("c", line).on == JAN
    assert last_full("x", [changes("x", "y", JAN), changes("y", "x", JAN)]) is None


def test_of_two_full_reviews_on_one_day_the_later_row_is_shown():
    assert last_full("a", [full("a", JAN, 7), full("a", JAN, 9), full("a", JAN, 8)]).review_id == 9


FEW_DAYS = st.sampled_from([JAN, FEB, MAR, APR])
DIGESTS = st.sampled_from("abcd")
ROWS = st.lists(
    st.one_of(st.builds(full, DIGESTS, FEW_DAYS), st.builds(changes, DIGESTS, DIGESTS, FEW_DAYS)), max_size=10
)


def lines(digest: str, rows: list[Attestation], before: date = date.max, seen: tuple = ()) -> list[date]:
    """Every day on which some line to these words starts, found the slow way."""
    found = [row.on for row in rows if row.scope == "full" and row.digest == digest and row.on <= before]
    for row in rows:
        if row.scope == "changes" and row.digest == digest and row.on <= before and row not in seen:
            found += lines(row.base_digest, rows, row.on, (*seen, row))
    return found


@given(DIGESTS, ROWS)
def test_it_is_the_latest_start_of_any_unbroken_line(digest, rows):
    found = last_full(digest, rows)
    assert (found and found.on) == max(lines(digest, rows), default=None)


@given(DIGESTS, ROWS, FEW_DAYS)
def test_it_is_a_day_on_which_somebody_really_reviewed_and_never_in_the_future(digest, rows, today):
    past = [row for row in rows if row.on <= today]
    found = last_full(digest, past)
    assert found is None or (found in past and found.scope == "full" and found.on <= today)


@given(DIGESTS, ROWS, st.randoms())
def test_the_order_in_which_rows_come_does_not_matter(digest, rows, random):
    turned = rows[:]
    random.shuffle(turned)
    one, other = last_full(digest, rows), last_full(digest, turned)
    assert (one and one.on) == (other and other.on)


@given(DIGESTS, DIGESTS, ROWS, FEW_DAYS)
def test_one_more_review_of_changes_never_dates_words_it_does_not_lead_to(digest, other, rows, on):
    if digest != other and not any(row.base_digest == other for row in rows):
        assert last_full(digest, [*rows, changes("a", other, on)]) == last_full(digest, rows)


# -- next review due -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 2), 12, date(2027, 11, 2)),
        (date(2026, 11, 2), 2, date(2027, 1, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_end_where_they_end(day, months, later):
    assert add_months(day, months) == later


@given(DAYS, st.integers(1, 120))
def test_the_due_date_is_the_same_day_or_the_last_of_its_month(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(1, 120))
def test_a_later_review_never_falls_due_earlier(one, other, months):
    assert add_months(min(one, other), months) <= add_months(max(one, other), months)


@pytest.mark.parametrize(("days_ago", "counts"), [(-1, False), (0, True), (90, True), (91, False)])
def test_an_attestation_counts_for_its_days_and_never_before_it_was_given(days_ago, counts):
    assert dates.still_counts(APR - timedelta(days=days_ago), APR, 90) is counts


# -- corrections ---------------------------------------------------------------------------------------------------


@given(DAYS)
def test_a_correction_is_announced_for_thirty_days_and_not_before(on):
    seen = [days for days in range(-3, 60) if dates.shows_correction(on, on + timedelta(days=days))]
    assert seen == list(range(30))
