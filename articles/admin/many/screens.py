"""Choose articles and fill in once; look over every row, confirm, go on, take back; what was done before."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import roles
from articles.admin import screens
from articles.admin.desk import ModelAdmin, person
from articles.admin.many import rows, sheet
from articles.admin.many.forms import FORMS, ManyForm
from articles.bulk import picking, running
from articles.bulk.deeds import DEEDS
from articles.models import BulkRun
from articles.refusals import Refused

RUN, HISTORY = "admin:articles_article_bulk_run", "admin:articles_article_bulk"
PER_PAGE = 50  # runs of the history
DIGITS = 18  # of a number that a database takes


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view

    def begin(request: HttpRequest, deed: str) -> HttpResponse:
        return new(request, desk, deed)

    return [
        path("bulk/", guard(history), name="articles_article_bulk"),
        path("bulk/<int:pk>/", guard(run), name="articles_article_bulk_run"),
        path("bulk/<int:pk>/results.csv", guard(rows.as_csv), name="articles_article_bulk_csv"),
        path("bulk/<slug:deed>/", guard(begin), name="articles_article_bulk_new"),
    ]


def fill_in(request: HttpRequest, deed: str) -> HttpResponse:
    """Fill in once, for the articles whose numbers were sent."""
    return _ask(request, _allowed(request, deed)(), _numbers(request.POST.get("articles", "")))


# -- choose and fill in ----------------------------------------------------------------------------------------------


def new(request: HttpRequest, desk: ModelAdmin, deed: str) -> HttpResponse:
    """Fill in once, for `articles` (numbers), all that match a `query` of the list, or lines that name them."""
    kind = _allowed(request, deed)
    if "\x00" in request.POST.get("query", ""):
        raise BadRequest("NUL is no character, and PostgreSQL stores none")
    numbers = _numbers(request.POST.get("articles", "")) or _matching(request, desk)
    if request.POST.get("step") != "check":
        return _ask(request, kind(), numbers)
    form = kind(request.POST, request.FILES)
    if form.is_valid():
        by, at, terms = person(request), timezone.now(), form.terms() | {"said": form.said()} | sheet.back(request.POST)
        picks = _picks(numbers, form)
        try:
            made = picking.prepare(deed, picks, terms=terms, by=by, at=at)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            running.work(made, at=at)
            return redirect(RUN, made.pk)
    return _ask(request, form, numbers)


def _picks(numbers: list[int], form: ManyForm) -> list[picking.Pick]:
    """Ticked articles, then those of the lines that were not ticked."""
    ticked = picking.by_numbers(numbers)
    known = {pick.article for pick in ticked}
    return [*ticked, *(pick for pick in picking.by_lines(form.read) if not pick.article or pick.article not in known)]


def _ask(request: HttpRequest, form: ManyForm, numbers: list[int]) -> HttpResponse:
    shown = {"form": form, "numbers": ",".join(map(str, numbers)), "count": len(numbers)}
    shown |= {**sheet.back(request.POST), "list": sheet.came_from(sheet.back(request.POST))}
    return screens.page(request, "article/bulk/new", str(form.title), **shown)


def _numbers(text: str) -> list[int]:
    """Article numbers, once each. Raises Http404 for what is no list of numbers."""
    parts = list(dict.fromkeys(filter(None, text.split(","))))
    if not all(part.isdecimal() and len(part) <= DIGITS for part in parts):
        raise Http404
    return [int(part) for part in parts]


def _matching(request: HttpRequest, desk: ModelAdmin) -> list[int]:
    """All articles that match a query of the list."""
    if "query" not in request.POST:
        return []
    request.GET = QueryDict(request.POST["query"])  # where the list reads its filter
    try:
        found = desk.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters as error:
        raise BadRequest("No filter of the list has that name or value") from error
    return list(found.values_list("pk", flat=True))


def _allowed(request: HttpRequest, deed: str) -> type[ManyForm]:
    if deed not in FORMS:
        raise Http404
    if not (roles.may(request.user, DEEDS[deed].permission) and roles.may(request.user, "view_article")):
        raise PermissionDenied
    return FORMS[deed]


# -- one run ---------------------------------------------------------------------------------------------------------


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be done, is done, or was done, row by row."""
    found = rows.visible(request, pk)
    if request.method == "POST":
        return _step(request, found)
    phase = running.phase_of(found)
    return screens.page(
        request, "article/bulk/run", str(FORMS[found.deed].title), **sheet.context(request, found, phase)
    )


def _step(request: HttpRequest, found: BulkRun) -> HttpResponse:
    """Do what the button says, then work for as long as a request may last."""
    by, at, step = person(request), timezone.now(), request.POST.get("step", "")
    try:
        if step in ("keep", "do"):
            positions = {name: _numbers(",".join(request.POST.getlist(name))) for name in ("confirmed", "shown")}
            running.confirm(found, ticked=positions["confirmed"], shown=positions["shown"], by=by)
        if step == "do":
            running.start(found, by=by, at=at)
        if step == "undo":
            running.undo(found, by=by, at=at)
        if step == "drop":
            running.drop(found, by=by)
            messages.success(request, _("Forgotten. Nothing was done to any article."))
            return redirect(HISTORY)
        if step != "keep":
            running.work(found, at=at)
    except Refused as no:
        messages.error(request, str(no))
    except DatabaseError:
        sheet.log.exception("work on many articles stopped")
        messages.error(request, _("The database did not answer. What was done stays done; go on later."))
    page = request.POST.get("page", "") if step == "keep" else ""
    return redirect(f"{request.path}?p={page}" if page.isdecimal() else request.path)


# -- all runs --------------------------------------------------------------------------------------------------------


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Who did what to how many, latest first."""
    mine = [deed for deed in DEEDS.values() if roles.may(request.user, deed.permission)]
    if not mine or not roles.may(request.user, "view_article"):
        raise PermissionDenied
    found = BulkRun.objects.filter(deed__in=[deed.name for deed in mine]).select_related("by", "undone_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    shown = {"page": page, "runs": sheet.told(list(page)), "offers": [FORMS[deed.name] for deed in mine]}
    return screens.page(request, "article/bulk/history", _("Work on many articles"), **shown)


# -- from the list ---------------------------------------------------------------------------------------------------


def _chosen(deed: str, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    kind = _allowed(request, deed)
    return _ask(request, kind(), list(queryset.values_list("pk", flat=True)))


@admin.action(description=gettext_lazy("Assign a reviewer…"), permissions=["keep_dates"])
def assign_reviewers(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return _chosen("assign", request, queryset)


@admin.action(description=gettext_lazy("Request reviews…"), permissions=["request_review"])
def request_reviews(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return _chosen("request", request, queryset)


@admin.action(description=gettext_lazy("Record reviews done elsewhere…"), permissions=["record_review"])
def record_reviews(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return _chosen("record", request, queryset)


@admin.action(description=gettext_lazy("Change cadence or risk tier…"), permissions=["keep_dates"])
def change_cadences(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return _chosen("cadence", request, queryset)


@admin.action(description=gettext_lazy("Defer due dates, or bring them forward…"), permissions=["keep_dates"])
def defer_dates(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return _chosen("defer", request, queryset)


ACTIONS = (assign_reviewers, request_reviews, record_reviews, change_cadences, defer_dates)
