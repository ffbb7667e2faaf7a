"""One piece of news as people read it, whatever it is about: what happened, since when, and what there is to see."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import leaning, news, policy
from articles.admin import source_news
from articles.admin.desk import day
from articles.content import Content
from articles.models import Alert, Article, Decision, FactValue
from articles.models.news import ASKS, FactNews, label
from articles.news import News, Origin
from references.models import Source, SourceChange

EXAMINATIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a screen shows. One of `source`, `alert` and `value` is what it is about; `due` says by when."""

    key: str
    path: str
    kind: str
    name: str
    title: str
    since: str
    said: str = ""
    source: Source | None = None
    alert: Alert | None = None
    value: FactValue | None = None
    newest: FactValue | None = None
    differs: tuple[str, str] = ("", "")
    notice_doi: str = ""
    examinations: tuple[Any, ...] = ()
    claims: tuple[leaning.Claim, ...] = ()
    decided: str = ""
    waits: bool = True
    due: str = ""
    moves: bool = False  # and the record still has the old address


def of_change(change: SourceChange) -> Told | None:
    """What happened to a source; None where that asks nothing of anybody. Two queries."""
    if change.kind not in ASKS:
        return None
    since = timezone.localdate(change.at)
    found = _plain(f"{Origin.CHANGE}.{change.pk}", change.kind, since, change.source.title)
    return _of_source(found, change.source, change)


def of_alert(alert: Alert) -> Told:
    """What somebody has brought."""
    found = _plain(f"{Origin.ALERT}.{alert.pk}", alert.kind, timezone.localdate(alert.at), alert.title)
    return replace(found, alert=alert)


def of_value(value: FactValue) -> Told | None:
    """What happened to a fact; None while it is good and the newest. One query."""
    updated = value.number < value.fact.latest
    if not updated and value.expires >= timezone.localdate():
        return None
    later = value.fact.values.filter(number__gt=value.number).order_by("number").first()
    kind = FactNews.UPDATED if updated else FactNews.EXPIRED
    since = timezone.localdate(later.at) if later else value.expires + timedelta(days=1)
    return _of_value(_plain(f"{Origin.FACT}.{value.pk}", kind, since, value.fact.name), value)


def of_page(article: Article, found: Collection[News], words: Content | None) -> list[Told]:
    """News of one page, with the sentences that it touches. At most two queries for each."""
    terms = policy.current().tiers[article.risk_tier]
    return [_of_page(one, words, one.due(terms)) for one in found]


def beside(article: Article) -> list[Told]:
    """What somebody who reads a page must know besides how its sources stand: alerts and facts that nobody let pass."""
    found = [one for one in news.of_page(article) if one.origin != Origin.CHANGE and (one.waits or one.under_way)]
    return of_page(article, found, None) if found else []


def claims(words: Content | None, source: Source | None, value: FactValue | None) -> tuple[leaning.Claim, ...]:
    """The sentences that lean on it; of a fact those that print its number."""
    about = source or (value.source if value else None)
    found = leaning.claims(words, about.keys()) if words and about else ()
    return tuple(one for one in found if value.value in one.sentence) if value else found


def _of_page(one: News, words: Content | None, due: date | None) -> Told:
    told = _plain(one.key, one.kind, one.since, one.title)
    if one.origin == Origin.CHANGE:
        told = _of_source(told, one.row.source, one.row)
    elif one.origin == Origin.ALERT:
        told = replace(told, alert=one.row.alert)
    else:
        told = _of_value(told, one.row.value)
    return replace(
        told,
        claims=claims(words, told.source, told.value),
        decided=str(Decision.Kind(one.decided).label) if one.decided else "",
        waits=one.waits,
        due=said_due(due) if due and (one.waits or one.under_way) else "",
    )


def said_due(due: date) -> str:
    """ "Due since …" or "Due by …": because of this news."""
    facts = {"day": formats.date_format(due)}
    return (_("Due since %(day)s") if due < timezone.localdate() else _("Due by %(day)s")) % facts


def _plain(key: str, kind: str, since: date, title: str) -> Told:
    name = capfirst(label(kind))
    return Told(key=key, path=news.path(key), kind=kind, name=name, title=title, since=day(since))


def _of_source(told: Told, source: Source, row: Any) -> Told:
    return replace(
        told,
        source=source,
        said=source_news.said(told.kind),
        differs=source_news.differs(told.kind, source, row.before, row.after),
        notice_doi=source_news.notice(told.kind, source),
        examinations=tuple(source.examinations.all()[:EXAMINATIONS]),
        moves=told.kind == SourceChange.Kind.MOVED and bool(source.moved_to),
    )


def _of_value(told: Told, value: FactValue) -> Told:
    newest = value.fact.values.newest().first() if told.kind == FactNews.UPDATED else None
    return replace(told, value=value, newest=newest)
