"""Reviews that were done elsewhere, recorded by staff with evidence and marked so."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import addresses, contributions, drafting, reviewing, roles
from articles.models import Article, Review, Reviewer
from articles.refusals import Refused
from articles.timeline import What


class NotRecorded(Refused):
    """A review that can not be recorded; the sentence says why."""


@transaction.atomic
def on_behalf(article: Article, *, reviewer: Reviewer, on: date, evidence: str, by: User, at: datetime) -> Review:
    """Record that `reviewer` read the page that is online, on that day, and found it right. Raises NotRecorded."""
    roles.require(by, "record_review")
    article = drafting.lock(article)
    edition = article.editions.open().first()
    if edition is None:
        raise NotRecorded(_("This article is not online, so there is no page that could have been reviewed."))
    if article.digest != edition.digest:
        raise NotRecorded(_("The working text differs from the page that is online. Ask for a review of it instead."))
    if on < timezone.localdate(edition.published_at):
        raise NotRecorded(_("The page was not online in these words on that day."))
    return _record(
        article,
        Review.Origin.ON_BEHALF,
        reviewer,
        on,
        evidence,
        by=by,
        at=at,
        content=edition.content,
        revision=edition.revision,
    )


@transaction.atomic
def prior(article: Article, *, reviewer: Reviewer, on: date, evidence: str, by: User, at: datetime) -> Review:
    """Record the review that an imported page had before it came here, of exactly its imported words.

    Raises NotRecorded.
    """
    roles.require(by, "record_review")
    article = drafting.lock(article)
    manuscript = article.manuscripts.order_by("at").first()
    if manuscript is None:
        raise NotRecorded(_("This article was not imported, so it can not carry an earlier review."))
    if manuscript.digest != article.digest:
        raise NotRecorded(_("The words differ from the imported ones. Ask for a review of them instead."))
    if article.editions.exists() or article.reviews.filter(origin=Review.Origin.PRIOR).exists():
        raise NotRecorded(_("Only one earlier review can be recorded, before the first publication."))
    content = article.content().to_json()
    return _record(
        article, Review.Origin.PRIOR, reviewer, on, evidence, by=by, at=at, content=content, revision=article.revision
    )


def _record(
    article: Article,
    origin: str,
    reviewer: Reviewer,
    on: date,
    evidence: str,
    *,
    by: User,
    at: datetime,
    content: str,
    revision: int,
) -> Review:
    _check(article, reviewer, on, evidence, by=by, at=at)
    review: Review = Review.objects.create(
        article=article,
        origin=origin,
        reviewer=reviewer,
        content=content,
        digest=article.digest,
        revision=revision,
        evidence=evidence.strip(),
        requested_by=by,
        requested_at=at,
        answer=Review.Answer.ATTESTED,
        answered_by=by,
        answered_at=at,
        **reviewing.signature(reviewer, on),
    )
    detail = f"{reviewer}, {on.isoformat()}: {evidence.strip()}"
    reviewing.note_deed(review, What.REVIEW_RECORDED, by=by, at=at, detail=detail)
    addresses.post(article, at=at)
    return review


def _check(article: Article, reviewer: Reviewer, on: date, evidence: str, *, by: User, at: datetime) -> None:
    if not evidence.strip():
        raise NotRecorded(_("Say where the evidence is: a message, a letter, a form, with its date."))
    if on > timezone.localdate(at):
        raise NotRecorded(_("A review can not be dated in the future."))
    if not reviewer.is_valid(on):
        raise NotRecorded(_("%(name)s could not sign on that day.") % {"name": reviewer})
    if reviewer.account_id == by.pk:
        raise NotRecorded(_("This is your own review. Sign it yourself, so that it is tied to the words."))
    wrote = contributions.unseen_writers(article, article.revision)
    if by.pk in wrote or (reviewer.account_id and reviewer.account_id in wrote):
        raise NotRecorded(_("Two people must have seen every word: who wrote these words can not vouch for them."))
