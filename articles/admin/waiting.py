"""The desk: what waits for this person, before anything else. One query a pile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import roles
from articles.admin import standing
from articles.admin.state import RETURNED, day
from articles.models import Article, Published, Review

LIMIT = 20  # rows a pile; the list of articles has the rest


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what it is, where it is done, and what else helps to choose."""

    text: str
    url: str
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Pile:
    """Things to do of one kind. `empty` is said when there are none."""

    title: str
    rows: list[Waiting]
    empty: str


def piles(user: Any) -> list[Pile]:
    """What waits for somebody with these permissions, the most urgent first."""
    by_permission = {
        "attest_article": _for_reviewer,
        "request_review": _for_writer,
        "publish_article": _for_publisher,
        "keep_dates": _for_steward,
    }
    return [pile for permission, made in by_permission.items() if roles.may(user, permission) for pile in [made(user)]]


def _for_reviewer(user: Any) -> Pile:
    asked = _reviews().open().filter(reviewer__account=user).order_by("requested_at", "pk")[:LIMIT]
    rows = [
        Waiting(
            review.article.title,
            reverse("admin:articles_review_read", args=[review.pk]),
            _("asked by %(name)s on %(on)s") % {"name": review.requested_by, "on": day(review.requested_at)},
        )
        for review in asked
    ]
    return Pile(_("Waiting for me"), rows, _("Nothing waits for your signature."))


def _for_writer(user: Any) -> Pile:
    rows = [*_corrections(user), *_returned(user), *_asked(user), *_begun(user)]
    return Pile(_("Mine, and what came back"), rows, _("Nothing came back, and you have no drafts."))


def _corrections(user: Any) -> Iterator[Waiting]:
    if not roles.may(user, "accept_corrections"):
        return
    signed = _reviews().attested().filter(origin=Review.Origin.CORRECTION, acceptance=None, digest=F("article__digest"))
    for review in signed.exclude(answered_by=user).order_by("answered_at", "pk")[:LIMIT]:
        meta = _("corrections by %(name)s wait for acceptance") % {"name": review.reviewer}
        yield Waiting(review.article.title, reverse("admin:articles_review_corrections", args=[review.pk]), meta)


def _returned(user: Any) -> Iterator[Waiting]:
    latest = Review.objects.filter(article=OuterRef("article")).order_by("-pk").values("pk")[:1]
    back = _reviews().filter(requested_by=user, answer__in=RETURNED, pk=Subquery(latest))
    for review in back.order_by("answered_at", "pk")[:LIMIT]:
        words = _("%(name)s asked for changes on %(on)s")
        if review.answer == Review.Answer.SUPERSEDED:
            words = _("changed under review on %(on)s; ask again")
        yield _article(review.article, words % {"name": review.reviewer, "on": day(review.answered_at)})


def _asked(user: Any) -> Iterator[Waiting]:
    for review in _reviews().open().filter(requested_by=user).order_by("requested_at", "pk")[:LIMIT]:
        names = {"name": review.reviewer, "since": day(review.requested_at)}
        yield _article(review.article, _("in review with %(name)s since %(since)s") % names)


def _begun(user: Any) -> Iterator[Waiting]:
    begun = Article.objects.filter(started_by=user, editions=None, reviews=None).order_by("-started_at", "-pk")
    for article in begun[:LIMIT]:
        yield _article(article, _("draft since %(on)s") % {"on": day(article.started_at)})


def _for_publisher(user: Any) -> Pile:
    signed = standing.told(Article.objects.all()).filter(standing.STATES["signed"][1])
    unread = Review.objects.attested().filter(origin=Review.Origin.CORRECTION, acceptance=None)
    ready: Any = signed.exclude(pk__in=unread.filter(digest=F("article__digest")).values("article"))
    rows = [
        Waiting(title, reverse("admin:articles_article_publish", args=[pk]), _online_words(number))
        for pk, title, number in ready.order_by("title", "pk").values_list("pk", "title", "edition_number")[:LIMIT]
    ]
    return Pile(_("Ready to publish"), rows, _("Nothing signed waits to be published."))


def _online_words(number: int | None) -> str:
    return _("signed; edition %(number)d is online") % {"number": number} if number else _("signed; not online")


def _for_steward(user: Any) -> Pile:
    today = timezone.localdate()
    counts = _due_counts(today)
    listed = reverse("admin:articles_article_changelist")
    found = {
        "overdue": ngettext("%(count)d page is overdue", "%(count)d pages are overdue", counts["overdue"]),
        "soon": ngettext("%(count)d page is due soon", "%(count)d pages are due soon", counts["soon"]),
    }
    days = _("within %(days)d days") % {"days": standing.SOON}
    rows = [
        Waiting(words % {"count": counts[key]}, f"{listed}?due={key}", days if key == "soon" else "")
        for key, words in found.items()
        if counts[key]
    ]
    return Pile(_("Review dates"), rows, _("No page is overdue, and none is due soon."))


def _due_counts(today: date) -> dict[str, int]:
    counts = {"overdue": standing.overdue(today), "soon": standing.due_soon(today)}
    return Published.objects.live().aggregate(**{key: Count("pk", filter=rule) for key, rule in counts.items()})


def _reviews() -> Any:
    return Review.objects.select_related("article", "reviewer", "requested_by").defer("content")


def _article(article: Article, meta: str) -> Waiting:
    return Waiting(article.title, reverse("admin:articles_article_change", args=[article.pk]), meta)
