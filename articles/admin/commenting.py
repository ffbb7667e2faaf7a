"""Comments: said and answered beside the text under review, and on a screen of their own for everybody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import commenting
from articles.admin import mending, screens
from articles.admin.desk import ModelAdmin, person
from articles.blocks import name_of
from articles.models import Article, Comment, Review
from articles.refusals import Refused


class NoSuchComment(Refused):
    """The form names a comment of another article, or none."""


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [path("<int:object_id>/comments/", guard(comments), name="articles_article_comments")]


@screens.of_article(see="view_comment", do="view_comment")
def comments(request: HttpRequest, article: Article) -> HttpResponse:
    """Everything that was said about an article, open first. Who may say something is decided by the deed."""
    if request.method == "POST":
        try:
            done, _typed = act(request, article)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, done or _("Nothing was done."))
            return redirect("admin:articles_article_comments", article.pk)
    threads = commenting.threads(article)
    context = {
        "open": [one for one in threads if not one.comment.resolved_at],
        "resolved": [one for one in threads if one.comment.resolved_at],
        "sections": [(one.anchor, name_of(one.content())) for one in article.sections.all()],
        "may_comment": commenting.may_comment(person(request)),
        "typed": request.POST,
    }
    return screens.page(request, "article/comments", _("Comments"), article=article, **context)


def act(request: HttpRequest, article: Article, review: Review | None = None) -> tuple[str, QueryDict]:
    """Do what a comment's button asks for: the sentence that says so ("" where it was another button), and what is
    still to be kept of what was typed."""
    deed, _colon, number = request.POST.get("answer", "").partition(":")
    by, at, kept = person(request), timezone.now(), request.POST.copy()
    if deed == "comment":
        text, anchor = request.POST.get("comment_text", ""), request.POST.get("comment_place", "")
        commenting.comment(article, text=text, by=by, at=at, anchor=anchor, review=review)
        del kept["comment_text"]
        return _("Your comment is there for the writer and the next reviewer."), kept
    if deed == "reply":
        commenting.answer(_comment(article, number), text=request.POST.get(f"reply_{number}", ""), by=by, at=at)
        del kept[f"reply_{number}"]
        return _("Your answer stands below the comment."), kept
    if deed == "resolve":
        commenting.resolve(_comment(article, number), by=by, at=at)
        return _("The comment is resolved."), kept
    return "", kept


def panel(article: Article) -> list[tuple[Comment, Any]]:
    """The open comments of an article, each with the link to its section in the form."""
    open_ones = [one.comment for one in commenting.threads(article) if not one.comment.resolved_at]
    links = mending.section_links(article, [one.anchor for one in open_ones])
    return [(one, links.get(one.anchor, "")) for one in open_ones]


def _comment(article: Article, number: str) -> Comment:
    found = article.comments.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise NoSuchComment(_("The comment is not there."))
    return found
