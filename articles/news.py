"""News that asks something of pages, wherever it comes from: what happened to a source, what a person has brought, a
fact that ran out. One value and one queue; only what is decided about it is kept (articles/surveillance.py)."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, IntegerField, Min, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Least, TruncDate
from django.utils import timezone

from articles import due, events, policy
from articles.models import Alert, Article, Decision, Reliance
from articles.models.dating import AddDays
from articles.models.news import ASKS, GRAVITY, FactNews, gravity
from references.models import SourceChange


class Origin(StrEnum):
    """What news is about, named as the column of Decision that says so."""

    CHANGE = "change"
    ALERT = "alert"
    FACT = "fact_value"


KINDS: dict[Origin, tuple[str, ...]] = {
    Origin.CHANGE: tuple(ASKS),
    Origin.ALERT: tuple(Alert.Kind.values),
    Origin.FACT: tuple(FactNews.values),
}
WAITS = Q(decided=None) | Q(decided=Decision.Kind.REOPENED)
UNDER_WAY = Q(decided__in=Decision.TO_BE_DONE)
# What a word of a search can stand in, besides the title of the page.
_WORDS = {
    Origin.CHANGE: ("source__title", "source__doi"),
    Origin.ALERT: ("alert__title",),
    Origin.FACT: ("value__fact__name",),
}
# What is shown of one piece of news, read at once.
_BESIDE = {
    Origin.CHANGE: ("source__superseded_by__merged_into", "article"),
    Origin.ALERT: ("alert__by", "article"),
    Origin.FACT: ("value__fact", "value__source", "article"),
}
_PIECE = ("origin", "piece", "what", "day", "titled", "gravity")
PLACE = "/admin/articles/article/news/"
_BELOW = {Origin.CHANGE: "", Origin.ALERT: "alert/", Origin.FACT: "fact/"}
_GRAVE = 4  # kinds that a desk shows before it asks for any other
_NEVER = Value(date(9999, 12, 31), DateField())
_KEY = re.compile(rf"({'|'.join(Origin)})\.([0-9]{{1,18}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One piece of news about one page. `about` is the number of what happened, `row` the row that says so."""

    origin: Origin
    about: int
    kind: str
    since: date
    title: str
    edition: int
    decided: str
    row: Any

    @property
    def article(self) -> Article:
        """The page."""
        found: Article = self.row.article
        return found

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.origin}.{self.about}"

    @property
    def waits(self) -> bool:
        """Nobody has decided about it."""
        return self.decided in ("", Decision.Kind.REOPENED)

    @property
    def under_way(self) -> bool:
        """A change was decided that is not online yet."""
        return self.decided in Decision.TO_BE_DONE

    def due(self, terms: due.Terms) -> date | None:
        """By when its page is to be looked at because of it. A moved address is nobody's review."""
        moved = self.kind == SourceChange.Kind.MOVED
        return None if moved else self.since + timedelta(days=terms.event_days)


# -- rows ----------------------------------------------------------------------------------------------------------


def rows(origin: Origin, *, on: date | None = None, kinds: Collection[str] = ()) -> Any:
    """What stands on open pages by that day, let pass or not: one row for each news and page, in the same columns."""
    mine = [kind for kind in KINDS[origin] if not kinds or kind in kinds]
    found = _ROWS[origin](on or timezone.localdate(), mine)
    found = found.annotate(origin=Value(str(origin), CharField()), gravity=gravity("what", mine))
    return found.filter(what__in=mine) if kinds else found


def read(found: Any, origin: Origin) -> Iterator[News]:
    """Rows as values. One query."""
    for row in found.select_related(*_BESIDE[origin]):
        yield News(
            origin=origin,
            about=row.piece,
            kind=row.what,
            since=row.day,
            title=row.titled,
            edition=row.page_edition,
            decided=row.decided or "",
            row=row,
        )


def of_page(article: Article, *, on: date | None = None) -> list[News]:
    """Everything that stands about one page; what waits first, then the gravest. Three queries."""
    found = [one for origin in Origin for one in read(rows(origin, on=on).filter(article=article), origin)]
    return sorted(found, key=lambda one: (not (one.waits or one.under_way), one.row.gravity, -one.since.toordinal()))


def pages(origin: Origin, about: int) -> Any:
    """Rows of one piece of news: the pages on which it waits."""
    return rows(origin).filter(WAITS, piece=about)


def waiting(kinds: Collection[str] = ()) -> Iterator[tuple[str, int]]:
    """The key of what waits, and the number of a page on which it does. One query for each origin."""
    for origin in _origins(kinds):
        found = rows(origin, kinds=kinds).filter(WAITS).order_by()
        for piece, article in found.values_list("piece", "article"):
            yield f"{origin}.{piece}", article


