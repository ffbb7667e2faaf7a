"""Editions and history of one article: what readers could see, when, who reviewed it; and bringing words back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafting, roles
from articles.admin import screens
from articles.admin.desk import ModelAdmin, person
from articles.models import Article, Edition
from articles.refusals import Refused

TIMELINE = 100  # entries; the whole of it has a list of its own


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/editions/", guard(editions), name="articles_article_editions"),
        path("editions/<int:object_id>/", guard(edition), name="articles_article_edition"),
    ]


@screens.of_article(see="view_article", do="change_article")
def editions(request: HttpRequest, article: Article) -> HttpResponse:
    """Every edition, the latest first, and everything that was done."""
    rows = article.editions.select_related("published_by", "closed_by", "closed_instead", "review").defer("content")
    shown = {
        "editions": rows.prefetch_related("covers__review").order_by("-number"),
        "timeline": article.timeline.select_related("by")[:TIMELINE],
    }
    title = _("Editions and history of “%(title)s”") % {"title": article.title}
    return screens.page(request, "article/editions", title, article=article, **shown)


@screens.of_edition(see="view_article", do="change_article")
def edition(request: HttpRequest, one: Edition) -> HttpResponse:
    """One edition against the draft as it stands; its words can be brought back."""
    article = one.article
    if request.method == "POST":
        try:
            drafting.bring_back(article, one, by=person(request), at=timezone.now(), base_revision=_base(request))
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("The draft has the words of edition %(n)d again.") % {"n": one.number})
            if one.words().redacted:
                messages.warning(request, _("A part of them was redacted. It came back empty."))
            return redirect("admin:articles_article_change", article.pk)
    title = _("Edition %(n)d of “%(title)s”") % {"n": one.number, "title": article.title}
    return screens.page(request, "article/edition", title, **_shown(request, article, one))


def _shown(request: HttpRequest, article: Article, one: Edition) -> dict[str, Any]:
    fresh = Article.objects.get(pk=article.pk)  # a refusal may have come from somebody else's save
    words = one.words()
    return {
        "article": fresh,
        "edition": one,
        "redacted": words.redacted,
        "rows": screens.changes(fresh.content(), words),
        "can": roles.may(request.user, "change_article"),
    }


def _base(request: HttpRequest) -> int:
    sent = request.POST.get("base_revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
