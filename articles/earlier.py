"""Earlier states of an article: brought back, and, when they are old and prove nothing, thinned."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafting, roles
from articles.models import Article, Review, Revision
from articles.refusals import Refused

KEPT = timedelta(days=90)  # every state of so many days stays


class NotBroughtBack(Refused):
    """There is nothing to bring back."""


@transaction.atomic
def bring_back(article: Article, number: int, *, by: User, at: datetime, base_revision: int) -> Article:
    """Make the words of revision `number` today's, as a new revision. `base_revision` is the one that was on screen.

    Raises NotBroughtBack, drafting.StaleRevision, drafting.InBin, roles.NotAllowed.
    """
    roles.require(by, "change_article")
    article = drafting.lock(article)
    state = article.revisions.filter(number=number).first()
    if state is None or state.thinned_at:
        raise NotBroughtBack(_("The words of revision %(number)d are no longer kept.") % {"number": number})
    words = state.words()
    if words.redacted:
        raise NotBroughtBack(_("A part of these words was redacted, so they can not become today's words again."))
    if state.full_hash == article.content().full_hash:
        raise NotBroughtBack(_("These are today's words already."))
    how = Revision.How.RESTORE
    return drafting.rewrite(article, words, by=by, at=at, base_revision=base_revision, how=how)


@transaction.atomic
def thin(article: Article, *, at: datetime) -> int:
    """Let the words of old states go that nothing rests on. Returns how many went.

    Kept are: every state since the one that was last published; every state of the last 90 days; the last state of
    each person and day; the first (as it was imported) and the newest; and every state whose words or number a review
    or an edition names. What is thinned keeps who made it, when, and the hashes of its words. An article that was
    never published is not thinned.
    """
    article = drafting.lock(article, binned=True)
    going = list(_not_needed(article, at))
    for state in going:
        state.thin(at=at)
    return len(going)


def thin_all(*, at: datetime) -> Iterator[tuple[Article, int]]:
    """Thin one article after the other, each in its own transaction. Breaking off and beginning again does no harm."""
    old = Revision.objects.filter(thinned_at=None, at__lt=at - KEPT, article__editions__isnull=False)
    for pk in sorted(set(old.values_list("article", flat=True))):
        article = Article.objects.get(pk=pk)
        yield article, thin(article, at=at)


def _not_needed(article: Article, at: datetime) -> Iterator[Revision]:
    published = _last_published(article)
    if not published:
        return
    reviews = Review.objects.filter(article=article)
    proofs = {*reviews.values_list("digest", flat=True), *article.editions.values_list("digest", flat=True)}
    proofs |= {*reviews.exclude(base_digest="").values_list("base_digest", flat=True)}
    numbers = {1, article.revision, *reviews.values_list("revision", flat=True)}
    numbers |= {*article.editions.values_list("revision", flat=True)}
    last_of_day: set[tuple[int, object]] = set()
    for state in article.revisions.defer("content").order_by("-number"):
        day = (state.by_id, timezone.localdate(state.at))
        kept = day not in last_of_day or state.at >= at - KEPT or state.number >= published
        last_of_day.add(day)
        if not (kept or state.thinned_at or state.number in numbers or state.digest in proofs):
            yield state


def _last_published(article: Article) -> int:
    """The number of the last state that readers saw; 0 where none did."""
    return article.editions.aggregate(last=Max("revision"))["last"] or 0
