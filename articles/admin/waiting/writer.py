"""What a writer began, asked for, and got back."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import roles
from articles.admin import asked, standing
from articles.admin.desk import day
from articles.admin.state import RETURNED
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, of_article, reviews
from articles.models import Article, Edition, Review, Revision


def mine(user: Any) -> Pile:
    rows = [*_corrections(user), *_returned(user), *_asked(user)]
    known = {row.url for row in rows}
    rows += [row for row in _in_hand(user) if row.url not in known]
    return Pile(_("Mine, and what came back"), rows, _("Nothing came back, and you have no drafts."))


def _corrections(user: Any) -> Iterator[Waiting]:
    if not roles.may(user, "accept_corrections"):
        return
    signed = reviews().attested().filter(origin=Review.Origin.CORRECTION, acceptance=None, digest=F("article__digest"))
    for review in signed.exclude(answered_by=user).order_by("answered_at", "pk")[:LIMIT]:
        meta = _("corrections by %(name)s wait for acceptance") % {"name": review.reviewer}
        yield Waiting(review.article.title, reverse("admin:articles_review_corrections", args=[review.pk]), meta)


def _returned(user: Any) -> Iterator[Waiting]:
    since = {"article": OuterRef("article"), "kind": OuterRef("kind"), "pk__gt": OuterRef("pk")}
    again = Review.objects.filter(**since, requested_at__gte=OuterRef("answered_at"))
    back = reviews().filter(~Exists(again), requested_by=user, answer__in=RETURNED)
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


def _asked(user: Any) -> Iterator[Waiting]:
    for review in reviews().open().filter(requested_by=user).order_by("requested_at", "pk")[:LIMIT]:
        names = {"name": review.reviewer, "since": day(review.requested_at)}
        yield of_article(review.article, _("in review with %(name)s since %(since)s") % names)


def _in_hand(user: Any) -> Iterator[Waiting]:
    """Words that wait for nobody else: drafts, also those whose request was recalled, and changes to pages that are, or
    were, online."""
    last = Revision.objects.filter(article=OuterRef("pk"), number=OuterRef("revision"))
    changed = {"changed_by": Subquery(last.values("by")), "changed_at": Subquery(last.values("at"))}
    told: Any = standing.told(Article.objects.filter(binned_at=None)).annotate(**changed)
    closed_since = Edition.objects.filter(article=OuterRef("pk"), closed_at__gte=OuterRef("changed_at"))
    rewritten = standing.WITHDRAWN & ~Exists(closed_since)
    drafts = standing.STATES["draft"][1] & (Q(started_by=user) | Q(changed_by=user.pk))
    changes = (rewritten | standing.DIFFERS & ~standing.HOUSEKEEPING) & ~standing.IN_REVIEW & ~standing.SIGNED
    for row in told.filter(drafts | changes & Q(changed_by=user.pk)).order_by("-changed_at", "-pk")[:LIMIT]:
        facts = {"on": day(row.changed_at), "number": row.edition_number, "since": day(row.started_at)}
        words = (
            _("changed on %(on)s; edition %(number)d is online") if row.edition_number else _("draft since %(since)s")
        )
        yield of_article(row, words % facts)
