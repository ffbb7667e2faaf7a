"""For how long a public answer is right, and what outdates it: for whoever keeps it (leukemia_site/front)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from articles.content import Content
from articles.models import Published
from leukemia_site.front.changes import ANY

EVERYTHING = frozenset({ANY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """`until`: the instant from which it is made anew though nobody has written; `wrong_from`: from when on it must be
    shown to nobody any more. None is never."""

    leans_on: frozenset[str] = EVERYTHING
    until: datetime | None = None
    wrong_from: datetime | None = None


def on_day(day: date, *, last: date | None = None) -> Lasting:
    """What anything may outdate, and what may read differently on the next day: harmlessly, but for what is shown up
    to its `last` day, as a story is."""
    return Lasting(until=end(day), wrong_from=end(last) if last else None)


def on_pages(*rows: Published | None) -> Lasting:
    """What only these public addresses outdate."""
    return Lasting(leans_on=frozenset(f"page:{row.pk}" for row in rows if row))


def on_words(row: Published, *words: Content, keys: Iterable[str] = (), last: date | None = None) -> Lasting:
    """What only this page outdates, the stories in these words and the sources with these keys, and the end of its
    `last` day."""
    stories = {section.story for content in words for section in content.sections if section.story}
    tags = (f"page:{row.pk}", *(f"source:{key}" for key in keys), *(f"story:{key}" for key in stories))
    until = end(last) if last else None
    return Lasting(leans_on=frozenset(tags), until=until, wrong_from=until)


def end(day: date) -> datetime:
    """The first instant of the next day, by the site's clocks. Where they skip midnight it is when they do."""
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
