"""Saved filters of the list of due dates: kept from the list, renamed and deleted on a screen of their own."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import filters, roles
from articles.admin import screens
from articles.admin.desk import person
from articles.admin.due_list import NotAQuestion, Question
from articles.models import SavedFilter
from articles.refusals import Refused

SHOWN = 5  # on the desk


def address(query: str) -> str:
    """The list under this question."""
    return f"{reverse('admin:articles_article_due')}?{query}"


def first(user: Any) -> list[SavedFilter]:
    """Those that stand on the desk, one's own before what others share. One query."""
    return sorted(filters.of(user), key=lambda one: (one.person_id != user.pk, one.name))[:SHOWN]


def key(saved: SavedFilter) -> str:
    """Its name among questions."""
    return f"filter_{saved.pk}"


def questions(mine: Iterable[SavedFilter], user: Any, on: date) -> dict[str, Any]:
    """What they ask; without those that are understood no longer."""
    found = {}
    for one in mine:
        with suppress(NotAQuestion):
            found[key(one)] = Question.of(one.query).pages(on, user)
    return found


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question of the list under a name."""
    question = Question.of(request.POST.get("query", ""))
    name, shared = request.POST.get("name", ""), bool(request.POST.get("shared"))
    try:
        question.pages(timezone.localdate(), person(request))
        made = filters.save(name, question.query(), shared=shared, by=person(request), at=timezone.now())
    except roles.NotAllowed as no:
        raise PermissionDenied from no
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("The filter is saved as “%(name)s”.") % {"name": made.name})
    return redirect(address(question.query()))


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share or delete one's own filter."""
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
    row = get_object_or_404(SavedFilter, pk=pk, person=request.user)
    typed = {"name": row.name, "shared": row.shared}
    if request.method == "POST":
        typed = {"name": request.POST.get("name", ""), "shared": bool(request.POST.get("shared"))}
        try:
            _write(request, row, typed)
            return redirect("admin:articles_article_due")
        except Refused as no:
            messages.error(request, str(no))
    title = _("Saved filter “%(name)s”") % {"name": row.name}
    may_share = row.shared or roles.may(request.user, "keep_dates")
    return screens.page(request, "article/due/saved", title, saved=row, typed=typed, may_share=may_share)


def _write(request: HttpRequest, row: SavedFilter, typed: dict[str, Any]) -> None:
    if request.POST.get("do") == "delete":
        filters.delete(row, by=person(request))
        messages.success(request, _("The filter “%(name)s” is deleted.") % {"name": row.name})
    else:
        filters.change(row, **typed, by=person(request))
        messages.success(request, _("The filter is saved as “%(name)s”.") % {"name": row.name})
