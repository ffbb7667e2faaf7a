"""What a reviewer is asked, told in lines: what changed, of which kind, how urgent, since when. Cheap for a desk of
twenty requests: four queries, whatever their number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import markup
from articles.admin.desk import day
from articles.models import Article, Comment, Published, Review
from articles.redline import between

_READ = (Review.Answer.ATTESTED, Review.Answer.CHANGES_REQUESTED)


def told(reviews: Sequence[Review]) -> dict[int, tuple[str, str]]:
    """For each open request, by key: what changed since its reviewer last read, and the rest. `content` is needed."""
    articles = {review.article_id for review in reviews}
    due = dict(Published.objects.live().filter(article__in=articles).values_list("article_id", "next_due"))
    comments = open_comments(articles)
    bases = _bases(reviews)
    return {
        review.pk: (_changed(review, bases.get(review.pk)), " · ".join(_about(review, due, comments)))
        for review in reviews
    }


def open_comments(articles: Any) -> Counter[int]:
    """How many open comments each of these articles has. One query."""
    rows = Comment.objects.open().filter(answers=None, article__in=articles).values_list("article_id", flat=True)
    return Counter(rows.order_by())


def comments_words(count: int) -> str:
    """The count in words."""
    return ngettext("%(count)d open comment", "%(count)d open comments", count) % {"count": count}


def _bases(reviews: Sequence[Review]) -> dict[int, Review]:
    """What each request is compared with on the reading screen: what its reviewer read last, else the signed words."""
    asked = Q(reviewer__in={review.reviewer_id for review in reviews}, answer__in=_READ)
    signed = Q(digest__in={review.base_digest for review in reviews}, answer=Review.Answer.ATTESTED)
    earlier = Review.objects.filter(asked | signed, article__in={review.article_id for review in reviews})
    rows = list(earlier.defer("content").order_by("answered_at", "pk"))
    chosen = {review.pk: _base(review, rows) for review in reviews}
    wanted = {one.pk for one in chosen.values() if one}
    full = Review.objects.in_bulk(list(wanted)) if wanted else {}
    return {pk: full[one.pk] for pk, one in chosen.items() if one}


def _base(review: Review, rows: list[Review]) -> Review | None:
    mine = [row for row in rows if row.article_id == review.article_id and row.pk < review.pk]
    read = [row for row in mine if (row.reviewer_id, row.kind) == (review.reviewer_id, review.kind)]
    signed = [row for row in mine if review.base_digest and row.digest == review.base_digest]
    return next((side[-1] for side in (read, signed) if side), None)


def _changed(review: Review, base: Review | None) -> str:
    words = review.words()
    if base is None:
        bodies = [words.summary, *(section.body for section in words.sections)]
        count = sum(len(markup.text(markup.clean(body)).split()) for body in bodies)
        return ngettext("first review: %(count)d word", "first review: %(count)d words", count) % {"count": count}
    if base.digest == review.digest:
        return _("no change: to be reviewed again")
    return between(base.words(), words) or _("no change: to be reviewed again")


def _about(review: Review, due: dict[int, Any], comments: Counter[int]) -> Iterator[str]:
    kind = _("%(kind)s review, %(tier)s risk")
    yield kind % {"kind": review.get_kind_display(), "tier": _tier(review.article)}
    yield _("asked by %(name)s on %(on)s") % {"name": review.requested_by, "on": day(review.requested_at)}
    if due.get(review.article_id):
        yield _("page due %(on)s") % {"on": day(due[review.article_id])}
    if comments[review.article_id]:
        yield comments_words(comments[review.article_id])


def _tier(article: Article) -> str:
    return str(article.get_risk_tier_display()).lower()
