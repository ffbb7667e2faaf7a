"""What stands on the desk for review dates, as files for spreadsheets. Lists of pages have files of their own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import news, roles
from articles.admin import due_desk, log
from articles.admin.due_lines import MARK
from articles.models.news import label
from references.models import SourceChange


@require_safe
def counts(request: HttpRequest) -> StreamingHttpResponse:
    """How many pages are overdue and due soon, by risk tier, condition and reviewer."""
    _look(request)
    on = timezone.localdate()
    kinds = due_desk.by_kind(on)
    tables = {"tier": kinds.tiers, "condition": kinds.conditions, "reviewer": due_desk.by_reviewer(on)}
    rows = ([by, one.name, one.overdue, one.week, one.month] for by, many in tables.items() for one in many)
    return _file(["by", "name", "overdue", "this_week", "this_month"], rows, "due-counts")


@require_safe
def troubles(request: HttpRequest) -> StreamingHttpResponse:
    """Reviewers with pages who can not, or soon can not, read them."""
    _look(request)
    found = due_desk.troubles(timezone.localdate())
    return _file(["reviewer", "why", "pages"], ([one.name, one.why, one.pages] for one in found), "reviewers-away")


@require_safe
def waiting(request: HttpRequest) -> StreamingHttpResponse:
    """News that waits for a decision, the gravest first."""
    _look(request)
    return _file(["kind", "title", "pages", "since", "due", "address"], _news(), "news")


def _news() -> Iterator[list[object]]:
    for row in news.queue():
        moved = row["what"] == SourceChange.Kind.MOVED  # a new address is nobody's review
        due = "" if moved else row["day"] + timedelta(days=row["soon"])
        address = settings.SITE_URL.rstrip("/") + news.path(f"{row['origin']}.{row['piece']}")
        yield [label(row["what"]), row["titled"], row["pages"], row["day"], due, address]


def _file(head: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield MARK
        yield from log.csv_rows(head, rows)

    return log.file(lines(), "text/csv; charset=utf-8", f"{name}-{timezone.localdate()}.csv")


def _look(request: HttpRequest) -> None:
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
