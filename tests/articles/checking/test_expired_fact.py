from datetime import date

import pytest

from articles.checking import Beside, OnRecord, Severity, expired_fact
from tests.articles.checking.tools import page, section, silent_on, speaks_on

FACT = '<p>There are <data value="k7m2.3">6,550 (2024)</data>.</p>'


def beside(on, newer=""):
    known = OnRecord(words="6,550 (2024)", expires=date(2026, 12, 31), newer=newer)
    return Beside(on=on, facts={"k7m2.3": known})


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_it_is_silent_through_the_last_day(on):
    silent_on(expired_fact, page(section(FACT)), beside(on))


def test_it_warns_from_the_day_after_once():
    words = page(section(FACT + FACT))
    (found,) = speaks_on(expired_fact, words, "about", beside=beside(date(2027, 1, 1)), says="2026-12-31")
    assert found.severity is Severity.WARNING


def test_it_warns_of_a_newer_value():
    speaks_on(expired_fact, page(section(FACT)), "about", beside=beside(date(2026, 1, 1), "6,100"), says="6,100")


def test_of_a_fact_that_nobody_recorded_another_rule_speaks():
    silent_on(expired_fact, page(section(FACT)), Beside(on=date(2027, 1, 1)))
