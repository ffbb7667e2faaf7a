"""Asking for, giving and refusing a signature on exactly these words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import addresses, answering, asking, commenting, drafting, notices, roles, settling, signoffs
from articles.asking import (
    AlreadyAnswered,
    AlreadyRequested,
    Asked,
    CannotSign,
    base_of,
    last_read,
    note_deed,
    tell_requester,
)
from articles.checking import Finding
from articles.content import MEDICAL, Content
from articles.handing import NotTheReviewer, WordsMoved, hand_on, reassign
from articles.models import AS_SIGNED, Acceptance, Article, Edition, Review, Reviewer, Revision, Section
from articles.refusals import Obstacle, ReasonNeeded, Refused
from articles.timeline import What

__all__ = [  # with what this module takes from its two neighbors
    "AlreadyAnswered",
    "AlreadyRequested",
    "CannotSign",
    "CannotSignChanges",
    "NotReady",
    "NotTheReviewer",
    "NothingCorrected",
    "NothingToAccept",
    "Signing",
    "WordsMoved",
    "accept",
    "attest",
    "base_of",
    "check_ready",
    "correct_and_attest",
    "decline",
    "hand_on",
    "last_read",
    "note_deed",
    "obstacles_among",
    "obstacles_to_reading",
    "reassign",
    "recall",
    "request",
    "request_as",
    "request_detail",
    "signature",
]


class Signing(TypedDict, total=False):
    """What is said with a signature: `scope` full (the default) or changes, and the interests to declare.

    Interests "" are the reviewer's own, as on record; Review.NO_INTERESTS says that there are none.
    """

    scope: str
    interests: str


class NotReady(Refused):
    """The words are not fit to be read by a reviewer yet."""


class CannotSignChanges(Refused):
    """There are no signed words with which the changes could have been compared."""


class NothingCorrected(Refused):
    """The corrected words are the words that were there."""


class NothingToAccept(Refused):
    """There are no corrections that this person can accept."""


def request(
    article: Article, *, reviewer: Reviewer, by: User, at: datetime, kind: str = asking.CLINICAL, note: str = ""
) -> Review:
    """Freeze the words and ask `reviewer` to read them. Raises NotReady, AlreadyRequested, CannotSign.

    Several people may be asked at once, each once for a kind of review.
    """
    return request_as(article, reviewer, Asked(kind=kind, note=note), by=by, at=at)


@transaction.atomic
def request_as(article: Article, reviewer: Reviewer, asked: Asked, *, by: User, at: datetime) -> Review:
    """The same, with all that can be said of it."""
    roles.require(by, "request_review")
    article = drafting.lock(article)
    asking.check_may_ask(article, by)
    # A source's details may have changed in the library since the last save; who asks for a review answers for that.
    settling.account(article, by=by, at=at, how=Revision.How.EDIT)
    check_ready(obstacles_to_reading(article, article.content(), at))
    review = asking.ask(article, reviewer, asked, by=by, at=at)
    note_deed(review, What.REVIEW_REQUESTED, by=by, at=at, detail=request_detail(review))
    return review


def check_ready(unfit: tuple[Obstacle, ...]) -> None:
    """Raises NotReady where something stands in the way of reading."""
    if unfit:
        raise NotReady(_("Mend these first, so that the reviewer reads finished words."), unfit)


def request_detail(review: Review) -> str:
    """What the timeline says of a request."""
    clinical = review.kind == asking.CLINICAL
    return str(review.reviewer) if clinical else f"{review.reviewer} ({review.get_kind_display()})"


def obstacles_to_reading(article: Article, words: Content, at: datetime) -> tuple[Obstacle, ...]:
    """What must be mended before anybody's time is spent on reading."""
    return obstacles_among(article.sections.all(), answering.blocking(article, words, at=at))


def obstacles_among(sections: Iterable[Section], found: Iterable[Finding]) -> tuple[Obstacle, ...]:
    """The same, of the sections and of what the checks found."""
    proposed = [
        Obstacle("proposed-heading", _("Confirm the proposed heading “%(h)s”.") % {"h": s.heading}, s.anchor)
        for s in sections
        if s.heading_proposed
    ]
    blocking = (Obstacle(f.rule, f.message, f.where, f.key if f.quote or f.source else "") for f in found)
    return (*proposed, *blocking)


@transaction.atomic
def recall(review: Review, *, by: User, at: datetime, reason: str = "") -> Review:
    """Take a request back. Raises AlreadyAnswered."""
    asking.check_may_recall(review, by)
    review = asking.open_again(review)
    review.answer_with(Review.Answer.RECALLED, by=by, at=at, reason=reason)
    note_deed(review, What.RECALLED, by=by, at=at, detail=reason)
    subject = _("No need to review “%(title)s” now") % {"title": review.article.title}
    notices.tell(review.reviewer.account, subject, reason or subject, kind=notices.Kind.DIGEST)
    return review


@transaction.atomic
def attest(review: Review, *, by: User, at: datetime, digest: str, **said: Unpack[Signing]) -> Review:
    """Sign exactly the words with `digest`, the ones that were on the screen: the whole page, or what changed in it.

    Raises AlreadyAnswered, NotTheReviewer, WordsMoved, CannotSign, CannotSignChanges.
    """
    review = _readable(review, by=by, at=at, digest=digest)
    asking.check_not_author(review, by)
    _check_scope(review, said)
    on = timezone.localdate(at)
    review.answer_with(Review.Answer.ATTESTED, by=by, at=at, **signature(review.reviewer, on, **said))
    note_deed(review, What.ATTESTED, by=by, at=at)
    addresses.post(review.article, at=at)
    tell_requester(review, _("“%(title)s” was attested"))
    _tell_publishers(review, by=by, at=at)
    return review


