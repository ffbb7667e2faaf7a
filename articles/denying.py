"""That is not so: whoever a recorded review names says that they did not give it, and it stops counting."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from articles import addresses, drafting, notices, roles
from articles.handing import NotTheReviewer
from articles.models import Alert, AlertPage, Article, Cover, Edition, Review
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

TOLD = (roles.PUBLISHER, roles.RECORDS_STEWARD)


class NothingToDeny(Refused):
    """Staff recorded no such review, or it was denied before."""


@transaction.atomic
def deny(review: Review, *, by: User, at: datetime, reason: str) -> Review:
    """Say that this recorded review is not so. Returns the row that keeps it. The record itself stays as it was made.

    It dates no page from now on. The page comes up as news, and publishers, stewards and whoever recorded it are told
    at once. Raises NotTheReviewer, NothingToDeny, ReasonNeeded, NotAllowed.
    """
    roles.require(by, "view_review")
    article = drafting.lock(review.article, binned=True)
    review = Review.objects.select_related("reviewer", "answered_by").get(pk=review.pk)
    if review.reviewer.account_id != by.pk:
        raise NotTheReviewer(_("This review names %(name)s.") % {"name": review.reviewer})
    if why := why_not(review):
        raise NothingToDeny(why)
    if not reason.strip():
        raise ReasonNeeded(_("Say what is wrong with it, so that whoever recorded it can look it up."))
    denial = _keep(review, reason.strip(), by=by, at=at)
    said = said_of(review) + f" {reason.strip()}"
    if article.editions.open().exists():
        title = _("%(name)s denies a review of “%(title)s”") % {"name": review.reviewer, "title": article.title}
        alert = Alert.objects.create(kind=Alert.Kind.OTHER, title=title[:200], about=said, by=by, at=at)
        AlertPage.objects.create(alert=alert, article=article)
    note(article, What.ALERTED, by=by, at=at, detail=said)
    addresses.post(article, at=at)
    _tell(review, article, said, by=by)
    return denial


def why_not(review: Review) -> str:
    """Why there is nothing to deny, in one sentence; "" if there is."""
    if review.origin not in Review.BY_STAFF:
        return _("You signed this review yourself, so it can not be denied. Ask for a correction of the page.")
    if denial_of(review):
        return _("You have said already that this is not so. It no longer counts.")
    return ""


def denial_of(review: Review) -> Review | None:
    """What its reviewer said against this recorded review."""
    found: Review | None = review.corrections.filter(answer=Review.Answer.RECALLED).first()
    return found if review.origin in Review.BY_STAFF else None


def said_of(review: Review) -> str:
    """What is denied, in one sentence."""
    day = formats.date_format(review.reviewed_on) if review.reviewed_on else ""
    facts = {"name": review.reviewer, "by": review.answered_by, "day": day}
    return _("%(by)s recorded that %(name)s reviewed it on %(day)s; %(name)s says that this is not so.") % facts


def rests_on(review: Review) -> bool:
    """Whether an edition was published on the strength of it."""
    return Cover.objects.filter(review=review).exists() or Edition.objects.filter(review=review).exists()


def _keep(review: Review, reason: str, *, by: User, at: datetime) -> Review:
    denial: Review = Review.objects.create(
        article_id=review.article_id,
        reviewer=review.reviewer,
        corrects=review,
        content=review.content,
        digest=review.digest,
        revision=review.revision,
        requested_by=review.requested_by,
        requested_at=at,
        answer=Review.Answer.RECALLED,
        answered_by=by,
        answered_at=at,
        reason=reason,
    )
    return denial


def _tell(review: Review, article: Article, said: str, *, by: User) -> None:
    subject = _("A recorded review of “%(title)s” is denied") % {"title": article.title}
    people = {person.pk: person for role in TOLD for person in roles.people_of(role)}
    if review.answered_by and review.answered_by.is_active:
        people[review.answered_by.pk] = review.answered_by
    people.pop(by.pk, None)
    lines = [said]
    if rests_on(review):
        lines.append(_("An edition was published on the strength of it. Ask for a new review, or take the page down."))
    for person in people.values():
        notices.tell(person, subject, "\n\n".join(lines), f"/admin/articles/article/{article.pk}/dates/")
