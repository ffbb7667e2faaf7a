"""Evidence: everything that is kept about one article, as values that outlive this program."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model, Q
from django.utils import timezone

from articles.models import (
    Acceptance,
    Alert,
    AlertPage,
    Article,
    Chain,
    Comment,
    Cover,
    Decision,
    Deferral,
    Edition,
    Erasure,
    FactValue,
    FindingAnswer,
    Manuscript,
    Redaction,
    Reminder,
    Review,
    Reviewer,
    ReviewPaper,
    Revision,
    Schedule,
    Seal,
    Snooze,
    TimelineEntry,
)
from references.models import Source, SourceChange

FORMAT = 1
# What is kept, and how a row of it belongs to an article.
TABLES: dict[str, tuple[Any, str]] = {
    "editions": (Edition, "article"),
    "covering_reviews": (Cover, "edition__article"),
    "reviews": (Review, "article"),
    "acceptances": (Acceptance, "review__article"),
    "comments": (Comment, "article"),
    "finding_answers": (FindingAnswer, "article"),
    "revisions": (Revision, "article"),
    "manuscripts": (Manuscript, "article"),
    "schedules": (Schedule, "article"),
    "deferrals": (Deferral, "article"),
    "snoozes": (Snooze, "article"),
    "papers": (ReviewPaper, "review__article"),
    "alerts": (Alert, "pages__article"),
    "news": (AlertPage, "article"),
    "reminders": (Reminder, "article"),
    "decisions": (Decision, "article"),
    "redactions": (Redaction, "article"),
    "erasures": (Erasure, "redaction__article"),
    "timeline": (TimelineEntry, "article"),
}


def pack(article: Article, *, at: datetime) -> dict[str, Any]:
    """Every row kept about `article`, the sources it ever cited and its reviewers as they stand now, the news of
    sources and facts that was decided about, and the seals of those rows.

    JSON-able. Stored words are texts, so that their SHA-256 can be computed again by anybody. 26 queries.
    """
    rows = {
        name: list(model.objects.filter(**{path: article}).order_by("pk")) for name, (model, path) in TABLES.items()
    }
    names = _people(row for found in rows.values() for row in found)
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "site": settings.SITE_URL,
        "organization": settings.ORGANIZATION_NAME,
        "time_zone": timezone.get_default_timezone_name(),
        "article": {"id": article.pk, "title": article.title, "slug": article.slug, "digest": article.digest},
        **{name: [_plain(row, names) for row in found] for name, found in rows.items()},
        "sources": [_plain(source, names) for source in _sources(rows)],
        "source_changes": [_plain(change, names) for change in _changes(rows)],
        "fact_values": [_plain(value, names) for value in _values(rows)],
        "reviewers": [_plain(reviewer, names) for reviewer in _reviewers(rows)],
        "seals": _seals(rows),
        "head_of_chain": next((_plain(head, names) for head in Chain.objects.all()), None),
    }


Names = dict[tuple[str, Any], str]  # of accounts and reviewers, by kind and number


def _people(rows: Iterable[Model]) -> Names:
    """Names of everybody whom the rows name. Two queries."""
    wanted: dict[str, set[int]] = {"user": set(), "reviewer": set()}
    for row in rows:
        for kind, field in _people_fields(row):
            wanted[kind].add(getattr(row, field.attname))
    users = User.objects.filter(pk__in=wanted["user"])
    reviewers = Reviewer.objects.filter(pk__in=wanted["reviewer"])
    names = {("user", user.pk): str(user) for user in users}
    return {**names, **{("reviewer", reviewer.pk): str(reviewer) for reviewer in reviewers}}


def _people_fields(row: Model) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        kind = field.related_model and field.related_model._meta.model_name
        if kind in ("user", "reviewer"):
            yield str(kind), field


def _plain(row: Model, names: Names) -> dict[str, Any]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    said = {name: v.isoformat() if isinstance(v, date | datetime) else v for name, v in values.items()}
    people = {field.name: names.get((kind, said[field.attname])) for kind, field in _people_fields(row)}
    return {**said, **people}


def _sources(rows: dict[str, list[Any]]) -> list[Source]:
    keys = {source.key for name in ("editions", "reviews") for row in rows[name] for source in row.words().sources}
    # Of a record that was merged, also the one that it is part of now.
    return list(Source.objects.filter(Q(key__in=keys) | Q(aliases__key__in=keys)).distinct().order_by("key"))


def _changes(rows: dict[str, list[Any]]) -> list[SourceChange]:
    return list(SourceChange.objects.filter(pk__in={row.change_id for row in rows["decisions"]}).order_by("number"))


def _values(rows: dict[str, list[Any]]) -> list[FactValue]:
    return list(FactValue.objects.filter(pk__in={row.fact_value_id for row in rows["decisions"]}).order_by("pk"))


def _reviewers(rows: dict[str, list[Any]]) -> list[Reviewer]:
    """Everybody who was asked or signed; what they signed as stands in the reviews."""
    return list(Reviewer.objects.filter(pk__in={row.reviewer_id for row in rows["reviews"]}).order_by("pk"))


def _seals(rows: dict[str, list[Any]]) -> list[dict[str, Any]]:
    mine = Q(pk__in=())
    for name, (model, _path) in TABLES.items():
        mine |= Q(table=model._meta.model_name, row__in=[row.pk for row in rows[name]])
    columns = ("number", "table", "row", "event", "row_hash", "seal")
    return list(Seal.objects.filter(mine).order_by("number").values(*columns))
