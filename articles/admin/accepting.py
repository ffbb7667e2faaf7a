"""A reviewer's corrections, read by a second person before they can be published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import commenting, contributions, reviewing, roles
from articles.admin import screens
from articles.admin.desk import person
from articles.content import Content
from articles.models import Review
from articles.refusals import Refused


@screens.of_review(see="view_review", do="accept_corrections")
def corrections(request: HttpRequest, review: Review) -> HttpResponse:
    """The redline of the corrections, and the second person's yes, or what there is to say against them."""
    if request.method == "POST":
        try:
            done = _answered(request, review)
        except Refused as no:
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, done % {"name": review.reviewer})
        return redirect("admin:articles_article_change", review.article_id)
    if review.corrects is None:
        messages.warning(request, _("This review made no corrections."))
        return redirect("admin:articles_review_read", review.pk)
    accepted = getattr(review, "acceptance", None)
    outdated = accepted is None and review.article.digest != review.digest
    mine = review.answered_by_id == request.user.pk
    context = {
        "review": review,
        "rows": screens.changes(_read_before(review, review.corrects), review.words()),
        "accepted": accepted,
        "outdated": outdated,
        "mine": mine,
        "can": roles.may(request.user, "accept_corrections") and not (mine or accepted or outdated),
        "can_edit": roles.may(request.user, "change_article"),
    }
    title = _("Corrections to “%(title)s”") % {"title": review.words().title}
    return screens.page(request, "article/accept", title, **context)


def _answered(request: HttpRequest, review: Review) -> str:
    by, at = person(request), timezone.now()
    if request.POST.get("answer") == "object":
        commenting.object_to(review, text=request.POST.get("objection", ""), by=by, at=at)
        return _("%(name)s will read why you do not accept the corrections. They still wait.")
    reviewing.accept(review, by=by, at=at, digest=request.POST.get("digest", ""))
    return _("The corrections by %(name)s are accepted.")


def _read_before(review: Review, request: Review) -> Content:
    """What the corrections are compared with: the words of the request, unless its reviewer wrote part of them.

    Then whoever accepts is the second reader of those, too, and sees all that is new since two people agreed.
    """
    if review.answered_by_id not in contributions.unseen_writers(review.article, request.revision):
        return request.words()
    sound = contributions.sound(review.article)
    return sound[-1].words() if sound else Content(title="", language=review.words().language)
