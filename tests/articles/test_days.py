"""Due dates are dates, in the organization's time zone: around midnight, when clocks change, and on leap days."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Published, Reminder
from tests import cast

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("America/Los_Angeles")


def at(*when, fold=0):
    """A moment by the clock on the wall."""
    return datetime(*when, tzinfo=HERE, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("signed", "due"),
    [
        pytest.param(at(2028, 2, 28, 23, 30), date(2029, 2, 28), id="where it is a leap day in Greenwich already"),
        pytest.param(at(2028, 2, 29, 0, 30), date(2029, 2, 28), id="leap day"),
        pytest.param(at(2027, 2, 28, 12), date(2028, 2, 28), id="a year before a leap day"),
        pytest.param(at(2027, 3, 14, 3, 5), date(2028, 3, 14), id="the hour that was left out"),
        pytest.param(at(2027, 11, 7, 1, 30), date(2028, 11, 7), id="the hour that comes twice"),
        pytest.param(at(2027, 11, 7, 1, 30, fold=1), date(2028, 11, 7), id="the second time"),
        pytest.param(at(2027, 12, 31, 23, 59), date(2028, 12, 31), id="the end of a year"),
    ],
)
def test_a_page_is_due_on_the_day_of_the_house(signed, due):
    edition = cast.published(at=signed)
    row = Published.objects.get(edition=edition)
    assert row.last_reviewed_on == signed.astimezone(HERE).date()
    assert row.next_due == due
    assert [row.slug for row in Published.objects.due(due)] == [row.slug]
    assert not Published.objects.due(due - timedelta(days=1))


@pytest.mark.parametrize("day", [(2027, 3, 14), (2027, 11, 7), (2028, 2, 29)], ids=["spring", "autumn", "leap day"])
def test_the_day_begins_and_ends_at_midnight_here(day, monkeypatch):
    cast.cast()
    cast.published(at=at(day[0] - 1, day[1], min(day[2], 28), 12))
    Published.objects.update(next_due=date(*day))
    told = []
    for moment in (at(*day, 0, 0) - timedelta(seconds=1), at(*day, 0, 0), at(*day, 23, 59, 59)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        call_command("run_due", "--only", "reminders", stdout=StringIO())
        told.append(set(Reminder.objects.values_list("rung", flat=True)))
    assert told == [{"before-7"}, {"before-7", "due"}, {"before-7", "due"}]