def queue(*, under_way: bool = False, kinds: Collection[str] = (), words: str = "") -> Any:
    """The same news together: origin, piece, what, day, titled, on how many `pages`, the `first` of them and `soon`,
    the days until the first of them is to be looked at; the gravest first. Three queries at most, whatever there is."""
    stands, soon = UNDER_WAY if under_way else WAITS, _soon()
    return _in_order(_together(_narrowed(origin, kinds, words).filter(stands), soon) for origin in _origins(kinds))


def gravest(limit: int, kinds: Collection[str] = ()) -> list[dict[str, Any]]:
    """The first of the queue. What is less grave is asked for only where that is not enough: one query more."""
    found: list[dict[str, Any]] = []
    soon = _soon()
    graded = [kind for kind in GRAVITY if not kinds or kind in kinds]
    for asked in (graded[:_GRAVE], graded[_GRAVE:]):
        if asked and len(found) < limit:
            waits = (_together(_narrowed(origin, asked, "").filter(WAITS), soon) for origin in _origins(asked))
            found += _in_order(waits)[: limit - len(found)]
    return found


# -- keys ----------------------------------------------------------------------------------------------------------


def keys(sent: Iterable[str]) -> list[str]:
    """Those of these texts that name news as our forms do, once each."""
    return [one for one in dict.fromkeys(sent) if _KEY.fullmatch(one)]


def about(found: Collection[str]) -> Q:
    """Decisions about any of these keys."""
    named = (_KEY.fullmatch(one) for one in found)
    return reduce(lambda all_, one: all_ | Q(**{one[1]: int(one[2])}), filter(None, named), Q(pk=None))


def path(key: str) -> str:
    """The screen where one decides about it."""
    origin, _dot, number = key.partition(".")
    return f"{PLACE}{_BELOW[Origin(origin)]}{number}/"


# -- each origin in the same columns -------------------------------------------------------------------------------


def _of_sources(on: date, kinds: Collection[str]) -> Any:
    return Reliance.objects.news(kinds).annotate(
        piece=F("change"),
        what=F("kind"),
        day=TruncDate("since"),
        titled=Cast("source__title", CharField()),
        page_edition=F("edition"),
    )


def _of_people(on: date, kinds: Collection[str]) -> Any:
    return events.standing_alerts().annotate(
        piece=F("alert"),
        what=F("alert__kind"),
        day=TruncDate("alert__at"),
        titled=F("alert__title"),
        page_edition=F("edition"),
    )


def _of_facts(on: date, kinds: Collection[str]) -> Any:
    updated, expired = Q(value__number__lt=F("value__fact__latest")), Q(value__expires__lt=on)
    ran_out = Case(
        When(expired & Q(let_pass_at=None), then=AddDays(F("value__expires"), Value(1))), output_field=DateField()
    )
    day = Least(Coalesce(ran_out, _NEVER), Coalesce(TruncDate("newer_at"), _NEVER))
    let_pass = When(let_pass_at__isnull=False, newer_at=None, then=TruncDate("let_pass_at"))
    return (
        events.standing_facts()
        .filter(updated | expired)
        .annotate(
            piece=F("value"),
            what=Case(When(updated, then=Value(FactNews.UPDATED)), default=Value(FactNews.EXPIRED)),
            day=Case(let_pass, default=day, output_field=DateField()),
            titled=F("value__fact__name"),
            page_edition=F("edition"),
        )
    )


_ROWS = {Origin.CHANGE: _of_sources, Origin.ALERT: _of_people, Origin.FACT: _of_facts}


def _origins(kinds: Collection[str]) -> list[Origin]:
    return [origin for origin in Origin if not kinds or set(kinds) & set(KINDS[origin])]


def _narrowed(origin: Origin, kinds: Collection[str], words: str) -> Any:
    found = rows(origin, kinds=kinds)
    for word in words.split():
        places = ("article__title", *_WORDS[origin])
        found = found.filter(reduce(lambda any_, place: any_ | Q(**{f"{place}__icontains": word}), places, Q(pk=None)))
    return found


def _soon() -> Min:
    """In how many days the first of some pages is to be looked at, by the terms of today."""
    terms = policy.current().tiers.items()
    days = (When(article__risk_tier=tier, then=one.event_days) for tier, one in terms)
    return Min(Case(*days, output_field=IntegerField()))


def _in_order(found: Iterable[Any]) -> Any:
    """The gravest first."""
    first, *others = found
    return first.union(*others, all=True).order_by("gravity", "-day", "origin", "-piece")


def _together(found: Any, soon: Min) -> Any:
    return found.order_by().values(*_PIECE).annotate(pages=Count("article"), first=Min("article"), soon=soon)
