"""News that brings a due date forward: since when some asks something of a page. Three questions, one answer.

A decision to change the page does not end it: it ends when the change is online. A moved address is nobody's review.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import AlertPage, Decision, FactMention, FactValue, Published, Reliance
from references.models import SourceChange

Kind = Decision.Kind
_Question = Callable[[Collection[int] | None], Any]
ENDED = (Kind.NO_IMPACT, Kind.WITHDRAW)  # decided, and nothing is left to be done
_EVER = Value(datetime(1900, 1, 1, tzinfo=UTC))
# On an open page, and not answered by a change that is online: other words stand there than those decided about.
_STANDING = Q(edition_digest__isnull=False) & (
    Q(decided=None) | ~Q(decided__in=[Kind.WORDING, Kind.CHANGE]) | Q(decided_on=F("edition_digest"))
)
_UNDONE = Q(decided=None) | ~Q(decided__in=ENDED)


def since(articles: Collection[int] | None = None) -> dict[int, date]:
    """By number of the article, the day of the earliest news that its page still has to answer, which is to come where
    a fact will expire; of these articles, or of all. At most seven queries."""
    found: dict[int, date] = {}
    for question, those in _asked(articles):
        for article, first in question(those):
            day = timezone.localdate(first) if isinstance(first, datetime) else first
            found[article] = min(day, found.get(article, day))
    return found


def unheard(articles: Collection[int] | None = None) -> list[int]:
    """Open pages, of these or of all, whose `Published.event_since` is not what the news says, in order."""
    said = since(articles)
    known = _of(Published.objects.live(), articles).values_list("article", "event_since")
    return sorted(pk for pk, stored in known if said.get(pk) != stored)


def follow(articles: Collection[int]) -> None:
    """Bring `Published.event_since` of these pages in line with the news. Whoever calls it has locked the articles, and
    settles their due dates (articles/policy.py)."""
    said = since(articles)
    pages: dict[date | None, list[int]] = {}
    for article in articles:
        pages.setdefault(said.get(article), []).append(article)
    for day, those in pages.items():
        rows = Published.objects.live().filter(article__in=those)
        (rows.exclude(event_since=day) if day else rows.filter(event_since__isnull=False)).update(event_since=day)


def alerts(rows: Any = None) -> Any:
    """Alerts that wait on an open page, or are decided and under way: AlertPage rows with `edition`, `decided`."""
    return standing_alerts(rows).filter(_UNDONE)


def standing_alerts(rows: Any = None) -> Any:
    """The same, and those that somebody let pass, who can open them again."""
    rows = AlertPage.objects.all() if rows is None else rows
    decisions = Decision.objects.filter(article=OuterRef("article"), alert=OuterRef("alert")).order_by("-pk")
    there = FilteredRelation("article__editions", condition=Q(article__editions__closed_how=""))
    rows = rows.annotate(there=there, edition=F("there"), edition_digest=F("there__digest"))
    return _last(rows, decisions).annotate(decided=F("last")).filter(_STANDING)


def facts(rows: Any = None) -> Any:
    """Values that an open page prints and about which nothing has ended: FactMention rows with `decided`, `newer_at`
    (when the fact got another value). Whether one has expired by some day is the caller's to ask.

    Who let a value pass has not let pass what came later.
    """
    return standing_facts(rows).filter(_UNDONE)


def standing_facts(rows: Any = None) -> Any:
    """The same, and those that somebody let pass (`let_pass_at`), who can open them again."""
    rows = FactMention.objects.all() if rows is None else rows
    decisions = Decision.objects.filter(article=OuterRef("article"), fact_value=OuterRef("value")).order_by("-pk")
    found = _last(rows.filter(edition__isnull=False).annotate(edition_digest=F("edition__digest")), decisions)
    found = found.annotate(let_pass_at=Case(When(last__in=ENDED, then=F("last_at"))))
    newer = FactValue.objects.filter(
        fact=OuterRef("value__fact"),
        number__gt=OuterRef("value__number"),
        at__gt=Coalesce(OuterRef("let_pass_at"), _EVER, output_field=DateTimeField()),
    )
    found = found.annotate(newer_at=Subquery(newer.order_by("number").values("at")[:1], DateTimeField()))
    asked_again = When(last__in=ENDED, newer_at__isnull=False, then=Value(None))
    return found.annotate(decided=Case(asked_again, default=F("last"), output_field=CharField())).filter(_STANDING)


def _asked(articles: Collection[int] | None) -> Iterator[tuple[_Question, Collection[int] | None]]:
    """The questions that can have an answer, each with the articles of which it can. Most pages have no news of any
    kind, which is quick to see, and the questions themselves take the longer to put the more pages they are about."""
    leaned_on = Reliance.objects.filter(source__changes__isnull=False)
    printed = FactMention.objects.filter(edition__isnull=False)
    for rows, questions in (
        (leaned_on, (_sources,)),
        (AlertPage.objects.all(), (_alerts,)),
        (printed, (_expiries, _updates)),
    ):
        those = None if articles is None else set(_of(rows, articles).order_by().values_list("article", flat=True))
        if those or (those is None and rows.exists()):
            yield from ((question, those) for question in questions)


def _sources(articles: Collection[int] | None) -> Any:
    rows: Any = _of(Reliance.objects.all(), articles).news().exclude(kind=SourceChange.Kind.MOVED)
    rows = rows.filter(Q(decided=None) | ~Q(decided__in=[*ENDED, Kind.ADDRESS]))
    return rows.order_by().values("article").annotate(first=Min("since")).values_list("article", "first")


def _alerts(articles: Collection[int] | None) -> Any:
    rows = alerts(_of(AlertPage.objects.all(), articles)).order_by()
    return rows.values("article").annotate(first=Min("alert__at")).values_list("article", "first")


def _expiries(articles: Collection[int] | None) -> Any:
    rows = facts(_of(FactMention.objects.all(), articles)).filter(let_pass_at=None).order_by()
    found = rows.values("article").annotate(first=Min("value__expires")).values_list("article", "first")
    return [(article, last + timedelta(days=1)) for article, last in found]


def _updates(articles: Collection[int] | None) -> Any:
    rows = facts(_of(FactMention.objects.all(), articles)).filter(newer_at__isnull=False).order_by()
    return rows.values("article").annotate(first=Min("newer_at")).values_list("article", "first")


def _of(rows: Any, articles: Collection[int] | None) -> Any:
    return rows if articles is None else rows.filter(article__in=articles)


def _last(rows: Any, decisions: Any) -> Any:
    """With the kind of the last decision, when it was made, and about which words."""
    told = {"last": "kind", "last_at": "at", "decided_on": "edition__digest"}
    return rows.annotate(**{name: Subquery(decisions.values(column)[:1]) for name, column in told.items()})
