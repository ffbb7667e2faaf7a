"""Rows of a run as a file for spreadsheets, and who may see a run."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles import roles
from articles.admin import log
from articles.admin.due_lines import MARK
from articles.bulk.deeds import DEEDS
from articles.models import BulkRow, BulkRun

COLUMNS = ("row", "given", "slug", "title", "result", "said")


def may_any(user: Any) -> bool:
    """Whether this person may do anything of all that is done to many."""
    return any(roles.may(user, deed.permission) for deed in DEEDS.values())


def visible(request: HttpRequest, pk: int) -> BulkRun:
    """The run, for those who may do its deed. Raises PermissionDenied, Http404."""
    if not may_any(request.user):
        raise PermissionDenied
    run: BulkRun = get_object_or_404(BulkRun.objects.select_related("by", "undone_by"), pk=pk, deed__in=DEEDS)
    if not (roles.may(request.user, DEEDS[run.deed].permission) and roles.may(request.user, "view_article")):
        raise PermissionDenied
    return run


@require_safe
def as_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every row with what became of it."""
    run = visible(request, pk)
    return log.file(_lines(run), "text/csv; charset=utf-8", f"run-{run.pk}.csv")


def _lines(run: BulkRun) -> Iterator[str]:
    yield MARK
    rows = run.rows.select_related("article").order_by("position").iterator(500)
    yield from log.csv_rows(COLUMNS, ([row.position, *_texts(row)] for row in rows))


def _texts(row: BulkRow) -> list[str]:
    article = row.article
    return [row.given, article.slug if article else "", article.title if article else "", row.state, row.said]
