"""Dates of reference files (`2018/10//`, `2018-10-17`, `2023 Apr 25`) to partial ISO."""

import re
from datetime import date

from references.reading import dates

_STAMP = re.compile(r"([12]\d{3})(?:[-/](\d{1,2})?)?(?:[-/](\d{1,2})?)?(?:/.*|T.*|\s.*)?")
_DAY = 10  # characters of a whole day
_YEAR = 4


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """Partial ISO; a month or day that does not exist is left out."""
    if not 1000 <= year <= 2999:
        return ""
    if not 1 <= month <= 12:
        return f"{year}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02}"


def partial(text: str) -> str:
    """Partial ISO of a date as files write it, "" without a year."""
    text = text.strip()[:60]
    stamp = _STAMP.fullmatch(text)
    if stamp and (stamp[2] or not re.search("[A-Za-z]", text)):
        return iso(*(int(part or 0) for part in stamp.groups()))
    return dates.partial(text) or ""


def published(*candidates: str) -> str:
    """The most precise of several dates that agree with the year of the first."""
    found = [value for value in map(partial, candidates) if value]
    return max((value for value in found if value[:_YEAR] == found[0][:_YEAR]), key=len, default="")


def day(text: str) -> str:
    """A whole day, or ""."""
    value = partial(text)
    return value if len(value) == _DAY else ""


def slashed(partial_date: str) -> str:
    """`2018/10//`: as RIS writes dates."""
    return "/".join([*partial_date.split("-"), "", "", ""][:_YEAR]) if partial_date else ""
