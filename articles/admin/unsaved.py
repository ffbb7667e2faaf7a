"""Unsaved text beside the form it was typed into, and who else has that form open."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import unsaved
from articles.admin import holding, screens, typed
from articles.admin.desk import ModelAdmin, person
from articles.content import Content
from articles.models import Article, Autosave, Presence
from articles.refusals import Refused

NOT_WORDS = ("csrfmiddlewaretoken",)


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("unsaved/keep/", guard(keep), name="articles_article_keep_new"),
        path("<int:article_id>/unsaved/keep/", guard(keep), name="articles_article_keep"),
        path("<int:article_id>/presence/", guard(present), name="articles_article_presence"),
        path("unsaved/<int:pk>/", guard(partial(look, desk)), name="articles_article_unsaved"),
    ]


# -- beside the form -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """One text that was typed and not saved, and where it is put back."""

    row: Autosave
    title: str
    restore: str


def context(desk: ModelAdmin, request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """What admin/articles/article/unsaved.html shows above the form. Who may write is seen by others from now on."""
    if not (desk.has_change_permission(request, article) if article else desk.has_add_permission(request)):
        return {}
    by, at, filled = person(request), timezone.now(), holding.held(request)
    present: list[str] = []
    if article:
        unsaved.enter(article, by=by, at=at)
        present = people(article, request)
    keep_at = ["articles_article_keep", article.pk] if article else ["articles_article_keep_new"]
    shown = [text for text in texts(request, article) if not (filled or request.method == "POST")]
    return {
        "held": filled,
        "unsaved": {
            "keep": reverse(f"admin:{keep_at[0]}", args=keep_at[1:]),
            "presence": reverse("admin:articles_article_presence", args=[article.pk]) if article else "",
            "texts": shown,
            "others": present,
        },
    }


def texts(request: HttpRequest, article: Article | None) -> list[Text]:
    """This person's unsaved texts that differ from what is stored."""
    rows = unsaved.of(person(request), article)
    stored = article and Article.objects.get(pk=article.pk)  # a refused form has changed the other
    return [_text(row) for row in rows if not stored or _differs(row, stored)]


def _text(row: Autosave) -> Text:
    place = reverse("admin:articles_article_change", args=[row.article_id]) if row.article_id else None
    title = row.fields.get("title", [""])[0].strip() or _("without a title")
    return Text(row, title, f"{place or reverse('admin:articles_article_add')}?unsaved={row.pk}")


def _differs(row: Autosave, article: Article) -> bool:
    data, stored = holding.fields(row.fields), replace(article.content(), sources=())
    about = (data.get("slug"), data.get("condition") or "")
    same = typed.words(data, stored) == stored and about == (article.slug, str(article.condition_id or ""))
    return not same


def people(article: Article, request: HttpRequest) -> list[str]:
    """Who else has the article open, in words."""
    at = timezone.now()
    return [_present(one, at) for one in unsaved.others(article, by=person(request), at=at)]


def _present(one: Presence, at: Any) -> str:
    minutes = int((at - one.seen_at).total_seconds() // 60)
    ago = ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    names = {"name": one.person, "ago": ago if minutes else _("just now")}
    return _("%(name)s has this open (%(ago)s).") % names


def saved(request: HttpRequest, draft_key: str) -> None:
    """The form was saved: nothing of it is unsaved any more."""
    if draft_key:
        unsaved.discard(draft_key, by=person(request))


# -- asked by the script -------------------------------------------------------------------------------------------


@require_POST
def keep(request: HttpRequest, article_id: int | None = None) -> HttpResponse:
    """Keep what stands in a form, and say so."""
    article = get_object_or_404(Article, pk=article_id) if article_id else None
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_WORDS and "__prefix__" not in name and not name.startswith("_")
    }
    at, key = timezone.now(), request.POST.get("draft_key", "")
    try:
        unsaved.keep(fields, by=person(request), at=at, draft_key=key, article=article)
    except Refused as no:
        return JsonResponse({"said": str(no)}, status=409)
    at_time = date_format(timezone.localtime(at), "TIME_FORMAT")
    return JsonResponse({"said": _("Unsaved text kept at %(time)s") % {"time": at_time}})


@require_POST
def present(request: HttpRequest, article_id: int) -> HttpResponse:
    """This person still has the article open, or has just left; and who else has."""
    article = get_object_or_404(Article, pk=article_id)
    by = person(request)
    if not by.has_perm("articles.change_article"):
        raise PermissionDenied
    if request.POST.get("leaving"):
        unsaved.leave(article, by=by)
    else:
        unsaved.enter(article, by=by, at=timezone.now())
    return JsonResponse({"others": people(article, request)})


# -- looked at -----------------------------------------------------------------------------------------------------


def look(desk: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """An unsaved text against what is stored; from here it is put back into the form, or let go."""
    row = get_object_or_404(Autosave.objects.select_related("article"), pk=pk, person=person(request))
    if request.method == "POST":
        unsaved.discard(row.draft_key, by=person(request))
        messages.success(request, _("The unsaved text was let go."))
        return redirect(_text(row).restore.partition("?")[0])
    stored = row.article.content() if row.article else Content(title="")
    words = typed.words(holding.fields(row.fields), stored)
    rows = screens.changes(stored, replace(words, sources=stored.sources))
    title = _("Unsaved text: %(title)s") % {"title": words.title or _text(row).title}
    return screens.page(request, "article/unsaved_text", title, text=_text(row), article=row.article, rows=rows)
