"""Which reminder is due, and that only the highest that has come is."""

from datetime import date, timedelta

import pytest

from articles import ladder
from articles.ladder import To

pytestmark = pytest.mark.pure
DUE = date(2026, 11, 2)


def at(days, tier="standard"):
    found = ladder.rung(tier, DUE, DUE + timedelta(days=days))
    return found and found.name


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-61, None),
        (-60, "before-60"),
        (-31, "before-60"),
        (-30, "before-30"),
        (-7, "before-7"),
        (-1, "before-7"),
        (0, "due"),
        (6, "due"),
        (7, "after-7"),
        (30, "after-30"),
        (36, "after-30"),
        (37, "after-37"),
        (400, "after-394"),
    ],
)
def test_the_highest_rung_that_has_come(days, name):
    assert at(days) == name


def test_no_page_is_quiet_for_more_than_a_week_once_it_is_due():
    for tier in ladder.STEPS:
        names = [at(days, tier) for days in range(500)]
        changes = [day for day in range(1, 500) if names[day] != names[day - 1]]
        assert max(after - before for before, after in zip([0, *changes], changes, strict=False)) <= 7


def test_grave_pages_are_spoken_of_more_often():
    count = {tier: len({at(days, tier) for days in range(-60, 31)}) for tier in ladder.STEPS}
    assert count["high"] > count["standard"]


def test_others_hear_of_it_when_it_has_waited_too_long():
    def told(days, tier="standard"):
        return ladder.rung(tier, DUE, DUE + timedelta(days=days)).to

    assert told(13) == (To.OWNER,)
    assert told(14) == (To.OWNER, To.LEAD)
    assert told(30) == (To.OWNER, To.LEAD, To.MAILBOX)
    assert told(7, "high") == (To.OWNER, To.LEAD)


def test_a_warning_names_the_day_on_which_the_page_goes():
    goes = DUE + timedelta(days=91)
    assert ladder.warning(goes, ladder.first_warning(goes) - timedelta(days=1)) is None
    names = [ladder.warning(goes, goes - timedelta(days=days)).name for days in (30, 14, 3, 0, -5)]
    assert names == [f"down-{days}:2027-02-01" for days in (30, 14, 3, 3, 3)]
    assert all(ladder.is_warning(name, goes) and len(name) <= 20 for name in names)
    assert not ladder.is_warning(names[0], goes + timedelta(days=1))


def test_a_page_goes_no_sooner_than_three_days_after_its_warning():
    assert ladder.goes_on(DUE, DUE - timedelta(days=10)) == DUE
    assert ladder.goes_on(DUE, DUE) == DUE + timedelta(days=3)
    assert ladder.warning(None, DUE) is None
