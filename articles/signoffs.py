"""Which kinds of review a page needs before it is published, and which signatures of these very words count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import contributions, dates
from articles.content import Content, digest_of
from articles.models import Article, Edition, Review, SignOff
from articles.refusals import Obstacle

CLINICAL = Review.Kind.CLINICAL


@dataclass(frozen=True, slots=True)
class Signed:
    """An attestation of today's words, and why it does not count, if it does not."""

    review: Review
    why_not: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of review, as far as it has come for today's words."""

    kind: str
    required: bool
    asked: tuple[Review, ...]
    signed: tuple[Signed, ...]

    @property
    def name(self) -> str:
        """The kind in words."""
        return str(Review.Kind(self.kind).label)

    @property
    def counts(self) -> bool:
        """Whether somebody's signature counts."""
        return any(not one.why_not for one in self.signed)


def kinds(article: Article) -> dict[str, bool]:
    """Kinds of review that the risk tier asks for, clinical first, each with whether it is required. One query."""
    rows = SignOff.objects.filter(tier=article.risk_tier).order_by("-required", "kind")
    return {CLINICAL.value: True, **{row.kind: row.required for row in rows}}


def standing(article: Article, words: Content, at: datetime) -> list[Kind]:
    """Every kind that the tier asks for, and any other that somebody was asked for or signed for these words."""
    people = article.reviews.select_related("reviewer__account", "requested_by").defer("content")
    asked = list(people.open().order_by("requested_at", "pk"))
    signed = article.reviews.attested().filter(digest=words.digest).order_by().values_list("kind", flat=True)
    wanted = {**dict.fromkeys([*(one.kind for one in asked), *signed], False), **kinds(article)}
    return [
        Kind(
            kind=kind,
            required=wanted[kind],
            asked=tuple(one for one in asked if one.kind == kind),
            signed=_signed(article, kind, words, at),
        )
        for kind in sorted(wanted, key=lambda kind: (kind != CLINICAL, not wanted[kind], kind))
    ]


def counting(article: Article, words: Content, at: datetime, kind: str = CLINICAL) -> list[Review]:
    """Signatures of one kind that let exactly these words be published; of each person the last, oldest first."""
    sound = [one for one in contributions.sound(article, kind) if one.digest == words.digest]
    fit = {one.reviewer_id: one for one in sound if not any(why_not(one, article, words, at))}
    return sorted(fit.values(), key=lambda one: (one.answered_at, one.pk))


def missing(article: Article, words: Content, at: datetime) -> Iterator[Obstacle]:
    """Required kinds beside the clinical one for which no signature of these words counts."""
    for kind, required in kinds(article).items():
        if not required or kind == CLINICAL or counting(article, words, at, kind):
            continue
        name = {"kind": str(Review.Kind(kind).label).lower()}
        if article.reviews.open().filter(kind=kind).exists():
            message = _("The %(kind)s review is under way, and this page needs it. Wait for the answer, or recall it.")
        else:
            message = _("This page also needs a %(kind)s review of these words. Ask for one.")
        yield Obstacle("kind-missing", message % name, f"review/{kind}")


def covers(article: Article, words: Content, at: datetime) -> list[Review]:
    """All signatures that count: clinical first, the newest before the others."""
    clinical = counting(article, words, at)[::-1]
    others = [one for kind in Review.Kind.values if kind != CLINICAL for one in counting(article, words, at, kind)]
    return [*clinical, *others]


def is_last_missing(review: Review, at: datetime) -> bool:
    """Whether this signature counts, alone of its kind, and leaves no kind missing that the words need."""
    article, words = review.article, review.words()
    if not kinds(article).get(review.kind):
        return False
    of_kind = [one.pk for one in counting(article, words, at, review.kind)]
    return of_kind == [review.pk] and bool(counting(article, words, at)) and not any(missing(article, words, at))


def why_not(review: Review, article: Article, words: Content, at: datetime) -> Iterator[Obstacle]:
    """Why a signature on these very words no longer counts (design §5)."""
    today, where = timezone.localdate(at), _where(review)
    if digest_of(review.content) != words.digest:
        yield Obstacle("digest", _("The signed words are not these words."), where)
    if not _still_may(review, today):
        yield Obstacle("lapsed", _("The reviewer has left, or the credentials have lapsed. Ask another."), where)
    if not dates.still_counts(timezone.localdate(review.answered_at), today, settings.ATTESTATION_DAYS):
        message = _("The signature is older than %(days)d days. Ask for a new review.")
        yield Obstacle("too-old", message % {"days": settings.ATTESTATION_DAYS}, where)
    if _objected(review, article):
        message = _("A reviewer asked for changes to these very words. Change them, or ask for a new review of them.")
        yield Obstacle("objected", message, where)
    if _replaced_since(review, article, words):
        message = _("Other words were published, or these withdrawn, after they were signed. Ask for a new review.")
        yield Obstacle("replaced", message, where)


def _signed(article: Article, kind: str, words: Content, at: datetime) -> tuple[Signed, ...]:
    of_words = article.reviews.attested().filter(kind=kind, digest=words.digest).select_related("reviewer")
    sound = {one.pk for one in contributions.sound(article, kind)}
    found = []
    for review in of_words.order_by("answered_at", "pk"):
        reasons = list(why_not(review, article, words, at))
        if review.pk not in sound:
            reasons.append(unaccepted(review))
        found.append(Signed(review, tuple(reasons)))
    return tuple(found)


def unaccepted(review: Review) -> Obstacle:
    """What is missing to a signature by somebody who wrote part of the words."""
    if review.kind == CLINICAL:
        return Obstacle("not-accepted", _("Somebody else must accept the reviewer's corrections."), "corrections")
    return Obstacle("not-accepted", _("Who signed wrote part of these words. Ask somebody else."), _where(review))


def _where(review: Review) -> str:
    return "review" if review.kind == CLINICAL else f"review/{review.kind}"


def _still_may(review: Review, today: date) -> bool:
    if review.kind == CLINICAL:
        return review.reviewer.may_sign_medicine(today)
    return review.reviewer.active


def _objected(review: Review, article: Article) -> bool:
    """Whether a reviewer would not sign these words, and nobody has read them again knowing that.

    Those signed who were asked before, or did not know: their signature waits until the objection is answered, by
    other words, by the objector's own signature, or by a review that was asked for after it.
    """
    about = article.reviews.filter(kind=review.kind, digest=review.digest)
    against = about.filter(answer=Review.Answer.CHANGES_REQUESTED, answered_at__gt=review.requested_at)
    for objection in against.defer("content"):
        relented = about.attested().filter(reviewer=objection.reviewer_id, answered_at__gte=objection.answered_at)
        if not relented.exists():
            return True
    return False


def _replaced_since(review: Review, article: Article, words: Content) -> bool:
    others = article.editions.exclude(digest=words.digest).filter(published_at__gt=review.answered_at)
    withdrawn = article.editions.filter(closed_how=Edition.Closed.WITHDRAWN, closed_at__gt=review.answered_at)
    return others.exists() or withdrawn.exists()
