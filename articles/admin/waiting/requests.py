"""What became of the requests that somebody made."""

from collections.abc import Collection, Iterator

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from articles.admin import asked
from articles.admin.desk import day
from articles.admin.state import RETURNED
from articles.admin.waiting.pile import LIMIT, Waiting, of_article, reviews
from articles.models import Review


def returned(people: QuerySet[User], answers: Collection[str] = RETURNED) -> Iterator[Waiting]:
    """Requests that came back: changes are wanted, or somebody else must be asked."""
    since = {"article": OuterRef("article"), "kind": OuterRef("kind"), "pk__gt": OuterRef("pk")}
    again = Review.objects.filter(**since, requested_at__gte=OuterRef("answered_at"))
    back = reviews().filter(~Exists(again), requested_by__in=people, answer__in=answers)
    rows = list(back.order_by("answered_at", "pk")[:LIMIT])
    comments = asked.open_comments([review.article_id for review in rows]) if rows else {}
    for review in rows:
        words = {
            Review.Answer.CHANGES_REQUESTED: _("%(name)s asked for changes on %(on)s"),
            Review.Answer.HANDED_ON: _("%(name)s handed the request back on %(on)s; ask somebody else"),
            Review.Answer.SUPERSEDED: _("changed under review on %(on)s; ask again"),
        }[Review.Answer(review.answer)]
        meta = words % {"name": review.reviewer, "on": day(review.answered_at)}
        count = comments.get(review.article_id, 0)
        yield of_article(review.article, " · ".join([meta, *([asked.comments_words(count)] if count else [])]))


def waiting(people: QuerySet[User]) -> Iterator[Waiting]:
    """Requests that nobody has answered yet."""
    for review in reviews().open().filter(requested_by__in=people).order_by("requested_at", "pk")[:LIMIT]:
        names = {"name": review.reviewer, "since": day(review.requested_at)}
        yield of_article(review.article, _("in review with %(name)s since %(since)s") % names)
