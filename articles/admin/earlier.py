"""Earlier states of an article: the list, one of them as a page, two of them compared, one brought back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import earlier, roles
from articles.admin import preview, screens
from articles.admin.desk import ModelAdmin, person
from articles.models import Article, Review, Revision
from articles.refusals import Refused

PAGE = 50


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/earlier/", guard(states), name="articles_article_earlier"),
        path("<int:object_id>/earlier/look/", guard(look), name="articles_article_earlier_look"),
        path("<int:object_id>/earlier/compare/", guard(compare), name="articles_article_earlier_compare"),
        path("<int:object_id>/earlier/bring-back/", guard(bring_back), name="articles_article_bring_back"),
    ]


@dataclass(frozen=True, slots=True)
class State:
    """One line of the list. `edition` is the number it was published with, `signers` are those who attested it."""

    revision: Revision
    edition: int | None
    signers: str
    newest: bool


@screens.of_article(see="view_article", do="change_article")
def states(request: HttpRequest, article: Article) -> HttpResponse:
    """Every state, newest first: who made it, when and how, and which were signed and published."""
    rows = article.revisions.select_related("by").defer("content").order_by("-number")
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"article": article, "page": found, "states": _told(found, article), "can": _can(request, article)}
    return screens.page(request, "article/earlier", _("Earlier states of “%(t)s”") % {"t": article.title}, **shown)


def _told(found: Page[Any], article: Article) -> list[State]:
    numbers = [revision.number for revision in found]
    editions = dict(article.editions.filter(revision__in=numbers).values_list("revision", "number"))
    signers: dict[int, list[str]] = {}
    attested = Review.objects.attested().filter(article=article, revision__in=numbers).order_by("pk")
    for number, name in attested.values_list("revision", "signed_name"):
        signers.setdefault(number, []).append(name)
    return [
        State(one, editions.get(one.number), ", ".join(signers.get(one.number, [])), one.number == article.revision)
        for one in found
    ]


@screens.of_article(see="view_article", do="change_article")
def look(request: HttpRequest, article: Article) -> HttpResponse:
    """One state, as readers would have seen it."""
    state = _asked(request, article, "state")
    if state is None or state.thinned_at:
        return _gone(request, article)
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(preview.rendered(state.words(), article), headers=headers)


@screens.of_article(see="view_article", do="change_article")
def compare(request: HttpRequest, article: Article) -> HttpResponse:
    """What changed between two states, the older one first whichever way they were asked for."""
    asked = [state for state in (_asked(request, article, name) for name in ("old", "new")) if state]
    if len(asked) < 2 or any(state.thinned_at for state in asked):
        return _gone(request, article)
    old, new = sorted(asked, key=lambda state: state.number)
    facts = {"old": old.number, "new": new.number}
    shown = {"article": article, "old": old, "new": new, "rows": screens.changes(old.words(), new.words())}
    return screens.page(request, "article/earlier_compare", _("From revision %(old)d to %(new)d") % facts, **shown)


@screens.of_article(see="change_article", do="change_article")
def bring_back(request: HttpRequest, article: Article) -> HttpResponse:
    """What would change, and the deed itself."""
    state = _asked(request, article, "state")
    if state is None or state.thinned_at:
        return _gone(request, article)
    if request.method == "POST" and _brought_back(request, article, state):
        return redirect("admin:articles_article_change", article.pk)
    article.refresh_from_db()
    rows = screens.changes(article.content(), state.words())
    shown = {"article": article, "state": state, "rows": rows, "can": _can(request, article)}
    title = _("Bring revision %(number)d back") % {"number": state.number}
    return screens.page(request, "article/bring_back", title, **shown)


def _brought_back(request: HttpRequest, article: Article, state: Revision) -> bool:
    base, at = request.POST.get("base_revision", ""), timezone.now()
    number = int(base) if base.isdecimal() and len(base) < 10 else 0
    try:
        earlier.bring_back(article, state.number, by=person(request), at=at, base_revision=number)
    except Refused as no:
        screens.say_no(request, no, article)
        return False
    messages.success(request, _("Revision %(number)d is the working text again.") % {"number": state.number})
    return True


def _asked(request: HttpRequest, article: Article, name: str) -> Revision | None:
    number = request.GET.get(name, "")
    fits = number.isdecimal() and len(number) < 10
    return article.revisions.select_related("by").filter(number=number).first() if fits else None


def _gone(request: HttpRequest, article: Article) -> HttpResponse:
    messages.warning(request, _("Choose states whose words are kept."))
    return redirect("admin:articles_article_earlier", article.pk)


def _can(request: HttpRequest, article: Article) -> bool:
    return roles.may(request.user, "change_article") and not article.binned_at
