"""The reviewer's screen: the frozen words as patients will see them, what is new in them, and the answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import answering, asking, blocks, leaning, page, reviewing, roles
from articles import commenting as comments
from articles.admin import (
    accepting,
    again,
    commenting,
    correcting,
    handing,
    inserting,
    preview,
    requesting,
    rounds,
    screens,
    signing,
    source_news,
    told_news,
)
from articles.admin.desk import ModelAdmin, person
from articles.models import Review
from articles.page import Page
from articles.refusals import Refused
from leukemia_site import csp

FRAMED = csp.policy(frame_ancestors="'self'")


class ReasonAndSignature(Refused):
    """Somebody has written what should change, and pressed Attest."""


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the list of reviews."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/read/", guard(read), name="articles_review_read"),
        path("<int:object_id>/page/", xframe_options_sameorigin(guard(frozen_page)), name="articles_review_page"),
        path("<int:object_id>/correct/", guard(correcting.correct), name="articles_review_correct"),
        path("<int:object_id>/corrections/", guard(accepting.corrections), name="articles_review_corrections"),
        path("<int:object_id>/recall/", guard(requesting.recall), name="articles_review_recall"),
        path("<int:object_id>/hand-on/", guard(handing.hand_on), name="articles_review_hand_on"),
        path("<int:object_id>/reassign/", guard(handing.reassign), name="articles_review_reassign"),
    ]


@screens.of_review(see="view_review", do="attest_article sign_language")
def read(request: HttpRequest, review: Review) -> HttpResponse:
    """Show the words and take the answer. What was typed stays on the screen, whatever becomes of the answer."""
    typed: QueryDict = request.POST
    if request.method == "POST":
        if not roles.may(request.user, asking.permission(review.kind)):
            raise PermissionDenied
        try:
            said, typed = commenting.act(request, review.article, review)
            done = "" if said else _answer(request, review)
        except Refused as no:
            review.refresh_from_db()
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, said or done)
            if done:
                return redirect("admin:index")
    title = _("Review: %(title)s") % {"title": review.words().title}
    return screens.page(request, "review/read", title, typed=typed, **_shown(request, review))


@screens.of_review(see="view_review", do="view_review")
def frozen_page(request: HttpRequest, review: Review) -> HttpResponse:
    """The frozen words in the public template, for the frame on the reviewer's screen and for no other site's."""
    response = render(request, "admin/articles/review/page.html", {"page": _page(review)})
    response._csp = FRAMED  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest, review: Review) -> str:
    """Call the deed that was chosen; the sentence that thanks for it."""
    by, at = person(request), timezone.now()
    digest, reason = request.POST.get("digest", ""), request.POST.get("reason", "")
    if request.POST.get("answer") == "changes":
        reviewing.decline(review, by=by, at=at, digest=digest, reason=reason)
        return _("%(name)s will read what should change. Thank you.") % {"name": review.requested_by}
    if request.POST.get("answer") != "attest":
        raise Refused(_("Choose one of the answers."))
    if reason.strip():
        raise ReasonAndSignature(
            _("You wrote what should change. Delete it to attest the page as it is, or choose Request changes.")
        )
    if not review.answer:  # a closed request is refused by the deed, whoever asks
        again.require(request)
    reviewing.attest(review, by=by, at=at, digest=digest, **signing.said(request))
    return _("You attested “%(title)s”. Thank you.") % {"title": review.words().title}


def _shown(request: HttpRequest, review: Review) -> dict[str, Any]:
    words = review.words()
    found = rounds.of(review, words, request.GET.get("since", ""))
    threads = comments.threads(review.article)
    asked = not review.answer
    mine = asked and review.reviewer.account_id == request.user.pk
    # Said before anything is typed: credentials may have lapsed since the request.
    cannot = asking.why_not(review.reviewer, review.kind, timezone.localdate()) if mine else ""
    return {
        "review": review,
        "asked_me": mine,
        "cannot": cannot,
        "mine": mine and not cannot,
        "clinical": review.kind == Review.Kind.CLINICAL,
        "fresh": again.is_fresh(request),
        # A source that was changed in the library changes the page, though nobody touched its text.
        "moved": asked and review.article.content().digest != review.digest,
        "round": found,
        "places": rounds.places(found, words, threads),
        "open_comments": sum(not one.comment.resolved_at for one in threads),
        "offer": signing.offer(request, review, found.base, found.changes, review.digest),
        "last": _last(review),
        "remarks": answering.remarks(review.article, words, at=timezone.now()),
        "news": told_news.beside(review.article),
        "leanings": leaning.of(words, _page(review), source_news.beside(review.article, words.cited_keys())),
        "facts": inserting.beside(words),
        "cited": frozenset(words.cited_keys()),
        "sections": [(one.anchor, blocks.name_of(one)) for one in words.sections],
    }


def _last(review: Review) -> Review | None:
    """What the last reviewer of this article answered."""
    read = (Review.Answer.ATTESTED, Review.Answer.CHANGES_REQUESTED)
    earlier = Review.objects.filter(article_id=review.article_id, pk__lt=review.pk, answer__in=read)
    return earlier.select_related("reviewer").defer("content").order_by("-answered_at", "-pk").first()


def _page(review: Review) -> Page:
    return page.build(review.words(), preview.facts(review.article, review.words()))
