"""The log: who did what, when, from which words to which; of the whole site and of one article; to read and to keep."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin import screens
from articles.admin.desk import ModelAdmin, ReadOnlyAdmin
from articles.models import Article, TimelineEntry

COLUMNS = ("at", "by", "what", "article", "detail", "digest_before", "digest_after")
PAGE = 50  # entries of one article a page


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [path("<int:object_id>/history/", guard(of_article), name="articles_article_history")]


@screens.of_article(see="view_timelineentry", do="view_timelineentry")
def of_article(request: HttpRequest, article: Article) -> HttpResponse:
    """What was done with one article, the newest first."""
    entries = article.timeline.select_related("by").order_by("-pk")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    title = _("Timeline of “%(title)s”") % {"title": article.title}
    return screens.page(request, "article/timeline", title, article=article, page=page)


class PersonFilter(admin.RelatedOnlyFieldListFilter):
    """Those who did something. The field's own name would read "By by"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext_lazy("person")


@admin.register(TimelineEntry)
class TimelineEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "what", "article", "detail", "digests")
    list_filter = ("what", ("by", PersonFilter))
    list_select_related = ("article", "by")
    search_fields = ("article__title", "article__slug", "by__username", "detail", "digest_after")
    search_help_text = gettext_lazy("Title or address of the article, account, words of the entry, or a digest")
    date_hierarchy = "at"
    change_list_template = "admin/articles/timelineentry/change_list.html"

    @admin.display(description=gettext_lazy("from words, to words"))
    def digests(self, entry: TimelineEntry) -> str:
        """The beginnings of both digests; a click on the entry shows them whole."""
        return " → ".join(digest[:8] for digest in (entry.digest_before, entry.digest_after) if digest)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Log of the whole site"), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        mine = [
            path("export.csv", guard(self.as_csv), name="articles_timelineentry_csv"),
            path("export.json", guard(self.as_json), name="articles_timelineentry_json"),
        ]
        return [*mine, *super().get_urls()]

    def as_csv(self, request: HttpRequest) -> StreamingHttpResponse:
        """What the list shows under these filters, all pages of it, safe for spreadsheets."""
        return file(csv_lines(self._listed(request)), "text/csv; charset=utf-8", "log.csv")

    def as_json(self, request: HttpRequest) -> StreamingHttpResponse:
        """The same as one JSON array, an entry a line."""
        return file(json_lines(self._listed(request)), "application/json", "log.json")

    def _listed(self, request: HttpRequest) -> Iterator[dict[str, str]]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as error:
            raise BadRequest("No filter of the list has that name or value") from error
        return (plain(entry) for entry in entries.select_related("by", "article").iterator(500))


def plain(entry: TimelineEntry) -> dict[str, str]:
    """An entry as texts, by the names of COLUMNS; the instant in UTC."""
    return {
        "at": entry.at.isoformat(),
        "by": entry.by.get_username(),
        "what": entry.what,
        "article": entry.article.slug if entry.article else "",
        "detail": entry.detail,
        "digest_before": entry.digest_before,
        "digest_after": entry.digest_after,
    }


_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"  # what begins a formula, and the wide forms that some take for it
_FIRST = re.compile(rf"\s*{_SIGNS}|[\t\r\n]")
_LATER = re.compile(rf"(?<!^)([;\t\r\n][\s\"]*)(?={_SIGNS})")


class _Echo:
    """A file for csv.writer that hands back what is written into it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(entries: Iterator[dict[str, str]]) -> Iterator[str]:
    """A head line, then a line an entry."""
    return csv_rows(COLUMNS, ([entry[name] for name in COLUMNS] for entry in entries))


def csv_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a file, as they are asked for. A text that a spreadsheet would take for a formula gets an apostrophe."""
    writer: Any = csv.writer(_Echo())
    yield writer.writerow(head)
    for cells in rows:
        yield writer.writerow([harmless(str(cell)) for cell in cells])


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it, and does not compute it."""
    # Where a semicolon or a tab parts cells, what stands behind one would begin a cell of its own; in quotes, too.
    text = _LATER.sub(r"\1'", text)
    return f"'{text}" if _FIRST.match(text) else text


def json_lines(entries: Iterator[dict[str, str]]) -> Iterator[str]:
    """One array, written as it is read."""
    before = "[\n"
    for entry in entries:
        yield before + json.dumps(entry, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def file(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    """An answer that browsers save, written while it is sent."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)
