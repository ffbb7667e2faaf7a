"""Who may be asked to sign which words, and the request itself: what asking, handing on and signing share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import contributions, drafting, lineage, notices, roles
from articles.models import Article, Review, Reviewer
from articles.refusals import Refused
from articles.timeline import note

CLINICAL = Review.Kind.CLINICAL


class AlreadyRequested(Refused):
    """A request to this person is open."""


class CannotSign(Refused):
    """This reviewer may not sign: left, lapsed, without an account, or the writer of these words."""


class OnlyOnline(roles.NotAllowed):
    """Who does not write asks for reviews of what readers see: when other words are finished is the writers' to say."""


class AlreadyAnswered(Refused):
    """The request was answered, recalled or superseded meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: the kind of review, what to look at, and the request that goes on here. `silent`: whoever asks
    tells the reviewer, of all that was asked at once."""

    kind: str = CLINICAL
    note: str = ""
    follows: Review | None = None
    silent: bool = False


def ask(article: Article, reviewer: Reviewer, asked: Asked, *, by: User, at: datetime) -> Review:
    """Freeze the words of the locked article and ask. Raises AlreadyRequested, CannotSign."""
    check_can_sign(reviewer, asked.kind, at)
    waiting = Review.objects.open().filter(article=article, kind=asked.kind, reviewer=reviewer)
    check_not_asked(reviewer, waiting.exists())
    words, sound = article.content(), contributions.sound(article, asked.kind)
    carried = _unaccepted(article, reviewer) if asked.kind == CLINICAL else None
    review = row(article, reviewer, asked, Basis(words.to_json(), words.digest, sound, carried), by=by, at=at)
    review.save()
    if asked.silent:
        return review
    subject = _("Please review “%(title)s”") % {"title": words.title}
    notices.tell(reviewer.account, subject, asked.note or subject, f"/admin/articles/review/{review.pk}/read/")
    return review


@dataclass(frozen=True, slots=True)
class Basis:
    """What a request stands on: the words as stored and their digest, sound reviews of its kind before it, and the
    reviewer's own corrections that it carries on."""

    stored: str
    digest: str
    sound: Sequence[Review]
    carried: Review | None = None


def row(article: Article, reviewer: Reviewer, asked: Asked, basis: Basis, *, by: User, at: datetime) -> Review:
    """The request, not saved."""
    return Review(
        article=article,
        kind=asked.kind,
        origin=Review.Origin.CORRECTION if basis.carried else Review.Origin.REQUEST,
        corrects=basis.carried,
        follows=asked.follows,
        reviewer=reviewer,
        content=basis.stored,
        digest=basis.digest,
        base_digest=basis.sound[-1].digest if basis.sound else "",
        revision=article.revision,
        note=asked.note,
        requested_by=by,
        requested_at=at,
    )


def writes(by: Any) -> bool:
    """Whether this person's role is to change words."""
    return roles.may(by, "change_article")


def may_ask(by: Any, *, online: bool) -> bool:
    """Whether this person may ask for a review of words that are, or are not, those `online`."""
    return roles.may(by, "request_review") and (online or writes(by))


def check_may_ask(article: Article, by: User) -> None:
    """Raises OnlyOnline where it is not for this person to ask about the article's words as they stand."""
    if writes(by):
        return
    edition = article.editions.open().first()
    check_online(by, online=edition is not None and edition.digest == article.content().digest)


def check_online(by: User, *, online: bool) -> None:
    """Raises OnlyOnline, for words that are, or are not, those `online`."""
    if not may_ask(by, online=online):
        raise OnlyOnline(
            _("Readers do not see these words. A writer or an editor asks for their review once they are finished.")
        )


def may_recall(review: Review, by: Any) -> bool:
    """Whether this person may take the request back: who asked, and whoever writes."""
    return roles.may(by, "request_review") and (writes(by) or review.requested_by_id == by.pk)


def check_may_recall(review: Review, by: User) -> None:
    """Raises NotAllowed."""
    roles.require(by, "request_review")
    if not may_recall(review, by):
        raise roles.NotAllowed(
            _("Who asked for this review can take the request back, and so can writers and editors.")
        )


def check_not_asked(reviewer: Reviewer, is_open: object) -> None:
    """Raises AlreadyRequested where a request to this person `is_open`."""
    if is_open:
        raise AlreadyRequested(_("%(name)s was asked already and has not answered yet.") % {"name": reviewer})


def permission(kind: str) -> str:
    """What somebody must be allowed to do to sign a review of this kind."""
    return "attest_article" if kind == CLINICAL else "sign_language"


def check_can_sign(reviewer: Reviewer, kind: str, at: datetime) -> None:
    """Raises CannotSign with the reason, if there is one."""
    why = why_not(reviewer, kind, timezone.localdate(at))
    if why:
        raise CannotSign(why)


