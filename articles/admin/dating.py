"""Keeping dates in the admin: one article's dates and what can be done about them (many: articles/admin/many)."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import drafting, roles
from articles.admin import dates_panel, standing
from articles.admin.dates_forms import FOR_ONE, DeedForm
from articles.admin.desk import ModelAdmin, person
from articles.bulk.chunks import Changed
from articles.models import Article
from articles.refusals import Refused

PANEL = "admin:articles_article_dates"


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:pk>/dates/", guard(panel), name="articles_article_dates"),
        path("<int:pk>/dates/<slug:deed>/", guard(one), name="articles_article_dates_one"),
    ]


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of one article, why they are so, and what was done about them."""
    return _panel(request, _told(request, pk))


@require_POST
def one(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Do one deed to one article."""
    form = _allowed(request, FOR_ONE.get(deed))(request.POST, request.FILES)
    row = _told(request, pk)
    if form.is_valid():
        try:
            after = _do(form, row, by=person(request), seen=request.POST.get("seen", ""))
        except Refused as no:
            form.add_error(None, str(no))
        else:
            form.tell([row], by=person(request))
            messages.success(request, _done_words(form, after))
            return redirect(PANEL, pk)
    return _panel(request, _told(request, pk), form)


@transaction.atomic
def _do(form: DeedForm, row: Any, *, by: User, seen: str) -> Any:
    """Call the deed, unless the article changed since it was `seen`. Returns the article afterwards. Raises Refused."""
    drafting.lock(row)
    rows = standing.told(Article.objects.filter(pk=row.pk))
    now: Any = rows.get()
    if seen != standing.seen(now):
        raise Changed(_("It changed after it was shown to you. Nothing was done; look at it again."))
    form.do(now, by=by, at=timezone.now())
    return rows.all().get()


def _told(request: HttpRequest, pk: int) -> Any:
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
    return get_object_or_404(standing.told(Article.objects.select_related("condition", "reviewer")), pk=pk)


def _panel(request: HttpRequest, row: Any, form: DeedForm | None = None) -> HttpResponse:
    context = dates_panel.context(row, person(request), form)
    return _page(request, "panel", _("Dates of “%(title)s”") % {"title": row.title}, **context)


def _done_words(form: DeedForm, after: Any) -> str:
    due = after.next_due
    words = standing.due_words(due, timezone.localdate()) if due else _("none before the page is published")
    return _("%(deed)s: done. Next review due: %(due)s.") % {"deed": form.title, "due": words}


def _allowed(request: HttpRequest, form: type[DeedForm] | None) -> type[DeedForm]:
    if form is None:
        raise Http404
    if not (roles.may(request.user, form.permission) and roles.may(request.user, "view_article")):
        raise PermissionDenied
    return form


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    shown = {**admin.site.each_context(request), "opts": Article._meta, "title": title, **context}
    return TemplateResponse(request, f"admin/articles/article/dates/{name}.html", shown)
