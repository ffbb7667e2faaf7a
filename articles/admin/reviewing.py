"""The reviewer's screen: the frozen words as patients will see them, what is new in them, and the answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import checking, page, reviewing, roles
from articles.admin import accepting, correcting, leaning, preview, requesting, screens
from articles.admin.desk import ModelAdmin, person
from articles.models import AS_SIGNED, Review
from articles.page import Page, Signature
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
    ]


@screens.of_review(see="view_review", do="attest_article")
def read(request: HttpRequest, review: Review) -> HttpResponse:
    """Show the words and take the answer. What was typed stays on the screen when the answer is refused."""
    if request.method == "POST":
        try:
            done = _answer(request, review)
        except Refused as no:
            review.refresh_from_db()
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, done)
            return redirect("admin:index")
    title = _("Review: %(title)s") % {"title": review.words().title}
    return screens.page(request, "review/read", title, **_shown(request, review))


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
    reviewing.attest(review, by=by, at=at, digest=digest)
    return _("You attested “%(title)s”. Thank you.") % {"title": review.words().title}


def _shown(request: HttpRequest, review: Review) -> dict[str, Any]:
    words, base = review.words(), requesting.compared_with(review)
    asked = not review.answer
    mine = review.reviewer.account_id == request.user.pk and roles.may(request.user, "attest_article")
    return {
        "review": review,
        "mine": asked and mine,
        # A source that was changed in the library changes the page, though nobody touched its text.
        "moved": asked and review.article.content().digest != review.digest,
        "signature": Signature(**{part: getattr(review.reviewer, part) for part in AS_SIGNED}),
        "base": base,
        "rows": screens.changes(base.words() if base else None, words),
        "findings": checking.check(words),
        "leanings": leaning.of(words, _page(review)),
        "reason": request.POST.get("reason", ""),
    }


def _page(review: Review) -> Page:
    return page.build(review.words(), preview.facts(review.article))
