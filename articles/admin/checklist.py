"""Which reviews a page needs, who was asked since when, and who signed: the checklist on the article's panel."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import asking, roles
from articles.admin.desk import day
from articles.models import Review
from articles.signoffs import Kind, Signed

SIGNING = ("attest_article", "sign_language")


@dataclass(frozen=True, slots=True)
class Way:
    """A link beside an entry."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One person asked, or one signature; `why` says what makes it count for nothing."""

    text: str
    why: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of review."""

    name: str
    needed: str
    done: bool
    entries: tuple[Entry, ...]


def rows(kinds: Iterable[Kind], user: Any, *, online: bool) -> list[Row]:
    """The checklist as this person sees it; `online`: of words that readers see."""
    may_ask = asking.may_ask(user, online=online)
    return [_row(kind, user, may_ask=may_ask) for kind in kinds]


def signs(user: Any) -> bool:
    """Whether this person's role lets them sign reviews of any kind."""
    return any(roles.may(user, permission) for permission in SIGNING)


def _row(kind: Kind, user: Any, *, may_ask: bool) -> Row:
    entries = (*(_signed(one) for one in kind.signed), *(_asked(one, user) for one in kind.asked))
    needed = _("required") if kind.required else _("optional")
    return Row(kind.name, needed, kind.counts, entries or (Entry(_nobody(may_ask=may_ask)),))


def _nobody(*, may_ask: bool) -> str:
    words = _("Nobody was asked for these words.")
    return words if may_ask else f"{words} {_('Writers and editors can ask.')}"


def _signed(one: Signed) -> Entry:
    review = one.review
    names = {"name": review.signed_as, "on": day(review.reviewed_on), "scope": review.get_scope_display().lower()}
    words = _("Signed by %(name)s on %(on)s (%(scope)s).") % names
    return Entry(words, tuple(obstacle.message for obstacle in one.why_not))


def _asked(review: Review, user: Any) -> Entry:
    names = {"name": review.reviewer, "since": day(review.requested_at)}
    words = _("Asked of %(name)s on %(since)s; no answer yet.") % names
    if review.reviewer.is_away(timezone.localdate()):
        words += " " + _("Away until %(until)s.") % {"until": day(review.reviewer.away_until)}
    return Entry(words, ways=tuple(_ways(review, user)))


def _ways(review: Review, user: Any) -> Iterable[Way]:
    if roles.may(user, "view_review"):
        yield _way(_("Read"), "read", review)
    if review.reviewer.account_id == user.pk:
        yield _way(_("Hand on"), "hand_on", review)
    if roles.may(user, "reassign_review"):
        yield _way(_("Give to somebody else"), "reassign", review)
    if asking.may_recall(review, user):
        yield _way(_("Recall"), "recall", review)


def _way(label: str, name: str, review: Review) -> Way:
    return Way(label, reverse(f"admin:articles_review_{name}", args=[review.pk]))
