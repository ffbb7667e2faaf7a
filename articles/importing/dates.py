"""Dates as printed, found in a line. Never guessed: what is not certain has no value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_EN = "january february march april may june july august september october november december".split()
_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_MONTHS = {name: n for names in (_EN, _ES) for n, name in enumerate(names, 1)}
_MONTHS |= {name[:3]: n for n, name in enumerate(_EN, 1)} | {"sept": 9, "setiembre": 9}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|º|\.)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<{0}>(?:19|20|21)\d{{2}})(?!\d)"
_PATTERN = re.compile(
    r"(?<![\w/.-])" + _WEEKDAY + "(?:"
    rf"(?P<m1>{_NAME})\.?\s+{_DAY.format('d1')},?\s+{_YEAR.format('y1')}"
    rf"|{_DAY.format('d2')}\s+(?:de\s+)?(?P<m2>{_NAME})\.?,?\s+(?:del?\s+)?{_YEAR.format('y2')}"
    rf"|(?P<m3>{_NAME})\.?,?\s+(?:de\s+)?{_YEAR.format('y3')}"
    rf"|{_YEAR.format('y4')}-(?P<m4>\d{{2}})(?:-(?P<d4>\d{{2}}))?(?![\w-])"
    rf"|(?P<a5>\d{{1,2}})[/.](?P<b5>\d{{1,2}})[/.]{_YEAR.format('y5')}"
    rf"|{_YEAR.format('y6')}(?![\w/-])"
    ")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A printed date: partial ISO `value` ("" if impossible), and where it stands in the text."""

    value: str
    as_printed: str
    start: int
    end: int


def find(text: str) -> Iterator[Found]:
    """Every date in `text`, in order. `04/05/2024` may be two days, so it is worth its year only."""
    for match in _PATTERN.finditer(text):
        parts = {name: value for name, value in match.groupdict().items() if value}
        yield Found(_value(parts), match[0], match.start(), match.end())


def only_date(text: str) -> Found | None:
    """The date, if the text is nothing but one date."""
    bare = text.strip().rstrip(".")
    found = next(find(bare), None)
    # A bare number is more likely a page or a year in a title than the date of the document.
    if found is None or (found.start, found.end) != (0, len(bare)) or bare.isdecimal():
        return None
    return found


def _value(parts: dict[str, str]) -> str:
    year = next(value for name, value in parts.items() if name[0] == "y")
    if "a5" in parts:
        return _slashed(int(parts["a5"]), int(parts["b5"]), int(year))
    month = next((value for name, value in parts.items() if name[0] == "m"), "")
    day = next((value for name, value in parts.items() if name[0] == "d"), "")
    if not month:
        return year
    number = int(month) if month.isdecimal() else _MONTHS[month.lower()]
    return _iso(int(year), number, int(day) if day else 0)


def _slashed(first: int, second: int, year: int) -> str:
    readings = {_iso(year, first, second), _iso(year, second, first)} - {""}
    if len(readings) > 1:
        return str(year)
    return readings.pop() if readings else ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def lies_after(value: str, today: date) -> bool:
    """Whether a partial date lies wholly in the future."""
    return bool(value) and value > today.isoformat()[: len(value)]
