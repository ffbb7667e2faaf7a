"""Times of day as people say them, and the days on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone
from django.utils.formats import date_format


class UnclearTime(ValueError):
    """A time of a day on which the clocks change: it never comes, or comes twice. `neighbours` are clear."""

    def __init__(self, neighbours: tuple[datetime, datetime], *, twice: bool) -> None:
        super().__init__("twice" if twice else "never")
        self.neighbours = neighbours
        self.twice = twice


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant at which the clocks of a zone show this. Raises UnclearTime."""
    first = datetime.combine(day, clock, zone)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    early, late = sorted((first.astimezone(UTC), second.astimezone(UTC)))
    twice = first.astimezone(UTC) == early
    if twice:  # as much before and after as the clocks are turned back
        early, late = early - (late - early), late + (late - early)
    raise UnclearTime((early.astimezone(zone), late.astimezone(zone)), twice=twice)


def said(moment: datetime) -> str:
    """A time in words, of the site's time zone: "March 14, 2027, 3:30 a.m. (PDT, UTC-7)"."""
    return f"{date_format(timezone.localtime(moment), 'N j, Y, P')} ({zone(moment)})"


def zone(moment: datetime) -> str:
    """What the site's clocks follow at that moment: "PST, UTC-8"."""
    local = timezone.localtime(moment)
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    distance = f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    name = local.tzname() or ""
    return f"{name}, {distance}" if name.isalpha() and name != "UTC" else distance


def city() -> str:
    """The city by whose clocks the site's days are counted: "Los Angeles"."""
    return timezone.get_default_timezone_name().rpartition("/")[2].replace("_", " ")
