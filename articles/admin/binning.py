"""The screens of the bin: putting a draft in, and taking it out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import binning
from articles.admin import screens
from articles.admin.desk import ModelAdmin, person
from articles.models import Article, Review
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/bin/", guard(put_in), name="articles_article_bin"),
        path("<int:object_id>/unbin/", guard(take_out), name="articles_article_unbin"),
    ]


@screens.of_article(see="change_article", do="change_article")
def put_in(request: HttpRequest, article: Article) -> HttpResponse:
    """Say what will happen, and put the draft in the bin."""
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            binning.bin_draft(article, by=person(request), at=timezone.now(), reason=reason)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("“%(title)s” is in the bin.") % {"title": article.title})
            return redirect("admin:articles_article_change", article.pk)
    asked = Review.objects.open().filter(article=article).select_related("reviewer")
    shown = {"article": article, "published": article.editions.exists(), "asked": asked, "reason": reason}
    title = _("Put “%(title)s” in the bin") % {"title": article.title}
    return screens.page(request, "article/bin", title, **shown)


@screens.of_article(see="change_article", do="change_article")
def take_out(request: HttpRequest, article: Article) -> HttpResponse:
    """Ask, and take the draft out of the bin."""
    if request.method == "POST":
        try:
            binning.unbin(article, by=person(request), at=timezone.now())
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("“%(title)s” is a draft again.") % {"title": article.title})
        return redirect("admin:articles_article_change", article.pk)
    title = _("Take “%(title)s” out of the bin") % {"title": article.title}
    return screens.page(request, "article/unbin", title, article=article)
