"""Many due dates over some weeks, so that a thousand pages do not fall due on one day. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

SATURDAY = 5


def working_days(first: date, weeks: int) -> list[date]:
    """Monday to Friday of so many weeks that begin on `first`."""
    days = (first + timedelta(days=number) for number in range(7 * weeks))
    return [day for day in days if day.weekday() < SATURDAY]


def spread(
    limits: Mapping[int, date | None], days: list[date], *, due: Mapping[int, date | None] | None = None
) -> dict[int, date]:
    """A day for each number, as many on one day as on any other (or one more), and none beyond a limit. Whose limit is
    within these days comes first, by limit; then the others do, soonest due first."""

    def turn(one: int) -> tuple[date, date, int]:
        limit = limits[one]
        return limit if limit and limit < days[-1] else date.max, (due or {}).get(one) or date.max, one

    order = sorted(limits, key=turn)
    even = {one: days[place * len(days) // len(order)] for place, one in enumerate(order)}
    return {one: min(day, limits[one] or day) for one, day in even.items()}
