"""A request that goes to somebody else: handed on by the one who was asked, or given away by a steward."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import asking, notices, roles
from articles.asking import AlreadyRequested, Asked
from articles.models import Review, Reviewer
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What


class NotTheReviewer(Refused):
    """Only the reviewer who was asked may answer."""


class WordsMoved(Refused):
    """The words are not the ones that were on the screen."""


class NotAway(Refused):
    """Nobody is away until a day that has passed."""


@transaction.atomic
def hand_on(
    review: Review, *, by: User, at: datetime, reason: str, to: Reviewer | None = None, away_until: date | None = None
) -> Review:
    """Answer "not me", with a reason: the request goes on to `to`, or back to who asked.

    Returns the new request, or the closed one. Lapsed credentials are no bar. Raises AlreadyAnswered,
    NotTheReviewer, ReasonNeeded, WordsMoved, CannotSign, AlreadyRequested, NotAway.
    """
    roles.require(by, "view_review")
    review = asking.open_again(review)
    if review.reviewer.account_id != by.pk:
        raise NotTheReviewer(_("This review was asked of %(name)s.") % {"name": review.reviewer})
    if not reason.strip():
        raise ReasonNeeded(_("Say why, so that who asked knows what to do next."))
    if away_until:
        _go_away(review.reviewer, away_until, at)
    if to is None:
        return give_back(review, reason.strip(), by=by, at=at)
    return pass_on(review, to, reason.strip(), by=by, at=at, what=What.HANDED_ON)


@transaction.atomic
def reassign(review: Review, *, to: Reviewer, by: User, at: datetime, reason: str) -> Review:
    """Give an open request to somebody else. Returns the new request. Raises as hand_on."""
    roles.require(by, "reassign_review")
    review = asking.open_again(review)
    if not reason.strip():
        raise ReasonNeeded(_("Say why: both reviewers and whoever asked will read it."))
    new = pass_on(review, to, reason.strip(), by=by, at=at, what=What.REASSIGNED)
    _tell_relieved(review, new, reason.strip())
    return new


def pass_on(review: Review, to: Reviewer, reason: str, *, by: User, at: datetime, what: str) -> Review:
    """Close the locked open request and ask `to` for the same words.

    Raises AlreadyRequested, WordsMoved, CannotSign.
    """
    if to.pk == review.reviewer_id:
        raise AlreadyRequested(_("%(name)s was asked already and has not answered yet.") % {"name": to})
    if review.article.content().digest != review.digest:
        raise WordsMoved(_("A source was changed in the library after these words were frozen. Ask for a new review."))
    asking.check_may_read(review, to)
    review.answer_with(Review.Answer.HANDED_ON, by=by, at=at, reason=reason)
    asked = Asked(kind=review.kind, note=review.note, follows=review)
    new = asking.ask(review.article, to, asked, by=review.requested_by, at=at)
    asking.note_deed(review, what, by=by, at=at, detail=f"{review.reviewer} → {to}: {reason}")
    names = {"old": review.reviewer, "new": to, "title": "%(title)s"}
    subject = _("%(new)s was asked in place of %(old)s to review “%(title)s”") % names
    asking.tell_requester(review, subject, reason, kind=notices.Kind.DIGEST)
    return new


def give_back(review: Review, reason: str, *, by: User, at: datetime) -> Review:
    """Close the locked open request without asking somebody else; who asked decides what comes next."""
    review.answer_with(Review.Answer.HANDED_ON, by=by, at=at, reason=reason)
    asking.note_deed(review, What.HANDED_ON, by=by, at=at, detail=f"{review.reviewer}: {reason}")
    names = {"name": review.reviewer, "title": "%(title)s"}
    subject = _("%(name)s can not review “%(title)s”; please ask somebody else") % names
    asking.tell_requester(review, subject, reason, path=asking.way_to_ask(review.article_id))
    return review


def _go_away(reviewer: Reviewer, until: date, at: datetime) -> None:
    if until < timezone.localdate(at):
        raise NotAway(_("“Away until” is a day that is still to come."))
    reviewer.away_until = until
    reviewer.save(update_fields=["away_until"])


def _tell_relieved(review: Review, new: Review, reason: str) -> None:
    subject = _("No need to review “%(title)s” now") % {"title": review.article.title}
    names = {"name": new.reviewer, "reason": reason}
    said = _("%(name)s was asked in your place: %(reason)s") % names
    notices.tell(review.reviewer.account, subject, said, kind=notices.Kind.DIGEST)
