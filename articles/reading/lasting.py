"""For how long a public answer is right, and what outdates it: for whoever keeps it (leukemia_site/front)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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


def on_page(row: Published, *others: Published | None, keys: Iterable[str] = (), day: date | None = None) -> Lasting:
    """What only these public addresses and these sources outdate, and the end of `day`."""
    until = end(day) if day else None
    return Lasting(leans_on=frozenset(_tags(row, *others, keys=keys)), until=until, wrong_from=until)


def on_words(row: Published, *words: Content, keys: Iterable[str] = (), day: date | None = None) -> Lasting:
    """What lies below a page and shows these words of it. The log names stories by numbers that no page knows: where
    one stands, anything outdates it."""
    lasting = on_page(row, keys=keys, day=day)
    told = any(section.story for content in words for section in content.sections)
    return replace(lasting, leans_on=EVERYTHING) if told else lasting


def end(day: date) -> datetime:
    """The first instant of the next day, by the site's clocks. Where they skip midnight it is when they do."""
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())


def _tags(*rows: Published | None, keys: Iterable[str]) -> Iterator[str]:
    yield from (f"page:{row.pk}" for row in rows if row)
    yield from (f"source:{key}" for key in keys)
