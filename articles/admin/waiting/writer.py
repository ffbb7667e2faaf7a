"""What a writer began, asked for, and got back."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import asking, roles
from articles.admin import standing
from articles.admin.desk import day
from articles.admin.requesting import PERMISSIONS
from articles.admin.waiting import requests
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut, of_article, reviews
from articles.models import Edition, Review, Revision


def mine(user: Any) -> Pile | None:
    if not asking.writes(user):
        return _asked_for(user)
    rows, rest = cut([*_corrections(user), *_of(User.objects.filter(pk=user.pk))], _listed("mine"))
    return Pile(_("Mine, and what came back"), rows, _("Nothing came back, and you have no drafts."), rest)


def left_behind(user: Any) -> Pile | None:
    """The same of people who have left, for editors, who take it over."""
    gone = User.objects.filter(is_active=False)
    if not asking.writes(user) or not gone.exists():
        return None
    rows, rest = cut(_of(gone), _listed("left"))
    return Pile(_("Of people who have left"), rows, "", rest) if rows else None


def to_be_written(user: Any) -> Pile | None:
    """Changes that reviewers want of whoever asked and writes nothing, for editors."""
    if not asking.writes(user):
        return None
    write = User.objects.with_perm("articles.change_article", backend=PERMISSIONS)
    others = User.objects.filter(is_active=True).exclude(pk__in=write)
    wanted = requests.returned(others, {Review.Answer.CHANGES_REQUESTED})
    rows, rest = cut(wanted, _reviews(Review.Answer.CHANGES_REQUESTED))
    return Pile(_("Changes wanted, asked for by people who do not write"), rows, "", rest) if rows else None


def _asked_for(user: Any) -> Pile | None:
    me = User.objects.filter(pk=user.pk)
    rows, rest = cut(requests.asked_for(me), _reviews(""))
    return Pile(_("Reviews that you asked for"), rows, "", rest) if rows else None


def _listed(whose: str) -> str:
    return f"{reverse('admin:articles_article_changelist')}?whose={whose}"


def _reviews(answer: str) -> str:
    return f"{reverse('admin:articles_review_changelist')}?answer__exact={answer}"


def _of(people: QuerySet[User]) -> list[Waiting]:
    rows = [*requests.asked_for(people)]
    known = {row.url for row in rows}
    return [*rows, *(row for row in _in_hand(people) if row.url not in known)]


def _corrections(user: Any) -> Iterator[Waiting]:
    if not roles.may(user, "accept_corrections"):
        return
    signed = reviews().attested().filter(origin=Review.Origin.CORRECTION, acceptance=None, digest=F("article__digest"))
    for review in signed.exclude(answered_by=user).order_by("answered_at", "pk")[: LIMIT + 1]:
        meta = _("corrections by %(name)s wait for acceptance") % {"name": review.reviewer}
        yield Waiting(review.article.title, reverse("admin:articles_review_corrections", args=[review.pk]), meta)


def _in_hand(people: QuerySet[User]) -> Iterator[Waiting]:
    """Words that wait for nobody else: drafts, also those whose request was recalled, and changes to pages that are, or
    were, online."""
    last = Revision.objects.filter(article=OuterRef("pk"), number=OuterRef("revision"))
    changed = {"changed_by": Subquery(last.values("by")), "changed_at": Subquery(last.values("at"))}
    told: Any = standing.told(standing.in_hand()).annotate(**changed)
    closed_since = Edition.objects.filter(article=OuterRef("pk"), closed_at__gte=OuterRef("changed_at"))
    rewritten = standing.WITHDRAWN & ~Exists(closed_since)
    drafts = standing.STATES["draft"][1] & (Q(started_by__in=people) | Q(changed_by__in=people))
    changes = (rewritten | standing.DIFFERS & ~standing.HOUSEKEEPING) & ~standing.IN_REVIEW & ~standing.SIGNED
    for row in told.filter(drafts | changes & Q(changed_by__in=people)).order_by("-changed_at", "-pk")[: LIMIT + 1]:
        facts = {"on": day(row.changed_at), "number": row.edition_number, "since": day(row.started_at)}
        words = (
            _("changed on %(on)s; edition %(number)d is online") if row.edition_number else _("draft since %(since)s")
        )
        yield of_article(row, words % facts)