@transaction.atomic
def correct_and_attest(
    review: Review, corrected: Content, *, by: User, at: datetime, digest: str, **said: Unpack[Signing]
) -> Review:
    """Correct the frozen words and sign the result; somebody else must accept it. Returns the signed review.

    Raises as attest, and NothingCorrected, NotReady.
    """
    review = _readable(review, by=by, at=at, digest=digest)
    if review.kind != asking.CLINICAL:
        raise CannotSign(_("Only a clinical reviewer corrects and signs at once. Request changes instead."))
    _check_scope(review, said, corrected=corrected)
    if corrected.digest == review.digest:
        raise NothingCorrected(
            _("Nothing was corrected that a signature covers. To sign the words as they are, choose Attest.")
        )
    article, wanted = review.article, _among_todays(review.article.content(), corrected)
    article = drafting.rewrite(
        article, wanted, by=by, at=at, base_revision=article.revision, how=Revision.How.CORRECTION
    )
    words = article.content()
    unfit = obstacles_to_reading(article, words, at)
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
        **signature(review.reviewer, timezone.localdate(at), **said),
    )
    note_deed(signed, What.CORRECTED, by=by, at=at, before=review.digest)
    subject = _("“%(title)s” was corrected and attested; please accept the corrections")
    tell_requester(signed, subject, path=f"/admin/articles/review/{signed.pk}/corrections/")
    return signed


@transaction.atomic
def decline(review: Review, *, by: User, at: datetime, digest: str, reason: str) -> Review:
    """Decline to sign, saying why. Raises ReasonNeeded and as attest."""
    if not reason.strip():
        raise ReasonNeeded(_("Say what should change, so that the writer can act on it."))
    review = _readable(review, by=by, at=at, digest=digest)
    review.answer_with(Review.Answer.CHANGES_REQUESTED, by=by, at=at, reason=reason.strip())
    note_deed(review, What.CHANGES_REQUESTED, by=by, at=at, detail=reason.strip())
    body = commenting.with_comments(review, reason.strip())
    tell_requester(review, _("Changes were requested to “%(title)s”"), body)
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
    _tell_publishers(review, by=by, at=at)
    return acceptance


def signature(reviewer: Reviewer, on: date, **said: Unpack[Signing]) -> dict[str, Any]:
    """Name and credentials as they stand that day, and what is said, for the columns of a signed review."""
    return {
        "reviewed_on": on,
        "scope": said.get("scope", Review.Scope.FULL),
        "interests": said.get("interests", "").strip() or reviewer.interests,
        **{f"signed_{part}": getattr(reviewer, part) for part in AS_SIGNED},
    }


def _tell_publishers(review: Review, *, by: User, at: datetime) -> None:
    """With the last signature that was missing, whoever can publish acts next; not where the words are online."""
    article = review.article
    if article.editions.open().filter(digest=review.digest).exists() or not signoffs.is_last_missing(review, at):
        return
    subject = _("“%(title)s” is signed and ready to publish") % {"title": article.title}
    for person in roles.people_of(roles.PUBLISHER):
        if person.pk not in (by.pk, review.requested_by_id):
            notices.tell(person, subject, subject, f"/admin/articles/article/{article.pk}/publish/")


def _readable(review: Review, *, by: User, at: datetime, digest: str) -> Review:
    """The open review, if `by` may answer it for exactly the words that were on the screen."""
    roles.require(by, asking.permission(review.kind))
    review = asking.open_again(review)
    if review.reviewer.account_id != by.pk:
        raise NotTheReviewer(_("This review was asked of %(name)s.") % {"name": review.reviewer})
    asking.check_can_sign(review.reviewer, review.kind, at)
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


def are_online(review: Review, digest: str) -> bool:
    """Whether readers have words that are to be signed by a clinician, who signed them before they went online. To sign
    the changes since others, which need never have been online, would date the page by the review of those."""
    clinical = review.kind == asking.CLINICAL
    return clinical and review.article.editions.open().filter(digest=digest, emergency_reason="").exists()


def _check_scope(review: Review, said: Signing, corrected: Content | None = None) -> None:
    """To sign for the changes, there must be changes, from signed words that still stand. Raises CannotSignChanges."""
    scope = said.get("scope", Review.Scope.FULL)
    if scope not in Review.Scope.values:
        raise CannotSignChanges(_("Say what you have checked: the whole page, or the changes."))
    if scope == Review.Scope.FULL:
        return
    base = base_of(review)
    if base is None:
        raise CannotSignChanges(_("No signed words stand before these, so check and sign the whole page."))
    if base.digest == (corrected or review).digest:
        raise CannotSignChanges(_("Nothing differs from the words that were signed. Check and sign the whole page."))
    if are_online(review, (corrected or review).digest):
        raise CannotSignChanges(
            _("Readers have these words already. Changes alone move no date, so check and sign the whole page.")
        )
    taken_down = Edition.objects.filter(article=review.article, closed_how=Edition.Closed.WITHDRAWN)
    if taken_down.filter(closed_at__gte=base.answered_at).exists():
        raise CannotSignChanges(
            _("The page was withdrawn after the words before these were signed. Check and sign the whole page.")
        )
