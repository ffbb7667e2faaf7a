"""What became of the requests that somebody made."""

from collections.abc import Collection, Iterator, Sequence

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from articles.admin import asked
from articles.admin.desk import day
from articles.admin.state import RETURNED
from articles.admin.waiting.pile import LIMIT, Waiting, of_article, reviews
from articles.models import Review

_SINCE = {"article": OuterRef("article"), "kind": OuterRef("kind"), "pk__gt": OuterRef("pk")}
# Of what came back: changes are wanted, or somebody else must be asked, and nobody has.
NOT_ASKED_AGAIN = ~Exists(Review.objects.filter(**_SINCE, requested_at__gte=OuterRef("answered_at")))


def asked_for(people: QuerySet[User]) -> Iterator[Waiting]:
    """What came back, and then what nobody has answered yet. One query, two where somebody commented."""
    rows = _of(people, ("", *RETURNED)).filter(Q(answer="") | NOT_ASKED_AGAIN)
    return _told(list(rows.order_by(F("answered_at").asc(nulls_last=True), "requested_at", "pk")[: LIMIT + 1]))


def returned(people: QuerySet[User], answers: Collection[str]) -> Iterator[Waiting]:
    """Requests that came back with one of these answers."""
    return _told(list(_of(people, answers).filter(NOT_ASKED_AGAIN).order_by("answered_at", "pk")[: LIMIT + 1]))


def _of(people: QuerySet[User], answers: Collection[str]) -> "QuerySet[Review]":
    # Of hundreds of thousands that somebody asked for, nearly all are signed: the few others first, by their index.
    few = Review.objects.order_by().filter(requested_by__in=people, answer__in=answers)
    rows: QuerySet[Review] = reviews().filter(pk__in=few.values("pk"))
    return rows


def _told(rows: Sequence[Review]) -> Iterator[Waiting]:
    back = [review.article_id for review in rows if review.answer]
    comments = asked.open_comments(back) if back else {}
    for review in rows:
        words = {
            "": _("in review with %(name)s since %(since)s"),
            Review.Answer.CHANGES_REQUESTED: _("%(name)s asked for changes on %(on)s"),
            Review.Answer.HANDED_ON: _("%(name)s handed the request back on %(on)s; ask somebody else"),
            Review.Answer.SUPERSEDED: _("changed under review on %(on)s; ask again"),
        }[review.answer]
        days = {"on": day(review.answered_at)} if review.answer else {"since": day(review.requested_at)}
        count = comments.get(review.article_id, 0) if review.answer else 0
        meta = words % {"name": review.reviewer, **days}
        yield of_article(review.article, " · ".join([meta, *([asked.comments_words(count)] if count else [])]))
