from datetime import date

import pytest

from articles.checking import Beside, Severity, aged_source
from tests.articles.checking.tools import cite, page, section, source, speaks_on

BESIDE = Beside(on=date(2026, 11, 2), years={"web": 5, "journal": 10})


def cited(published: str, kind: str = "web"):
    of = source(published=published, kind=kind)
    return page(section(f"<p>So.{cite()} So.{cite()}</p>"), sources=(of,))


def test_it_hints_once_at_a_source_that_is_too_old():
    (found,) = speaks_on(aged_source, cited("2018"), "about", beside=BESIDE)
    assert (found.severity, found.source) == (Severity.HINT, "roe2020")
    assert found.message == "“On blood” is of 2018, more than 5 years old. Is there a newer source?"


@pytest.mark.parametrize(
    ("published", "kind", "old"),
    [
        ("2020", "web", True),
        ("2021", "web", False),  # it may be of December
        ("2021-10", "web", True),
        ("2021-11", "web", False),
        ("2021-11-01", "web", True),
        ("2021-11-02", "web", False),
        ("2017", "journal", False),
        ("2015", "journal", True),
        ("", "web", False),
        ("n.d.", "web", False),
        ("1950", "book", False),  # no limit was set for its kind
    ],
)
def test_age_is_counted_from_the_latest_day_that_the_date_allows(published, kind, old):
    assert bool(list(aged_source.find(cited(published, kind), BESIDE))) is old
