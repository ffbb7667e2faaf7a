"""Taking words to readers, and taking them down."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import addresses, contributions, dates, drafting, reviewing, roles
from articles.content import Content, digest_of
from articles.models import Article, Edition, Review
from articles.refusals import Obstacle, ReasonNeeded, Refused
from articles.timeline import What, note


class NotPublishable(Refused):
    """Something stands in the way; see `.obstacles`."""


class NotOnline(Refused):
    """There is no page to take down."""


def obstacles(article: Article, *, by: User, at: datetime) -> tuple[Obstacle, ...]:
    """What stands between these words and readers, in plain words. Empty: it can be published."""
    words = article.content()
    found = [*reviewing.obstacles_to_reading(article, words), *_signature_obstacles(article, words, at)]
    last = article.revisions.last()
    if last is None or last.full_hash != words.full_hash:
        message = _("Details of a cited source were changed in the library. Save the article, so that someone answers.")
        found.append(Obstacle("unsettled", message, "words"))
    edition = article.editions.open().first()
    if edition and edition.full_hash == words.full_hash:
        found.append(Obstacle("unchanged", _("These words are online already."), "words"))
    if not found and _wrote_unread(article, words, by, at):
        message = _("You changed words after the review that nobody else has read. Somebody else must publish.")
        found.append(Obstacle("own-words", message, "publisher"))
    return tuple(found)


def covering_review(article: Article, words: Content, at: datetime) -> Review | None:
    """The clinical attestation that lets exactly these words be published, if one still counts."""
    sound = contributions.sound(article)
    if not dates.last_full(words.digest, [review.attestation() for review in sound]):
        return None
    fit = [r for r in sound if r.digest == words.digest and not any(_why_not(r, article, words, at))]
    return fit[-1] if fit else None


@transaction.atomic
def publish(article: Article, *, by: User, at: datetime, change_class: str, change_note: str) -> Edition:
    """Freeze the words as the next edition and show it to readers. Raises NotPublishable, ReasonNeeded."""
    roles.require(by, "publish_article")
    if not change_note.strip():
        raise ReasonNeeded(_("Write a change note: readers see it in the page's history."))
    article = drafting.lock(article)
    standing = obstacles(article, by=by, at=at)
    words = article.content()
    review = covering_review(article, words, at)
    if standing or review is None:
        raise NotPublishable(_("This can not be published yet."), standing)
    addresses.check_free(article.slug, article)
    before = article.editions.open().first()
    if before:
        before.close(Edition.Closed.SUPERSEDED, by=by, at=at)
    last = article.editions.order_by("-number").first()
    edition: Edition = Edition.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        content=words.to_json(),
        digest=words.digest,
        full_hash=words.full_hash,
        revision=article.revision,
        review=review,
        change_class=change_class if last else Edition.Change.FIRST,
        change_note=change_note.strip(),
        published_by=by,
        published_at=at,
    )
    replaced = before.digest if before else ""
    note(article, What.PUBLISHED, by=by, at=at, words=(replaced, edition.digest))
    addresses.post(article, at=at)
    return edition


@transaction.atomic
def withdraw(article: Article, *, by: User, at: datetime, reason: str) -> Edition:
    """Take the page down; its address goes on answering and says why. Raises NotOnline, ReasonNeeded."""
    roles.require(by, "withdraw_article")
    if not reason.strip():
        raise ReasonNeeded(_("Say why: readers see the reason at the page's address."))
    article = drafting.lock(article)
    edition = article.editions.open().first()
    if edition is None:
        raise NotOnline(_("This article is not online."))
    edition.close(Edition.Closed.WITHDRAWN, by=by, at=at, reason=reason.strip())
    note(article, What.WITHDRAWN, by=by, at=at, words=(edition.digest, ""), detail=reason.strip())
    addresses.post(article, at=at)
    return edition


def _signature_obstacles(article: Article, words: Content, at: datetime) -> Iterator[Obstacle]:
    if covering_review(article, words, at):
        return
    signed = [r for r in article.reviews.attested().clinical().select_related("reviewer") if r.digest == words.digest]
    if not signed:
        yield _unsigned(article)
        return
    latest = max(signed, key=lambda review: (review.answered_at, review.pk))
    reasons = list(_why_not(latest, article, words, at))
    if latest not in contributions.sound(article):
        reasons.append(
            Obstacle("not-accepted", _("Somebody else must accept the reviewer's corrections."), "corrections")
        )
    yield from reasons or [Obstacle("line-broken", _("This page has never had a full review."), "review")]


def _unsigned(article: Article) -> Obstacle:
    if article.reviews.open().exists():
        return Obstacle("in-review", _("A review is under way. Wait for the answer, or recall it."), "review")
    if article.reviews.attested().exists():
        return Obstacle("words-changed", _("Medical words changed after they were signed. Ask for a review."), "review")
    return Obstacle("not-signed", _("No medical reviewer has signed these words. Ask for a review."), "review")


def _why_not(review: Review, article: Article, words: Content, at: datetime) -> Iterator[Obstacle]:
    """Why a signature on these very words no longer counts (design §5)."""
    today = timezone.localdate(at)
    if digest_of(review.content) != words.digest:
        yield Obstacle("digest", _("The signed words are not these words."), "review")
    if not review.reviewer.is_valid(today):
        yield Obstacle("lapsed", _("The reviewer has left, or the credentials have lapsed. Ask another."), "review")
    if not dates.still_counts(timezone.localdate(review.answered_at), today, settings.ATTESTATION_DAYS):
        message = _("The signature is older than %(days)d days. Ask for a new review.")
        yield Obstacle("too-old", message % {"days": settings.ATTESTATION_DAYS}, "review")
    answers = article.reviews.clinical().filter(digest=words.digest, answered_at__gt=review.answered_at)
    if answers.filter(answer=Review.Answer.CHANGES_REQUESTED).exists():
        message = _("A reviewer asked for changes to these very words after they were signed. Ask for a new review.")
        yield Obstacle("objected", message, "review")
    if _replaced_since(review, article, words):
        message = _("Other words were published, or these withdrawn, after they were signed. Ask for a new review.")
        yield Obstacle("replaced", message, "review")


def _replaced_since(review: Review, article: Article, words: Content) -> bool:
    others = article.editions.exclude(digest=words.digest).filter(published_at__gt=review.answered_at)
    withdrawn = article.editions.filter(closed_how=Edition.Closed.WITHDRAWN, closed_at__gt=review.answered_at)
    return others.exists() or withdrawn.exists()


def _wrote_unread(article: Article, words: Content, by: User, at: datetime) -> bool:
    """Institutional words written after the signature: the publisher is their second reader, or nobody is."""
    review = covering_review(article, words, at)
    upto = review.revision if review else 0
    return by.pk in contributions.writers(contributions.history(article), upto, article.revision)
