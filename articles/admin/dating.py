"""Keeping dates in the admin: one article's dates and what can be done about them, and sheets for many articles."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles import roles
from articles.admin import dates_panel, sheets, standing
from articles.admin.dates_forms import FOR_MANY, FOR_ONE, DeedForm
from articles.admin.desk import ModelAdmin, person
from articles.models import Article

LIST = "admin:articles_article_changelist"
PANEL = "admin:articles_article_dates"


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("dates/<slug:deed>/", guard(many), name="articles_article_dates_many"),
        path("<int:pk>/dates/", guard(panel), name="articles_article_dates"),
        path("<int:pk>/dates/<slug:deed>/", guard(one), name="articles_article_dates_one"),
    ]


# -- one article ---------------------------------------------------------------------------------------------------


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of one article, why they are so, and what was done about them."""
    return _panel(request, _told(request, pk))


@require_POST
def one(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Do one deed to one article."""
    form = _allowed(request, FOR_ONE.get(deed))(request.POST)
    row = _told(request, pk)
    if form.is_valid():
        mark = f"{row.pk}:{request.POST.get('seen', '')}"
        outcome = sheets.do(form, row, by=person(request), at=timezone.now(), mark=mark)
        if not outcome.refused:
            form.tell([row], by=person(request))
            messages.success(request, _done_words(form, outcome))
            return redirect(PANEL, pk)
        form.add_error(None, outcome.refused)
    return _panel(request, _told(request, pk), form)


def _told(request: HttpRequest, pk: int) -> Any:
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
    return get_object_or_404(standing.told(Article.objects.select_related("condition")), pk=pk)


def _panel(request: HttpRequest, row: Any, form: DeedForm | None = None) -> HttpResponse:
    context = dates_panel.context(row, person(request), form)
    return _page(request, "panel", _("Dates of “%(title)s”") % {"title": row.title}, **context)


def _done_words(form: DeedForm, outcome: sheets.Outcome) -> str:
    due = outcome.after.next_due
    words = standing.due_words(due, timezone.localdate()) if due else _("none before the page is published")
    return _("%(deed)s: done. Next review due: %(due)s.") % {"deed": form.title, "due": words}


# -- many articles -------------------------------------------------------------------------------------------------


def many(request: HttpRequest, deed: str) -> HttpResponse:
    """Fill in once, look over every row, confirm. Each step shows what the next one will do."""
    form = _allowed(request, FOR_MANY.get(deed))(request.POST)
    if request.method != "POST":
        return redirect(LIST)
    chosen = sheets.rows(_numbers(request.POST.get("articles", "")))
    if request.POST.get("step") == "edit" or not form.is_valid():
        return _ask(request, form, chosen)
    return (_do if request.POST.get("step") == "do" else _check)(request, form, chosen)


def _check(request: HttpRequest, form: DeedForm, chosen: list[Any]) -> HttpResponse:
    by, at = person(request), timezone.now()
    rows = [sheets.rehearse(form, row, by=by, at=at) for row in chosen]
    return _sheet(request, "check", form, rows=rows, ready=sum(not row.refused for row in rows))


def _do(request: HttpRequest, form: DeedForm, chosen: list[Any]) -> HttpResponse:
    by, at = person(request), timezone.now()
    marks = {mark.partition(":")[0]: mark for mark in request.POST.getlist("confirmed")}
    confirmed = [row for row in chosen if str(row.pk) in marks]
    rows = [sheets.do(form, row, by=by, at=at, mark=marks[str(row.pk)]) for row in confirmed]
    done = [outcome.before for outcome in rows if not outcome.refused]
    form.tell(done, by=by)
    left = [sheets.Outcome(row) for row in chosen if str(row.pk) not in marks]
    return _sheet(request, "results", form, rows=rows, left=left, done=len(done))


def _ask(request: HttpRequest, form: DeedForm, chosen: list[Any]) -> HttpResponse:
    return _sheet(request, "ask", form, rows=[sheets.Outcome(row) for row in chosen])


def _sheet(request: HttpRequest, step: str, form: DeedForm, **more: Any) -> HttpResponse:
    said = form.said() if form.is_bound and form.is_valid() else []
    back = request.POST.get("back", request.GET.urlencode())
    return _page(request, step, str(form.title), form=form, said=said, back=back, **more)


def _numbers(text: str) -> list[int]:
    """Article numbers, once each. Raises Http404 for what is no list of numbers, or a longer one than we made."""
    parts = list(dict.fromkeys(filter(None, text.split(","))))
    if len(parts) > sheets.LIMIT or not all(part.isdecimal() and len(part) < 19 for part in parts):
        raise Http404
    return [int(part) for part in parts]


def _chosen(deed: str, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    pks = list(queryset.values_list("pk", flat=True)[: sheets.LIMIT + 1])
    if len(pks) > sheets.LIMIT:
        limit = {"limit": sheets.LIMIT}
        messages.error(request, _("At most %(limit)d articles at a time. Narrow the list with a filter.") % limit)
        return None
    return _ask(request, _allowed(request, FOR_MANY[deed])(), sheets.rows(pks))


@admin.action(description=gettext_lazy("Record a review done elsewhere…"), permissions=["record_review"])
def record_reviews(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    return _chosen("record", request, queryset)


@admin.action(description=gettext_lazy("Change cadence or risk tier…"), permissions=["keep_dates"])
def change_cadences(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    return _chosen("cadence", request, queryset)


@admin.action(description=gettext_lazy("Defer the due date…"), permissions=["keep_dates"])
def defer_dates(desk: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    return _chosen("defer", request, queryset)


ACTIONS = (record_reviews, change_cadences, defer_dates)


# -- both ----------------------------------------------------------------------------------------------------------


def _allowed(request: HttpRequest, form: type[DeedForm] | None) -> type[DeedForm]:
    if form is None:
        raise Http404
    if not (roles.may(request.user, form.permission) and roles.may(request.user, "view_article")):
        raise PermissionDenied
    return form


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    shown = {**admin.site.each_context(request), "opts": Article._meta, "title": title, **context}
    return TemplateResponse(request, f"admin/articles/article/dates/{name}.html", shown)
