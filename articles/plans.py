"""What becomes of a scheduled publication when the page goes online, or away, by whatever way."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles import notices
from articles.models import Article, Edition, Schedule
from articles.timeline import What, note


def close(article: Article, edition: Edition, *, by: User, at: datetime) -> None:
    """`edition` went online just now: the waiting schedule is kept if these are its words and its time has come."""
    row = _waiting(article)
    if row and edition.full_hash == row.full_hash and row.publish_at <= at:
        row.end(Schedule.Outcome.PUBLISHED, by=by, at=at, edition=edition)
    elif row:
        why = _("Edition %(number)d was published before that time.") % {"number": edition.number}
        _cancel(row, by=by, at=at, why=why)


def drop(article: Article, *, by: User, at: datetime, why: str) -> None:
    """The page was taken down, or its draft away: nothing will be published."""
    row = _waiting(article)
    if row:
        _cancel(row, by=by, at=at, why=why)


def _waiting(article: Article) -> Schedule | None:
    return Schedule.objects.waiting().filter(article=article).select_related("by").first()


def _cancel(row: Schedule, *, by: User, at: datetime, why: str) -> None:
    row.end(Schedule.Outcome.CANCELLED, by=by, at=at, reason=why)
    note(row.article, What.UNSCHEDULED, by=by, at=at, words=(row.digest, ""), detail=why)
    if row.by_id != by.pk:
        subject = _("“%(title)s” will not be published as you scheduled") % {"title": row.article.title}
        path = f"/admin/articles/article/{row.article_id}/change/"
        notices.tell(row.by, subject, why, path, kind=notices.Kind.DIGEST)
