"""The reviewer's one click: the page as readers see it, the news about it, the statement, and the signature."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import asking, page, reaffirming
from articles.admin import again, preview, reviewing, screens, signing, told_news
from articles.admin.desk import ModelAdmin, person
from articles.models import Article, Edition, Published, Review, Reviewer
from articles.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What stands in the way of a signature, in words, and where that is mended."""

    why: str
    way: str = ""
    url: str = ""
    done: bool = False  # nothing does: it was signed a moment ago


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/confirm/", guard(confirm), name="articles_article_confirm"),
        path(
            "<int:object_id>/confirm/page/",
            xframe_options_sameorigin(guard(online)),
            name="articles_article_online",
        ),
    ]


@screens.of_article(see="attest_article", do="attest_article")
def confirm(request: HttpRequest, article: Article) -> HttpResponse:
    """Show what would be signed and take the signature. What was typed stays on the screen."""
    if request.method == "POST":
        try:
            _sign(request, article)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            there = reverse("reading:article", args=[article.slug])
            words = _("You reviewed “%(title)s” and changed nothing. Readers see today's date.")
            link = format_html('<a href="{}">{}</a>', there, _("See the page"))
            messages.success(request, format_html("{} {}", words % {"title": article.title}, link))
            return redirect("admin:index")
    title = _("Reviewed, no change: %(title)s") % {"title": article.title}
    return screens.page(request, "article/confirm", title, article=article, **_shown(request, article))


@screens.of_article(see="attest_article", do="")
def online(request: HttpRequest, article: Article) -> HttpResponse:
    """The words online in the public template, for the frame on this screen and for no other site's."""
    edition = article.editions.open().first()
    if edition is None:
        return redirect("admin:articles_article_confirm", article.pk)
    shown = page.build(edition.words(), _facts(article, edition))
    response = render(request, "admin/articles/review/page.html", {"page": shown})
    response._csp = reviewing.FRAMED  # type: ignore[attr-defined]  # read by leukemia_site/csp.py
    return response


def _facts(article: Article, edition: Edition) -> page.Facts:
    """What readers see beside these words now."""
    row = Published.objects.select_related("review").get(article=article, moved_to=None)
    return replace(
        preview.facts(article, edition.words()),
        preview=False,
        edition=edition.number,
        signature=preview.signature(row.review) if row.review else None,
        last_reviewed=row.last_reviewed_on,
        next_due=row.next_due,
        overdue_from=row.overdue_from,
        first_published=row.first_published_on,
        last_updated=row.last_updated_on,
        unreviewed_since=row.unreviewed_since,
    )


def _sign(request: HttpRequest, article: Article) -> None:
    interests = signing.said_interests(request)
    again.require(request)
    said = {"digest": request.POST.get("digest", ""), "interests": interests}
    seen = request.POST.getlist("news")
    reaffirming.reaffirm(article, by=person(request), at=timezone.now(), seen=seen, **said)


def _shown(request: HttpRequest, article: Article) -> dict[str, Any]:
    by, edition = person(request), article.editions.open().first()
    stands = _in_the_way(article, edition, by)
    reviewer = Reviewer.objects.filter(account=by).first()
    found = reaffirming.open_news(article) if edition else []
    words = edition.words() if edition else None
    return {
        "edition": edition,
        "stands": stands,
        "offer": signing.offer_whole(request, reviewer) if reviewer and not stands else None,
        "asked": reaffirming.request_of(article, edition, reviewer) if edition and reviewer else None,
        "news": told_news.of_page(article, found, words),
        "last": _last(article),
    }


def _in_the_way(article: Article, edition: Edition | None, by: Any) -> Stands | None:
    """Said before anything is read or typed. The deed says it once more."""
    at = timezone.now()
    try:
        edition = reaffirming.page_online(article, at=at)
        reviewer = reaffirming.signer(article, edition, by, at=at)
    except reaffirming.NotUnchanged as no:
        mine = article.reviews.open().filter(reviewer__account=by).first()
        if mine:
            return Stands(why=str(no), way=_("Read what you were asked"), url=_url("review_read", mine))
        return Stands(why=str(no), way=_("See the article"), url=_url("article_change", article))
    except asking.CannotSign as no:
        return Stands(why=str(no))
    if done := reaffirming.signed_today(edition, reviewer, at=at):
        return Stands(why=done, way=_("Back to your desk"), url=reverse("admin:index"), done=True)
    why = reaffirming.why_first(reaffirming.open_news(article))
    return Stands(why=why, way=_("Decide about the news"), url=_url("article_news", article)) if why else None


def _last(article: Article) -> Review | None:
    """What was answered last: whoever signs now should know of an objection."""
    read = Q(pk__in=article.reviews.attested().order_by().values("pk")) | Q(answer=Review.Answer.CHANGES_REQUESTED)
    rows = article.reviews.filter(read, kind=Review.Kind.CLINICAL).select_related("reviewer")
    found: Review | None = rows.defer("content").order_by("-answered_at", "-pk").first()
    return found


def _url(name: str, row: Any) -> str:
    return reverse(f"admin:articles_{name}", args=[row.pk])
