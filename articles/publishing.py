"""Taking words to readers, and taking them down."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles import (
    addresses,
    asking,
    checking,
    contributions,
    dates,
    drafting,
    lineage,
    notices,
    plans,
    reviewing,
    roles,
    signoffs,
)
from articles.content import Content
from articles.models import Article, Cover, Edition, Published, Review
from articles.refusals import Obstacle, ReasonNeeded, Refused
from articles.timeline import What, note
from references.models import Retraction, Source


class NotPublishable(Refused):
    """Something stands in the way; see `.obstacles`."""


class NotOnline(Refused):
    """There is no page to take down."""


class NowhereToGo(Refused):
    """The page that readers should be sent to is not there to be read."""


CLASSES = (Edition.Change.CORRECTION, Edition.Change.EVIDENCE, Edition.Change.WORDING)  # which a person can choose


def obstacles(article: Article, *, by: User, at: datetime) -> tuple[Obstacle, ...]:
    """What stands between these words and readers, in plain words. Empty: it can be published."""
    words, online = article.content(), article.editions.open().first()
    found = [*reviewing.obstacles_to_reading(article, words, at), *_untrue_claims(words, at), *_retracted(words)]
    if online is None or online.digest != words.digest:
        found += [*_signature_obstacles(article, words, at), *signoffs.missing(article, words, at)]
    found += _of_the_draft(article, words, online)
    if not found and _wrote_unread(article, online, by):
        message = _("You changed words after the review that nobody else has read. Somebody else must publish.")
        found.append(Obstacle("own-words", message, "publisher"))
    return tuple(found)


def emergency_obstacles(article: Article, *, by: User, at: datetime) -> tuple[Obstacle, ...]:
    """What stands between these words and readers even in an emergency."""
    words, online = article.content(), article.editions.open().first()
    found = [*reviewing.obstacles_to_reading(article, words, at), *_untrue_claims(words, at), *_retracted(words)]
    found += _of_the_draft(article, words, online)
    unchanged = online is not None and online.full_hash == words.full_hash
    if not unchanged and (is_housekeeping(online, words) or covering_review(article, words, at)):
        message = _("Nothing here waits for a signature. Publish in the usual way.")
        found.append(Obstacle("signed", message, "publish"))
    if by.pk in contributions.unseen_writers(article, article.revision):
        message = _("You wrote words that nobody else has read. Even in an emergency somebody else must publish them.")
        found.append(Obstacle("own-words", message, "publisher"))
    return tuple(found)


def is_housekeeping(online: Edition | None, words: Content) -> bool:
    """Whether these words differ from those online, and only outside the medical part (design §5a)."""
    return online is not None and online.digest == words.digest and online.full_hash != words.full_hash


def second_checks() -> QuerySet[Published]:
    """Pages on which words stand that were published in an emergency and that nobody else has signed since."""
    return Published.objects.live().filter(unreviewed_since__isnull=False)


def way_to_second_check(article_id: int, person: User) -> str:
    """Where this person gets the check on its way: the request itself, for whoever may ask."""
    may_ask = roles.may(person, "request_review")
    return asking.way_to_ask(article_id) if may_ask else f"/admin/articles/article/{article_id}/change/"


def covering_review(article: Article, words: Content, at: datetime) -> Review | None:
    """The clinical attestation that lets exactly these words be published, if one still counts."""
    sound = contributions.sound(article)
    if not dates.last_full(words.digest, [review.attestation() for review in sound]):
        return None
    fit = signoffs.counting(article, words, at)
    return fit[-1] if fit else None


@transaction.atomic
def publish(article: Article, *, by: User, at: datetime, change_class: str, change_note: str) -> Edition:
    """Freeze the words as the next edition and show it to readers. Raises NotPublishable, ReasonNeeded.

    Where nothing differs in the medical part it is a housekeeping edition, whatever the class, under the review that
    stands.
    """
    roles.require(by, "publish_article")
    check_note(change_note)
    article = drafting.lock(article)
    standing = obstacles(article, by=by, at=at)
    if standing:
        raise NotPublishable(_("This can not be published yet."), standing)
    words, online = article.content(), article.editions.open().first()
    if online and is_housekeeping(online, words):
        change = _Change(Edition.Change.HOUSEKEEPING, change_note)
        return _freeze(article, change, _carried(article, online), by=by, at=at)
    check_class(article, change_class)
    covers = signoffs.covers(article, words, at)
    if covering_review(article, words, at) is None:
        raise NotPublishable(_("This can not be published yet."), (_unsigned(article),))
    return _freeze(article, _Change(change_class, change_note), _Backing(tuple(covers)), by=by, at=at)


@transaction.atomic
def publish_in_emergency(
    article: Article, *, by: User, at: datetime, reason: str, change_class: str, change_note: str
) -> Edition:
    """Show readers words that no reviewer has signed, and ask for a second check by somebody else.

    Two people have seen every word even so. Raises NotPublishable, ReasonNeeded.
    """
    roles.require(by, "publish_article")
    if not reason.strip():
        raise ReasonNeeded(_("Say why these words can not wait for their review."))
    check_note(change_note)
    article = drafting.lock(article)
    check_class(article, change_class)
    standing = emergency_obstacles(article, by=by, at=at)
    if standing:
        raise NotPublishable(_("This can not be published, not even in an emergency."), standing)
    change = _Change(change_class, change_note)
    edition = _freeze(article, change, _Backing(emergency=reason.strip()), by=by, at=at)
    _tell_of_emergency(edition, by)
    return edition


@transaction.atomic
def withdraw(article: Article, *, by: User, at: datetime, reason: str, instead: Article | None = None) -> Edition:
    """Take the page down; its address goes on answering, says why, and leads to the page of `instead`.

    Raises NotOnline, ReasonNeeded, NowhereToGo.
    """
    roles.require(by, "withdraw_article")
    if not reason.strip():
        raise ReasonNeeded(_("Say why: readers see the reason at the page's address."))
    article = drafting.lock(article)
    edition = article.editions.open().first()
    if edition is None:
        raise NotOnline(_("This article is not online."))
    if instead and not Published.objects.live().exclude(article=article).filter(article=instead).exists():
        raise NowhereToGo(_("Send readers to another page, and one that is online."))
    edition.close(Edition.Closed.WITHDRAWN, by=by, at=at, reason=reason.strip(), instead=instead)
    note(article, What.WITHDRAWN, by=by, at=at, words=(edition.digest, ""), detail=reason.strip())
    plans.drop(article, by=by, at=at, why=_("The page was withdrawn."))
    _put(article, in_hand=True)
    addresses.post(article, at=at)
    return edition


@dataclass(frozen=True, slots=True)
class _Change:
    """What readers are told about a change."""

    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class _Backing:
    """What an edition rests on: reviews, the first of which covers it, or the reason of an emergency."""

    reviews: tuple[Review, ...] = ()
    emergency: str = ""


def check_note(note_text: str) -> None:
    if not note_text.strip():
        raise ReasonNeeded(_("Write a change note: readers see it in the page's history."))


def check_class(article: Article, kind: str) -> None:
    if kind not in CLASSES and article.editions.exists():
        raise ReasonNeeded(_("Say what kind of change it is."))


def _freeze(article: Article, change: _Change, backing: _Backing, *, by: User, at: datetime) -> Edition:
    """Make the next edition of an article whose row is locked, and close the one before."""
    addresses.check_free(article.slug, article)
    words, before = article.content(), article.editions.open().first()
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
        review=backing.reviews[0] if backing.reviews else None,
        change_class=change.kind if last else Edition.Change.FIRST,
        change_note=change.note.strip(),
        emergency_reason=backing.emergency,
        published_by=by,
        published_at=at,
    )
    Cover.objects.bulk_create(Cover(edition=edition, review=review) for review in backing.reviews)
    _note(edition, before.digest if before else "")
    plans.close(article, edition, by=by, at=at)
    _put(article, in_hand=False)  # no draft is published that is not settled: see `_of_the_draft`
    addresses.post(article, at=at)
    return edition


def _put(article: Article, *, in_hand: bool) -> None:
    article.in_hand = in_hand
    article.save(update_fields=["in_hand"])


def _note(edition: Edition, replaced: str) -> None:
    what, detail = What.PUBLISHED, ""
    if edition.change_class == Edition.Change.HOUSEKEEPING:
        what = What.HOUSEKEEPING
    elif edition.emergency_reason:
        what, detail = What.EMERGENCY, edition.emergency_reason
    words = (replaced, edition.digest)
    note(edition.article, what, by=edition.published_by, at=edition.published_at, words=words, detail=detail)


def _carried(article: Article, online: Edition) -> _Backing:
    """What the edition online rests on: its reviews, or the one that has answered for an emergency since."""
    if online.review:
        others = [cover.review for cover in online.covers.select_related("review") if cover.review != online.review]
        return _Backing((online.review, *others))
    check = lineage.second_check(list(article.editions.order_by("number")), contributions.sound(article))
    return _Backing((check,)) if check else _Backing(emergency=online.emergency_reason)


def _tell_of_emergency(edition: Edition, by: User) -> None:
    """Those who can get the second check on its way hear of it at once."""
    facts = {"title": edition.words().title, "by": by, "reason": edition.emergency_reason}
    subject = _("“%(title)s” was published in an emergency") % facts
    body = _("%(by)s published words that no reviewer has signed: %(reason)s\nAsk for a review of them.") % facts
    told = {person.pk: person for role in (roles.PUBLISHER, roles.EDITOR) for person in roles.people_of(role)}
    told.pop(by.pk, None)
    for person in told.values():
        notices.tell(person, subject, body, way_to_second_check(edition.article_id, person))


def _untrue_claims(words: Content, at: datetime) -> Iterator[Obstacle]:
    """What the house says of itself is true from a day and good until another."""
    for section in checking.claims_out_of_date(words, timezone.localdate(at)):
        message = _("The claim in “%(heading)s” is not good today. Check it and set new dates, or reword it.")
        yield Obstacle("claim-expired", message % {"heading": section.heading}, section.anchor)


def _retracted(words: Content) -> Iterator[Obstacle]:
    """No new edition leans on a work that was retracted; where it is no part of the argument, it is taken out."""
    keys = replace(words, sections=tuple(itertools.chain(*words.as_printed()))).cited_keys()
    found, numbers = Source.objects.by_key(keys), dict[int, int]()
    for key in filter(found.get, keys):
        source = found[key]
        number = numbers.setdefault(source.pk, len(numbers) + 1)
        if source.notice != Retraction.Nature.RETRACTION:
            continue
        facts = {"number": number, "title": Truncator(source.title).chars(80)}
        message = _("Reference %(number)d, “%(title)s”, has been retracted. Replace it, or take it out.") % facts
        yield Obstacle("retracted", message, f"source/{key}")


def _of_the_draft(article: Article, words: Content, online: Edition | None) -> Iterator[Obstacle]:
    last = article.revisions.last()
    if last is None or last.full_hash != words.full_hash:
        message = _("Details of a cited source were changed in the library. Save the article, so that someone answers.")
        yield Obstacle("unsettled", message, "words")
    if online and online.full_hash == words.full_hash:
        yield Obstacle("unchanged", _("These words are online already."), "words")


def _signature_obstacles(article: Article, words: Content, at: datetime) -> Iterator[Obstacle]:
    if covering_review(article, words, at):
        return
    signed = [r for r in article.reviews.attested().clinical().select_related("reviewer") if r.digest == words.digest]
    if not signed:
        yield _unsigned(article)
        return
    latest = max(signed, key=lambda review: (review.answered_at, review.pk))
    reasons = list(signoffs.why_not(latest, article, words, at))
    if latest not in contributions.sound(article):
        reasons.append(signoffs.unaccepted(latest))
    message = _("Only changes were signed here, and no review of the whole page stands before them. Ask for one.")
    yield from reasons or [Obstacle("line-broken", message, "review")]


def _unsigned(article: Article) -> Obstacle:
    if article.reviews.open().clinical().exists():
        return Obstacle("in-review", _("A review is under way. Wait for the answer, or recall it."), "review")
    if article.reviews.attested().clinical().exists():
        return Obstacle("words-changed", _("Medical words changed after they were signed."), "review")
    return Obstacle("not-signed", _("No medical reviewer has signed these words."), "review")


def _wrote_unread(article: Article, online: Edition | None, by: User) -> bool:
    """Institutional words that no reviewer and no publisher has read: who publishes is their second reader."""
    read = max(contributions.seen_upto(article), online.revision if online else 0)
    return by.pk in contributions.writers(contributions.history(article), read, article.revision)
