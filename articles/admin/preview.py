"""The working text as a reader would see it: the public template, for signed-in staff, kept nowhere."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone

from articles import page
from articles.admin.desk import ModelAdmin
from articles.content import Content
from articles.models import Article


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
    return render_to_string("articles/page.html", {"page": page.build(content, facts(article))})


def facts(article: Article) -> page.Facts:
    """What a preview says beside the words: no dates and no signature, for nothing is published."""
    return page.Facts(
        today=timezone.localdate(),
        slug=article.slug,
        condition=article.condition.name if article.condition else "",
        is_demo=article.is_demo,
        preview=True,
    )
