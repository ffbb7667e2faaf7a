"""An old source may have been overtaken: look whether there is a newer one, or say why this one still holds.
HONcode, principle 4 (Attribution and date); AMA Manual of Style, 11th ed., 3.1 (current and authoritative)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import ngettext

from articles.checking.finding import Beside, Finding, Severity, first_places
from articles.content import CitedSource, Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak on each cited source that is older than its kind may be, where it is first cited."""
    for anchor, source in first_places(content):
        if _is_aged(source, beside):
            message = _said(source, beside.years[source.kind])
            yield Finding("aged_source", Severity.HINT, anchor, message, source=source.key)


def _is_aged(source: CitedSource, beside: Beside) -> bool:
    """By its latest possible day: a work of 2018 may be of December. One without a date is not known to be old."""
    years, (year, month, day) = beside.years.get(source.kind), _parts(source.published)
    if not years or not year:
        return False
    return (int(year) + years, month or "12", day or "31") < _key(beside.on)


def _parts(published: str) -> tuple[str, str, str]:
    year, month, day = [*published.split("-"), "", ""][:3]
    return (year if year.isdecimal() else ""), month, day


def _key(on: date) -> tuple[int, str, str]:
    return on.year, f"{on.month:02}", f"{on.day:02}"


def _said(source: CitedSource, years: int) -> str:
    message = ngettext(
        "“%(title)s” is of %(year)s, more than %(years)d year old. Is there a newer source?",
        "“%(title)s” is of %(year)s, more than %(years)d years old. Is there a newer source?",
        years,
    )
    return message % {"title": source.title, "year": source.published[:4], "years": years}
