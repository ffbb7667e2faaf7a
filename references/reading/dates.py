"""Dates as references print them, to partial ISO. What is ambiguous or impossible is left out, never guessed."""

import re
from datetime import date

YEAR = r"(?:1[6-9]|20)\d\d(?!\d)"
MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)(?![^\W\d_])\.?"
)
SEASON = r"(?i:Spring|Summer|Autumn|Fall|Winter)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_TO = r"\s*[-–—/]\s*"
DATE = (
    rf"(?:{YEAR}[a-z]?(?:,\s*|\s+){MONTH}(?:{_TO}{MONTH})?(?:\s+{DAY})?(?:{_TO}(?:{MONTH}\s+)?{DAY}|-(?=[.;\s]|$))?"
    rf"|{MONTH}\s+{DAY}(?:{_TO}(?:{MONTH}\s+)?{DAY})?(?:,\s*|\s+){YEAR}"
    rf"|{DAY}[\s-]+{MONTH},?[\s-]+{YEAR}"
    rf"|{MONTH}(?:{_TO}{MONTH})?,?\s+{YEAR}"
    rf"|{YEAR}[-/.](?:1[0-2]|0[1-9])[-/.](?:3[01]|[12]\d|0[1-9])(?!\d)"
    rf"|\d\d?/\d\d?/{YEAR}|(?<![\d/])(?:1[0-2]|0?[1-9])/{YEAR}"
    rf"|{SEASON},?\s+{YEAR}|{YEAR},?\s+{SEASON}"
    rf"|{YEAR}(?:{_TO}(?:{YEAR}|\d\d(?!\d)))?[a-z]?(?!\w))"
)
UNDATED = r"(?i:n\.\s?d\.?|no date|in press|forthcoming|undated)"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(rf"({YEAR})[-/.](\d\d)(?:[-/.](\d\d))?|(\d\d?)/(\d\d?)/({YEAR})")
_MONTH_YEAR = re.compile(rf"\d\d?/{YEAR}")
_RANGE = re.compile(rf"{MONTH}.*{MONTH}|{DAY}{_TO}{DAY}|{YEAR}{_TO}\d|{SEASON}|{MONTH}-$")


def partial(printed: str) -> str | None:
    """`2018-10-17`, `2022-11` or `2018` of a printed date, None without a year. A range or season gives the year."""
    numeric = _NUMERIC.search(printed)
    if numeric:
        return _numeric(numeric)
    if _MONTH_YEAR.fullmatch(printed):
        month_number, _, of_year = printed.partition("/")
        return _iso(int(of_year), int(month_number), None)
    year = re.search(YEAR, printed)
    if year is None:
        return None
    month = re.search(MONTH, printed)
    if month is None or _RANGE.search(printed):
        return year.group()
    rest = printed.replace(year.group(), " ", 1).replace(month.group(), " ", 1)
    day = re.search(rf"(?<!\d){DAY}", rest)
    number = _MONTHS.index(month.group()[:3].lower()) + 1
    return _iso(int(year.group()), number, int(re.sub(r"\D", "", day.group())) if day else None)


def _numeric(match: re.Match[str]) -> str:
    year, month, day, first, second, us_year = match.groups()
    if year and day:
        return _iso(int(year), int(month), int(day))
    if year:
        # 2010-12 may be a range of years; 2022-11 cannot.
        is_month = 1 <= int(month) <= 12 and int(month) <= int(year) % 100
        return _iso(int(year), int(month), None) if is_month else year
    one, two = int(first), int(second)
    if one != two and one <= 12 and two <= 12:
        return us_year  # 5/3/2020 is May 3 here and 5 March elsewhere
    return _iso(int(us_year), min(one, two), max(one, two))


def _iso(year: int, month: int, day: int | None) -> str:
    if not 1 <= month <= 12:
        return str(year)
    if day is not None:
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    return f"{year}-{month:02}"
