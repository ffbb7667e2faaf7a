"""Whether a review that was done elsewhere can be recorded, and the row that it makes: for one article and for many."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from articles import reviewing
from articles.content import digest_of
from articles.models import Article, Edition, Review, Reviewer
from articles.refusals import ReasonNeeded, Refused


class NotRecorded(Refused):
    """A review that can not be recorded; the sentence says why."""


class NoEvidence(ReasonNeeded, NotRecorded):
    """Nobody is believed without evidence."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was reviewed: stored words, their digest, the revision they came from, and the days between which that could
    be."""

    content: str
    digest: str
    revision: int
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that proves a review: its name as it came, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What staff say of a review. `base` is there where it was only of the changes since those words."""

    reviewer: Reviewer
    on: date
    evidence: str
    base: Review | None = None
    papers: tuple[Paper, ...] = ()

    @property
    def scope(self) -> str:
        return Review.Scope.CHANGES if self.base else Review.Scope.FULL

    @property
    def proof(self) -> str:
        """The evidence in words; papers alone are named."""
        return self.evidence.strip() or ", ".join(paper.name for paper in self.papers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the rules ask of an article: the accounts that `wrote` words which no second person has seen, the one that
    published them in an emergency, and whether this reviewer's review of that day is `known`, and counts, already."""

    wrote: Collection[int]
    rushed: int | None
    known: bool
    counts: bool


def words_online(edition: Edition | None, *, same: bool, at: datetime) -> Words:
    """The words that a review could be recorded for now: those of the open edition, if the working text is the `same`.

    Raises NotRecorded.
    """
    if edition is None:
        raise NotRecorded(_("This article is not online, so there is no page that could have been reviewed."))
    if not same:
        raise NotRecorded(_("The working text differs from the page that is online. Ask for a review of it instead."))
    since, until = timezone.localdate(edition.published_at), timezone.localdate(at)
    return Words(edition.content, _digest(edition), edition.revision, since, until)


def check_day(words: Words, on: date) -> None:
    """Raises NotRecorded."""
    if on < words.earliest:
        raise NotRecorded(_("The page was not online in these words on that day."))


def check(said: Said, *, by: User, at: datetime) -> None:
    """What the rules ask of everything but the article. Raises NotRecorded."""
    if not said.proof:
        raise NoEvidence(_("Say where the evidence is: a message, a letter, a form, with its date."))
    if said.on > timezone.localdate(at):
        raise NotRecorded(_("A review can not be dated in the future."))
    if not said.reviewer.may_sign_medicine(said.on):
        raise NotRecorded(
            _("%(name)s could not sign on that day: had left, or had no valid credentials.") % _named(said)
        )
    if said.reviewer.account_id == by.pk:
        raise NotRecorded(_("This is your own review. Sign it yourself, so that it is tied to the words."))


def check_standing(standing: Standing, said: Said, *, by: User) -> None:
    """What they ask of the article. Raises NotRecorded."""
    account = said.reviewer.account_id
    if by.pk in standing.wrote or (account and account in standing.wrote):
        raise NotRecorded(_("Two people must have seen every word: who wrote these words can not vouch for them."))
    if standing.rushed and standing.rushed in {by.pk, account}:
        raise NotRecorded(_("Who published these words in an emergency can not vouch for them."))
    if standing.counts:
        raise NotRecorded(_("A review of these words by %(name)s on %(day)s is on record already.") % _named(said))
    if standing.known:  # one denied it, and no second record outweighs that
        raise NotRecorded(
            _("%(name)s has said that there was no such review on %(day)s, and can sign the page.") % _named(said)
        )


def row(article: Article, origin: str, words: Words, said: Said, *, by: User, at: datetime) -> Review:
    """The review, not saved."""
    return Review(
        article=article,
        origin=origin,
        reviewer=said.reviewer,
        content=words.content,
        digest=words.digest,
        base_digest=said.base.digest if said.base else "",
        revision=words.revision,
        evidence=said.proof,
        requested_by=by,
        requested_at=at,
        answer=Review.Answer.ATTESTED,
        answered_by=by,
        answered_at=at,
        **reviewing.signature(said.reviewer, said.on, scope=said.scope),
    )


def detail(said: Said) -> str:
    """What the timeline says of it."""
    told = f"{said.reviewer}, {said.on.isoformat()}: {said.proof}"
    return f"{Review.Scope(said.scope).label}. {told}" if said.base else told


def _digest(edition: Edition) -> str:
    """That of the words which this edition holds now: of redacted ones it is another than what was published."""
    return digest_of(edition.content) if 'erased":' in edition.content else edition.digest


def _named(said: Said) -> dict[str, object]:
    return {"name": said.reviewer, "day": formats.date_format(said.on)}
