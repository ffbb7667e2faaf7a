"""The working text as a reader would see it: the public template, for signed-in staff, kept nowhere."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone

from articles import contributions, dates, page, signoffs, standings, telling
from articles.admin.desk import ModelAdmin
from articles.content import Content
from articles.models import AS_SIGNED, Article, Review


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    view = desk.admin_site.admin_view(partial(show, desk))
    return [path("<int:article_id>/preview/", view, name="articles_article_preview")]


def show(desk: ModelAdmin, request: HttpRequest, article_id: int) -> HttpResponse:
    """The page of what is stored now, published or not."""
    article: Article | None = desk.get_object(request, str(article_id))
    if article is None:
        raise Http404
    if not desk.has_view_or_change_permission(request, article):
        raise PermissionDenied
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(rendered(article.content(), article), headers=headers)


def rendered(content: Content, article: Article) -> str:
    """These words as a page of this article, marked as a preview. Without the request, as the public page is."""
    said = replace(facts(article, content), **_signatures(content, article))
    return render_to_string("articles/page.html", {"page": page.build(content, said)})


def _signatures(content: Content, article: Article) -> dict[str, Any]:
    """Who would be named, and with which date, if these words were published now."""
    at = timezone.now()
    line = dates.last_full(content.digest, [one.attestation() for one in contributions.sound(article)])
    covers = signoffs.covers(article, content, at)
    if line is None or line.review_id is None or not covers:
        return {}
    full = Review.objects.get(pk=line.review_id)
    others = [one for one in covers if one.kind != Review.Kind.CLINICAL or one.reviewer_id != full.reviewer_id]
    return {
        "signature": signature(full),
        "also_signed": tuple(signature(one) for one in others),
        "last_reviewed": line.on,
    }


def signature(review: Review) -> page.Signature:
    """As signed, for a page."""
    said = {"how": review.origin, "kind": review.kind, "scope": review.scope, "interests": review.declared}
    return page.Signature(**said, **{part: getattr(review, f"signed_{part}") for part in AS_SIGNED})


def facts(article: Article, content: Content) -> page.Facts:
    """What a page of frozen or working words says beside them, before anybody has signed."""
    return page.Facts(
        today=timezone.localdate(),
        slug=article.slug,
        condition=article.condition.name if article.condition else "",
        is_demo=article.is_demo,
        preview=True,
        standings=standings.of(content.cited_keys()),
        stories=telling.of(content, today=timezone.localdate()),
    )