def why_not(reviewer: Reviewer, kind: str, on: date) -> str:
    """Why this person can not sign for this kind on that day, in one sentence; "" if they can."""
    account, name = reviewer.account, {"name": reviewer}
    if not reviewer.active:
        return _("%(name)s has left.") % name
    if account is None or not account.is_active:
        return _("%(name)s has no account here, so can not be asked to sign.") % name
    if kind == CLINICAL and not reviewer.credentials:
        return _("%(name)s has no credentials on record, and without them nobody signs for the medicine.") % name
    if kind == CLINICAL and not reviewer.is_valid(on):
        return _("The credentials of %(name)s have lapsed.") % name
    if not account.has_perm(f"articles.{permission(kind)}"):
        return _("The role of %(name)s does not allow signing reviews of this kind.") % name
    return ""


def check_not_author(review: Review, by: User) -> None:
    """Who wrote words that nobody else has read may not sign them alone, whatever the kind. Raises CannotSign.

    Earlier corrections are no bar where the request carries them on, for then a second person must accept.
    """
    if review.origin == Review.Origin.CORRECTION:
        wrote = contributions.unseen_authors(review.article, review.revision)
    else:
        wrote = contributions.unseen_writers(review.article, review.revision, review.kind)
    if by.pk in wrote:
        raise CannotSign(_("You wrote part of these words. Somebody else must sign them."))
    if review.kind == CLINICAL and by.pk == lineage.rushed_by(review.article, review.digest):
        raise CannotSign(_("You published these words in an emergency. Somebody else must check them."))


def check_may_read(review: Review, reviewer: Reviewer) -> None:
    """As check_not_author, for somebody who would be asked for the words of this request. Raises CannotSign."""
    if reviewer.account_id in contributions.unseen_writers(review.article, review.revision, review.kind):
        raise CannotSign(_("%(name)s wrote part of these words.") % {"name": reviewer})


def open_again(review: Review) -> Review:
    """The open review, fresh, with its article locked. Raises AlreadyAnswered."""
    article = drafting.lock(review.article)
    fresh: Review = Review.objects.select_related("reviewer__account", "requested_by").get(pk=review.pk)
    fresh.article = article
    if fresh.answer:
        raise AlreadyAnswered(
            _("This request is closed (%(answer)s). Nothing was changed.") % {"answer": fresh.get_answer_display()}
        )
    return fresh


def base_of(review: Review) -> Review | None:
    """The sound attestation with whose words those of this request were compared when it was made."""
    if not review.base_digest:
        return None
    sound = contributions.sound(review.article, review.kind)
    return next((one for one in reversed(sound) if one.digest == review.base_digest and one.pk != review.pk), None)


def last_read(review: Review) -> Review | None:
    """What the same person signed or sent back last, of this article and kind: they have read those words."""
    read = (Review.Answer.ATTESTED, Review.Answer.CHANGES_REQUESTED)
    mine = Review.objects.filter(article_id=review.article_id, reviewer_id=review.reviewer_id, kind=review.kind)
    found: Review | None = mine.filter(answer__in=read, pk__lt=review.pk).order_by("-answered_at", "-pk").first()
    return found


def note_deed(review: Review, what: str, *, by: User, at: datetime, detail: str = "", before: str = "") -> None:
    """One timeline entry about a review."""
    note(review.article, what, by=by, at=at, words=(before, review.digest), detail=detail)


def tell_requester(
    review: Review, subject: str, body: str = "", *, path: str = "", kind: str = notices.Kind.ACTION
) -> None:
    """Tell whoever acts next; "%(title)s" in the subject is the article's. Without a path it leads to its form."""
    subject = subject % {"title": review.article.title}
    address = path or f"/admin/articles/article/{review.article_id}/change/"
    for person in _who_acts(review):
        notices.tell(person, subject, body or subject, address, kind=kind)


def _who_acts(review: Review) -> list[User]:
    """Who asked, or the editors once they have left; both where words are to change and who asked writes none."""
    asker = review.requested_by
    to_write = review.answer == Review.Answer.CHANGES_REQUESTED or review.origin == Review.Origin.CORRECTION
    if asker.is_active and not (to_write and not writes(asker)):
        return [asker]
    editors = roles.people_of(roles.EDITOR)
    return [asker, *editors] if asker.is_active else editors


def way_to_ask(article_id: int) -> str:
    """Where a review of this article is asked for."""
    return f"/admin/articles/article/{article_id}/request-review/"


def _unaccepted(article: Article, reviewer: Reviewer) -> Review | None:
    """This reviewer's corrections that stand in the words though nobody has accepted them."""
    if reviewer.account_id not in contributions.unseen_writers(article, article.revision):
        return None
    mine = article.reviews.filter(origin=Review.Origin.CORRECTION, reviewer=reviewer, acceptance=None)
    found: Review | None = mine.attested().order_by("-pk").first()
    return found
