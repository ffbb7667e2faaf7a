"""What news means for a page: no impact, other words, or taken down. Each decision is kept; a new one takes the place
of an old one. Which news waits is articles/news.py's to say."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles import drafting, news, notices, policy, publishing, roles
from articles.models import Article, Decision, Edition, Published
from articles.models.news import CLINICAL, READ_BY_REVIEWERS, label
from articles.news import News
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

Kind = Decision.Kind
TO_DRAFT = (Kind.WORDING, Kind.CHANGE)
CHOICES = (
    Kind.NO_IMPACT,
    *TO_DRAFT,
    Kind.WITHDRAW,
)  # what is decided about news; a moved address has a deed of its own


class NotOpen(Refused):
    """This news asks nothing of this page, or asks it no longer."""


class GoesQuiet(Refused):
    """No review of the page counts, and after this nothing would say any more when somebody reads it."""


class NoSuchDecision(Refused):
    """This can not be decided here."""


@transaction.atomic
def decide(
    article: Article, *, about: Collection[str], kind: str, reason: str, by: User, at: datetime
) -> list[Decision]:
    """Decide about news of these keys for one page. Raises NotOpen, ReasonNeeded, NoSuchDecision, GoesQuiet,
    NotAllowed.

    That clinical news leaves a page as it is, only a medical reviewer can say.
    """
    if kind not in (Kind.NO_IMPACT, Kind.REOPENED, *TO_DRAFT):
        raise NoSuchDecision(_("Choose what the news means for this page."))
    article = drafting.lock(article)
    rows = _chosen(article, about)
    _require(by, kind, rows)
    if kind in (Kind.NO_IMPACT, Kind.REOPENED) and not reason.strip():
        raise ReasonNeeded(_("Say why, so that whoever asks later finds it."))
    made = record(rows, kind=kind, reason=reason, by=by, at=at)
    policy.settle([article.pk])
    if kind == Kind.NO_IMPACT:
        _refuse_quiet(article)
    note(article, What.DECIDED, by=by, at=at, detail=said(rows, kind, reason))
    if kind in TO_DRAFT:
        _tell_editors(article, rows, by=by, reason=reason)
    return made


@transaction.atomic
def withdraw(
    article: Article, *, about: Collection[str], by: User, at: datetime, reason: str, instead: Article | None = None
) -> Edition:
    """Take the page down because of this news. Raises NotOpen, and what publishing.withdraw raises."""
    roles.require(by, "withdraw_article")
    rows = _chosen(drafting.lock(article), about)
    record(rows, kind=Kind.WITHDRAW, reason=reason, by=by, at=at)
    note(article, What.DECIDED, by=by, at=at, detail=said(rows, Kind.WITHDRAW, ""))
    return publishing.withdraw(article, by=by, at=at, reason=reason, instead=instead)


def may_decide(by: Any) -> bool:
    """Whether this person decides about some news."""
    return roles.may(by, "decide_news") or roles.may(by, "attest_article")


def choices(by: Any, kinds: Collection[str]) -> list[Decision.Kind]:
    """What this person may decide about all news of these kinds."""
    allowed = {
        Kind.NO_IMPACT: all(_judges(by, kind) for kind in kinds),
        Kind.WITHDRAW: roles.may(by, "withdraw_article"),
    }
    return [kind for kind in CHOICES if allowed.get(kind, roles.may(by, "decide_news"))]


def record(rows: Sequence[News], *, kind: str, reason: str, by: User, at: datetime) -> list[Decision]:
    """Keep one decision for each of these. A step inside a deed."""
    return Decision.objects.bulk_create(
        Decision(
            article=row.article,
            edition_id=row.edition,
            **{f"{row.origin}_id": row.about},
            kind=kind,
            reason=reason.strip(),
            by=by,
            at=at,
        )
        for row in rows
    )


def said(rows: Sequence[News], kind: str, reason: str) -> str:
    """A decision in one line, for the timeline."""
    about = "; ".join(f"{label(row.kind)}: {Truncator(row.title).chars(80)}" for row in rows)
    return ". ".join(filter(None, [f"{Kind(kind).label}: {about}", reason.strip()]))


def _chosen(article: Article, about: Collection[str]) -> list[News]:
    rows = [one for one in news.of_page(article) if one.key in about]
    if not rows or len(rows) != len(set(about)):
        raise NotOpen(_("This news is not open for this page any more. Look at what stands here now."))
    return rows


def _require(by: User, kind: str, rows: Sequence[News]) -> None:
    if kind != Kind.NO_IMPACT:
        roles.require(by, "decide_news")
        return
    if not may_decide(by):
        roles.require(by, "decide_news")
    for row in rows:
        if not _judges(by, row.kind):
            raise roles.NotAllowed(
                _("“%(news)s”: whether that leaves the page as it is, your role does not allow you to say.")
                % {"news": label(row.kind)}
            )


def _refuse_quiet(article: Article) -> None:
    """A page whose only review was denied is due because of that news alone. (Of emergencies others are reminded.)"""
    silent = Published.objects.live().filter(article=article, next_due=None, unreviewed_since=None)
    if silent.exists():
        raise GoesQuiet(
            _("No review of this page counts, so nobody would be reminded of it any more. Ask for a review first.")
        )


def _judges(by: Any, kind: str) -> bool:
    """Whether this person can say that such news leaves a page as it is."""
    reads = kind in READ_BY_REVIEWERS and roles.may(by, "attest_article")
    return reads or (kind not in CLINICAL and roles.may(by, "decide_news"))


def _tell_editors(article: Article, rows: Sequence[News], *, by: User, reason: str) -> None:
    subject = _("“%(title)s” needs other words because of news") % {"title": article.title}
    body = "\n\n".join(filter(None, [said(rows, Kind.CHANGE, ""), reason.strip()]))
    for person in roles.people_of(roles.EDITOR):
        if person != by:
            path = f"/admin/articles/article/{article.pk}/change/"
            notices.tell(person, subject, body, path, kind=notices.Kind.DIGEST)
