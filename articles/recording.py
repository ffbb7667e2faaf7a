"""Reviews that were done elsewhere, recorded by staff with evidence and marked so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, contributions, drafting, lineage, notices, reviewing, roles
from articles.content import digest_of
from articles.models import Article, Manuscript, Review, Reviewer
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What


class NotRecorded(Refused):
    """A review that can not be recorded; the sentence says why."""


class NoEvidence(ReasonNeeded, NotRecorded):
    """Nobody is believed without evidence."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was reviewed: stored words, the revision they came from, and the days between which that could be."""

    content: str
    revision: int
    earliest: date
    latest: date


@transaction.atomic
def on_behalf(article: Article, *, reviewer: Reviewer, on: date, evidence: str, by: User, at: datetime) -> Review:
    """Record that `reviewer` read the page that is online, on that day, and found it right. Raises NotRecorded."""
    roles.require(by, "record_review")
    article = drafting.lock(article)
    words = page_online(article, at=at)
    if on < words.earliest:
        raise NotRecorded(_("The page was not online in these words on that day."))
    return _record(article, Review.Origin.ON_BEHALF, words, _Said(reviewer, on, evidence), by=by, at=at)


@transaction.atomic
def prior(article: Article, *, reviewer: Reviewer, on: date, evidence: str, by: User, at: datetime) -> Review:
    """Record the review that an imported page had before it came here, of exactly its imported words.

    Raises NotRecorded.
    """
    roles.require(by, "record_review")
    article = drafting.lock(article)
    words = imported_words(article)
    if words.latest < on <= timezone.localdate(at):
        day = formats.date_format(words.latest)
        raise NotRecorded(_("The page was imported on %(day)s. An earlier review was before that.") % {"day": day})
    return _record(article, Review.Origin.PRIOR, words, _Said(reviewer, on, evidence), by=by, at=at)


def page_online(article: Article, *, at: datetime) -> Words:
    """The words that a review could be recorded for now. Raises NotRecorded."""
    edition = article.editions.open().first()
    if edition is None:
        raise NotRecorded(_("This article is not online, so there is no page that could have been reviewed."))
    # Not article.digest, which was stored before somebody changed a source in the library.
    if article.content().digest != edition.digest:
        raise NotRecorded(_("The working text differs from the page that is online. Ask for a review of it instead."))
    return Words(
        edition.content, edition.revision, timezone.localdate(edition.published_at), latest=timezone.localdate(at)
    )


def imported_words(article: Article) -> Words:
    """The imported words, while an earlier review of them can still be recorded. Raises NotRecorded."""
    manuscript: Manuscript | None = article.manuscripts.order_by("at", "pk").first()
    if manuscript is None:
        raise NotRecorded(_("This article was not imported, so it can not carry an earlier review."))
    if manuscript.digest != article.content().digest:
        raise NotRecorded(_("The words differ from the imported ones. Ask for a review of them instead."))
    if article.editions.exists() or article.reviews.filter(origin=Review.Origin.PRIOR).exists():
        raise NotRecorded(_("Only one earlier review can be recorded, before the first publication."))
    # As imported: whoever wrote institutional words since then is still alone with them.
    first = article.revisions.earliest("number")
    return Words(first.content, first.number, earliest=date.min, latest=timezone.localdate(manuscript.at))


@dataclass(frozen=True, slots=True)
class _Said:
    """What staff say of a review."""

    reviewer: Reviewer
    on: date
    evidence: str


def _record(article: Article, origin: str, words: Words, said: _Said, *, by: User, at: datetime) -> Review:
    _check(article, words, said, by=by, at=at)
    evidence = said.evidence.strip()
    review: Review = Review.objects.create(
        article=article,
        origin=origin,
        reviewer=said.reviewer,
        content=words.content,
        digest=digest_of(words.content),
        revision=words.revision,
        evidence=evidence,
        requested_by=by,
        requested_at=at,
        answer=Review.Answer.ATTESTED,
        answered_by=by,
        answered_at=at,
        **reviewing.signature(said.reviewer, said.on),
    )
    detail = f"{said.reviewer}, {said.on.isoformat()}: {evidence}"
    reviewing.note_deed(review, What.REVIEW_RECORDED, by=by, at=at, detail=detail)
    addresses.post(article, at=at)
    return review


def _check(article: Article, words: Words, said: _Said, *, by: User, at: datetime) -> None:
    name = {"name": said.reviewer, "day": formats.date_format(said.on)}
    if not said.evidence.strip():
        raise NoEvidence(_("Say where the evidence is: a message, a letter, a form, with its date."))
    if said.on > timezone.localdate(at):
        raise NotRecorded(_("A review can not be dated in the future."))
    if not said.reviewer.may_sign_medicine(said.on):
        raise NotRecorded(_("%(name)s could not sign on that day.") % name)
    if said.reviewer.account_id == by.pk:
        raise NotRecorded(_("This is your own review. Sign it yourself, so that it is tied to the words."))
    wrote = contributions.unseen_writers(article, article.revision)
    if by.pk in wrote or (said.reviewer.account_id and said.reviewer.account_id in wrote):
        raise NotRecorded(_("Two people must have seen every word: who wrote these words can not vouch for them."))
    rushed = lineage.rushed_by(article, digest_of(words.content))
    if rushed and rushed in {by.pk, said.reviewer.account_id}:
        raise NotRecorded(_("Who published these words in an emergency can not vouch for them."))
    known = article.reviews.attested().filter(reviewer=said.reviewer, reviewed_on=said.on)
    if known.filter(digest=digest_of(words.content)).exists():
        raise NotRecorded(_("A review of these words by %(name)s on %(day)s is on record already.") % name)


def tell(reviewer: Reviewer, articles: Sequence[Article], *, on: date, evidence: str, by: User) -> None:
    """One message about all that was recorded at once: who is named would be the first to notice a mistake."""
    titles, count = [article.title for article in articles], len(articles)
    facts = {"title": titles[0], "count": count, "by": by, "day": formats.date_format(on), "evidence": evidence}
    subject = ngettext(
        "Your review of “%(title)s” was recorded", "Your reviews of %(count)d pages were recorded", count
    )
    said = _("%(by)s recorded that you reviewed these pages on %(day)s. Evidence: %(evidence)s") % facts
    wrong = _("If that is not so, tell the administrators of this site.")
    notices.tell(reviewer.account, subject % facts, "\n".join([said, "", *titles, "", wrong]), kind=notices.Kind.DIGEST)
