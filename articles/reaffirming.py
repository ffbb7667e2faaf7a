"""Read again, and nothing to change: a reviewer signs the page that is online, as it stands. No edition is made."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import addresses, asking, contributions, drafting, lineage, news, reviewing, roles
from articles.asking import CannotSign
from articles.handing import WordsMoved
from articles.models import Article, Edition, Review, Reviewer
from articles.news import News
from articles.refusals import Refused
from articles.timeline import What
from references.models import SourceChange

CLINICAL = Review.Kind.CLINICAL


class NotUnchanged(Refused):
    """There is no page online that could be signed as it stands; the sentence says why."""


class NewsFirst(Refused):
    """News asks something of the page that a signature as it stands would contradict, or that nobody has seen."""


class AlreadySigned(Refused):
    """The same person has signed this page today."""


@transaction.atomic
def reaffirm(
    article: Article, *, by: User, at: datetime, digest: str, interests: str = "", seen: Collection[str] = ()
) -> Review:
    """Sign the whole page with this digest, as readers see it now, in the name of the reviewer `by`.

    Answers the open request of exactly these words, if `by` was asked. `seen` are the keys of the news that was on
    the screen. Raises NotUnchanged, NewsFirst, AlreadySigned, WordsMoved, CannotSign, NotAllowed, InBin.
    """
    roles.require(by, "attest_article")
    article = drafting.lock(article)
    edition = page_online(article, at=at)
    if digest != edition.digest:
        raise WordsMoved(_("The page is not the one that was on your screen. Read it again before you sign."))
    reviewer = signer(article, edition, by, at=at)
    _check_news(article, seen)
    if done := signed_today(edition, reviewer, at=at):
        raise AlreadySigned(done)
    asked = request_of(article, edition, reviewer)
    if asked:
        said = {"scope": Review.Scope.FULL, "interests": interests}
        return reviewing.attest(asked, by=by, at=at, digest=digest, **said)
    signature = reviewing.signature(reviewer, timezone.localdate(at), interests=interests)
    review = _sign(edition, reviewer, signature, by=by, at=at)
    detail = _("read again, nothing to change: edition %(number)d") % {"number": edition.number}
    asking.note_deed(review, What.ATTESTED, by=by, at=at, detail=detail)
    addresses.post(article, at=at)
    return review


def page_online(article: Article, *, at: datetime) -> Edition:
    """The edition that could be signed as it stands. Raises NotUnchanged."""
    edition: Edition | None = article.editions.open().first()
    if edition is None:
        raise NotUnchanged(_("This article is not online, so there is no page to sign as it stands."))
    # Not article.digest, which was stored before somebody changed a source in the library.
    if article.content().digest != edition.digest:
        raise NotUnchanged(_("The working text differs from the page that is online. The changes need a review first."))
    if at < edition.published_at:
        raise NotUnchanged(_("The page was not online in these words at that time."))
    return edition


def signer(article: Article, edition: Edition, by: User, *, at: datetime) -> Reviewer:
    """Who `by` is, if they may vouch for the words of this edition. Raises CannotSign."""
    reviewer = Reviewer.objects.select_related("account").filter(account=by).first()
    if reviewer is None:
        raise CannotSign(_("You are not on the list of reviewers, so your name can not stand under a review."))
    asking.check_can_sign(reviewer, CLINICAL, at)
    if by.pk in contributions.unseen_writers(article, edition.revision):
        raise CannotSign(_("You wrote part of these words. Somebody else must sign them."))
    if by.pk == lineage.rushed_by(article, edition.digest):
        raise CannotSign(_("You published these words in an emergency. Somebody else must check them."))
    return reviewer


def request_of(article: Article, edition: Edition, reviewer: Reviewer) -> Review | None:
    """The open request that asks this reviewer for exactly the words online."""
    mine = article.reviews.open().filter(kind=CLINICAL, reviewer=reviewer, digest=edition.digest)
    found: Review | None = mine.first()
    return found


def signed_today(edition: Edition, reviewer: Reviewer, *, at: datetime) -> str:
    """Why nothing more is needed: the same person has signed these words whole today, since they are online. Or ""."""
    words = {"article": edition.article_id, "digest": edition.digest, "answered_at__gte": edition.published_at}
    done = signed_on(timezone.localdate(at), account=reviewer.account, words=words).exists()
    return _("You have signed this page today. Nothing more is needed.") if done else ""


def signed_on(day: date, *, account: Any, words: Mapping[str, Any]) -> "QuerySet[Review]":
    """What this person signed on that day of these words: whole, and not by somebody else's word that they did."""
    mine = Review.objects.attested().clinical().filter(reviewer__account=account, **words)
    found: QuerySet[Review] = mine.filter(scope=Review.Scope.FULL, reviewed_on=day)
    return found.exclude(origin__in=Review.BY_STAFF)


def open_news(article: Article) -> list[News]:
    """What still asks something of the page online, wherever it comes from; the gravest first. Three queries."""
    found = news.of_page(article)
    return [one for one in found if (one.waits or one.under_way) and one.kind != SourceChange.Kind.MOVED]


def why_first(found: Collection[News]) -> str:
    """Which of this news must be decided before anybody signs the page as it stands, in words; "" where none must.

    A retraction, because no signature has ever silently covered one; and what somebody has decided to change.
    """
    if any(one.under_way for one in found):
        return _("It was decided that these words change. Sign the new ones, or decide once more about the news.")
    if any(one.kind == SourceChange.Kind.RETRACTED for one in found):
        return _("A source of this page was retracted. Decide first what that means for the page.")
    return ""


def _check_news(article: Article, seen: Collection[str]) -> None:
    found = open_news(article)
    if why := why_first(found):
        raise NewsFirst(why)
    if not {one.key for one in found} <= set(seen):
        raise NewsFirst(_("There is news about this page that was not on your screen. Read it before you sign."))


def _sign(edition: Edition, reviewer: Reviewer, signature: dict[str, Any], *, by: User, at: datetime) -> Review:
    review: Review = Review.objects.create(
        article_id=edition.article_id,
        origin=Review.Origin.UNCHANGED,
        reviewer=reviewer,
        content=edition.content,
        digest=edition.digest,
        revision=edition.revision,
        requested_by=by,
        requested_at=at,
        answer=Review.Answer.ATTESTED,
        answered_by=by,
        answered_at=at,
        **signature,
    )
    return review
