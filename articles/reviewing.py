"""Asking for, giving and refusing a signature on exactly these words."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import addresses, checking, contributions, drafting, notices, roles, settling
from articles.content import MEDICAL, Content
from articles.models import AS_SIGNED, Acceptance, Article, Review, Reviewer, Revision
from articles.refusals import Obstacle, ReasonNeeded, Refused
from articles.timeline import What
from articles.timeline import note as _note


class NotReady(Refused):
    """The words are not fit to be read by a reviewer yet."""


class AlreadyRequested(Refused):
    """A request is open."""


class NotTheReviewer(Refused):
    """Only the reviewer who was asked may answer."""


class CannotSign(Refused):
    """This reviewer may not sign: left, lapsed, without an account, or the writer of these words."""


class AlreadyAnswered(Refused):
    """The request was answered, recalled or superseded meanwhile."""


class WordsMoved(Refused):
    """The words are not the ones that were on the screen."""


class NothingCorrected(Refused):
    """The corrected words are the words that were there."""


class NothingToAccept(Refused):
    """There are no corrections that this person can accept."""


@transaction.atomic
def request(article: Article, *, reviewer: Reviewer, by: User, at: datetime, note: str = "") -> Review:
    """Freeze the words and ask `reviewer` to read them. Raises NotReady, AlreadyRequested, CannotSign."""
    roles.require(by, "request_review")
    article = drafting.lock(article)
    # A source's details may have changed in the library since the last save; who asks for a review answers for that.
    settling.account(article, by=by, at=at, how=Revision.How.EDIT)
    words = article.content()
    if Review.objects.open().filter(article=article, kind=Review.Kind.CLINICAL).exists():
        raise AlreadyRequested(_("A review is already under way. Recall it first to ask somebody else."))
    _check_can_sign(reviewer, at)
    unfit = obstacles_to_reading(article, words)
    if unfit:
        raise NotReady(_("Mend these first, so that the reviewer reads finished words."), unfit)
    sound, carried = contributions.sound(article), _unaccepted(article, reviewer)
    review: Review = Review.objects.create(
        article=article,
        origin=Review.Origin.CORRECTION if carried else Review.Origin.REQUEST,
        corrects=carried,
        reviewer=reviewer,
        content=words.to_json(),
        digest=words.digest,
        base_digest=sound[-1].digest if sound else "",
        revision=article.revision,
        note=note,
        requested_by=by,
        requested_at=at,
    )
    note_deed(review, What.REVIEW_REQUESTED, by=by, at=at, detail=str(reviewer))
    subject = _("Please review “%(title)s”") % {"title": words.title}
    notices.tell(reviewer.account, subject, note or subject, f"/admin/articles/review/{review.pk}/read/")
    return review


def obstacles_to_reading(article: Article, words: Content) -> tuple[Obstacle, ...]:
    """What must be mended before anybody's time is spent on reading."""
    proposed = [
        Obstacle("proposed-heading", _("Confirm the proposed heading “%(h)s”.") % {"h": s.heading}, s.anchor)
        for s in article.sections.all()
        if s.heading_proposed
    ]
    blocking = [
        Obstacle(f.rule, str(f.message), f.where)
        for f in checking.check(words)
        if f.severity == checking.Severity.BLOCKING
    ]
    return (*proposed, *blocking)


@transaction.atomic
def recall(review: Review, *, by: User, at: datetime, reason: str = "") -> Review:
    """Take a request back. Raises AlreadyAnswered."""
    roles.require(by, "request_review")
    review = _open(review)
    review.answer_with(Review.Answer.RECALLED, by=by, at=at, reason=reason)
    note_deed(review, What.RECALLED, by=by, at=at, detail=reason)
    subject = _("No need to review “%(title)s” now") % {"title": review.article.title}
    notices.tell(review.reviewer.account, subject, reason or subject)
    return review


@transaction.atomic
def attest(review: Review, *, by: User, at: datetime, digest: str) -> Review:
    """Sign exactly the words with `digest`, the ones that were on the screen.

    Raises AlreadyAnswered, NotTheReviewer, WordsMoved, CannotSign.
    """
    review = _readable(review, by=by, at=at, digest=digest)
    _check_not_author(review, by)
    review.answer_with(Review.Answer.ATTESTED, by=by, at=at, **signature(review.reviewer, timezone.localdate(at)))
    note_deed(review, What.ATTESTED, by=by, at=at)
    addresses.post(review.article, at=at)
    _tell_requester(review, _("“%(title)s” was attested"))
    return review


@transaction.atomic
def correct_and_attest(review: Review, corrected: Content, *, by: User, at: datetime, digest: str) -> Review:
    """Correct the frozen words and sign the result; somebody else must accept it. Returns the signed review.

    Raises as attest, and NothingCorrected, NotReady.
    """
    review = _readable(review, by=by, at=at, digest=digest)
    if corrected.digest == review.digest:
        raise NothingCorrected(
            _("Nothing was corrected that a signature covers. To sign the words as they are, choose Attest.")
        )
    article, wanted = review.article, _among_todays(review.article.content(), corrected)
    article = drafting.rewrite(
        article, wanted, by=by, at=at, base_revision=article.revision, how=Revision.How.CORRECTION
    )
    words = article.content()
    unfit = obstacles_to_reading(article, words)
    if unfit:
        raise NotReady(_("The corrected words can not be signed yet."), unfit)
    signed: Review = Review.objects.create(
        article=article,
        origin=Review.Origin.CORRECTION,
        corrects=review,
        reviewer=review.reviewer,
        content=words.to_json(),
        digest=words.digest,
        base_digest=review.base_digest,
        revision=article.revision,
        requested_by=review.requested_by,
        requested_at=at,
        answer=Review.Answer.ATTESTED,
        answered_by=by,
        answered_at=at,
        **signature(review.reviewer, timezone.localdate(at)),
    )
    note_deed(signed, What.CORRECTED, by=by, at=at, before=review.digest)
    _tell_requester(signed, _("“%(title)s” was corrected and attested; please accept the corrections"))
    return signed


@transaction.atomic
def decline(review: Review, *, by: User, at: datetime, digest: str, reason: str) -> Review:
    """Decline to sign, saying why. Raises ReasonNeeded and as attest."""
    if not reason.strip():
        raise ReasonNeeded(_("Say what should change, so that the writer can act on it."))
    review = _readable(review, by=by, at=at, digest=digest)
    review.answer_with(Review.Answer.CHANGES_REQUESTED, by=by, at=at, reason=reason.strip())
    note_deed(review, What.CHANGES_REQUESTED, by=by, at=at, detail=reason.strip())
    _tell_requester(review, _("Changes were requested to “%(title)s”"), reason.strip())
    return review


@transaction.atomic
def accept(review: Review, *, by: User, at: datetime, digest: str) -> Acceptance:
    """Accept a reviewer's corrections: the words with `digest`, whose redline was on the screen.

    Raises NothingToAccept, WordsMoved.
    """
    roles.require(by, "accept_corrections")
    article = drafting.lock(review.article)
    review = Review.objects.select_related("reviewer", "acceptance").get(pk=review.pk)
    corrected = review.origin == Review.Origin.CORRECTION and review.answer == Review.Answer.ATTESTED
    if not corrected or hasattr(review, "acceptance"):
        raise NothingToAccept(_("There are no corrections to accept here."))
    if by.pk == review.answered_by_id:
        raise NothingToAccept(_("You made these corrections. Somebody else must accept them."))
    if not digest == review.digest == article.content().digest:
        raise WordsMoved(_("The words were changed after these corrections. Ask for a new review."))
    acceptance: Acceptance = Acceptance.objects.create(review=review, by=by, at=at)
    note_deed(review, What.ACCEPTED, by=by, at=at)
    addresses.post(article, at=at)
    return acceptance


def signature(reviewer: Reviewer, on: date) -> dict[str, Any]:
    """Name and credentials as they stand that day, for the columns of a signed review."""
    return {"reviewed_on": on, **{f"signed_{part}": getattr(reviewer, part) for part in AS_SIGNED}}


def note_deed(review: Review, what: str, *, by: User, at: datetime, detail: str = "", before: str = "") -> None:
    """One timeline entry about a review."""
    _note(review.article, what, by=by, at=at, words=(before, review.digest), detail=detail)


def _open(review: Review) -> Review:
    """The review, fresh, with its article locked. Raises AlreadyAnswered."""
    article = drafting.lock(review.article)
    fresh: Review = Review.objects.select_related("reviewer", "requested_by").get(pk=review.pk)
    fresh.article = article
    if fresh.answer:
        raise AlreadyAnswered(
            _("This request is closed (%(answer)s). Nothing was changed.") % {"answer": fresh.get_answer_display()}
        )
    return fresh


def _readable(review: Review, *, by: User, at: datetime, digest: str) -> Review:
    """The open review, if `by` may answer it for exactly the words that were on the screen."""
    roles.require(by, "attest_article")
    review = _open(review)
    if review.reviewer.account_id != by.pk:
        raise NotTheReviewer(_("This review was asked of %(name)s.") % {"name": review.reviewer})
    _check_can_sign(review.reviewer, at)
    if not digest == review.digest == review.article.content().digest == review.words().digest:
        raise WordsMoved(_("The words are not the ones that were on your screen. Read them again before you sign."))
    return review


def _among_todays(now: Content, corrected: Content) -> Content:
    """The corrected medical sections in their places, among the institutional ones as they stand now.

    Those may have been edited since the request, for they are no part of what was frozen to be signed.
    """
    medical = iter([section for section in corrected.sections if section.kind == MEDICAL])
    places = [next(medical, None) if section.kind == MEDICAL else section for section in now.sections]
    return replace(corrected, sections=(*filter(None, places), *medical))


def _check_not_author(review: Review, by: User) -> None:
    """Who wrote words that nobody else has read may not sign them alone. Raises CannotSign.

    Earlier corrections are no bar where the request carries them on, for then a second person must accept.
    """
    carried_on = review.origin == Review.Origin.CORRECTION
    count = contributions.unseen_authors if carried_on else contributions.unseen_writers
    if by.pk in count(review.article, review.revision):
        raise CannotSign(_("You wrote part of these words. Somebody else must sign them."))


def _unaccepted(article: Article, reviewer: Reviewer) -> Review | None:
    """This reviewer's corrections that stand in the words though nobody has accepted them."""
    if reviewer.account_id not in contributions.unseen_writers(article, article.revision):
        return None
    mine = article.reviews.filter(origin=Review.Origin.CORRECTION, reviewer=reviewer, acceptance=None)
    found: Review | None = mine.attested().order_by("-pk").first()
    return found


def _check_can_sign(reviewer: Reviewer, at: datetime) -> None:
    if reviewer.account is None or not reviewer.account.is_active:
        raise CannotSign(_("%(name)s has no account here, so can not be asked to sign.") % {"name": reviewer})
    if not reviewer.is_valid(timezone.localdate(at)):
        raise CannotSign(_("%(name)s has left, or the credentials have lapsed.") % {"name": reviewer})


def _tell_requester(review: Review, subject: str, body: str = "") -> None:
    subject = subject % {"title": review.article.title}
    notices.tell(review.requested_by, subject, body or subject, f"/admin/articles/article/{review.article_id}/change/")
