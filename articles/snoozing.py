"""Reminders of one page are paused for a while, with a reason, or begin again. Its due date stays where it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import addresses, drafting, ladder, roles
from articles.due import Due
from articles.models import Article, Published, Snooze
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

LONGEST = 60  # days


class NotSnoozed(Refused):
    """Reminders that can not be paused, or are not; the sentence says why."""


class SnoozeNeedsReason(ReasonNeeded, NotSnoozed):
    """Whoever asks later why nobody was reminded is owed an answer."""


def may_snooze(by: Any, article: Article) -> bool:
    """Whether this person may: who keeps dates, and the page's own reviewer."""
    return roles.may(by, "keep_dates") or (roles.may(by, "attest_article") and _is_theirs(by, article))


def asleep(article: Article, on: date) -> Snooze | None:
    """What keeps reminders of this page away on that day."""
    return Snooze.objects.asleep(on).filter(article=article).select_related("by").first()


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day through which reminders can be paused, and how that is said. None can be where it has passed."""

    last: date
    said: str
    has_passed: bool


def limit_of(article: Article, due: Due, today: date) -> Limit:
    """How long reminders of a page that is due then can be paused, however often: not beyond the day on which others
    hear of it, too."""
    last, why = min(_limits(article, due, today))
    said = _("Choose a day from tomorrow to %(last)s.") % {"last": date_format(last)}
    if last <= today:
        said = _("So its reminders can not be paused any more. Have it reviewed, or ask for another due date.")
    return Limit(last, f"{why} {said}".strip(), has_passed=last <= today)


def _limits(article: Article, due: Due, today: date) -> Iterator[tuple[date, str]]:
    """Last days, and what comes after each."""
    yield today + timedelta(days=LONGEST), ""
    if due.on:
        day = ladder.escalates_on(article.risk_tier, due.on)
        said = _("From %(day)s on others than its reviewer hear that the page is overdue.")
        yield day - timedelta(days=1), said % {"day": date_format(day)}
    if due.withdrawn_on:
        day = ladder.first_warning(due.withdrawn_on)
        said = _("From %(day)s on people are warned that the page will be taken down.")
        yield day - timedelta(days=1), said % {"day": date_format(day)}


@transaction.atomic
def snooze(article: Article, *, until: date, reason: str, by: User, at: datetime) -> Snooze:
    """No reminders of this page through that day. Raises NotSnoozed, SnoozeNeedsReason, NotAllowed."""
    article = _own(article, by, reason)
    today = timezone.localdate(at)
    before = asleep(article, today)
    if before and before.until == until:
        raise NotSnoozed(_("The reminders are paused until that day already."))
    edition = article.editions.open().first()
    if edition is None:
        raise NotSnoozed(_("There are reminders only of a page that is online."))
    limit = limit_of(article, addresses.dated(article, edition).due, today)
    if not today < until <= limit.last:
        raise NotSnoozed(limit.said)
    detail = _("until %(day)s: %(reason)s") % {"day": until.isoformat(), "reason": reason.strip()}
    return _keep(article, until, detail, reason=reason, by=by, at=at)


@transaction.atomic
def wake(article: Article, *, reason: str, by: User, at: datetime) -> Snooze:
    """End a pause. Raises NotSnoozed, SnoozeNeedsReason, NotAllowed."""
    article = _own(article, by, reason)
    today = timezone.localdate(at)
    if asleep(article, today) is None:
        raise NotSnoozed(_("The reminders of this page are not paused."))
    detail = _("ended the pause: %(reason)s") % {"reason": reason.strip()}
    return _keep(article, today - timedelta(days=1), detail, reason=reason, by=by, at=at)


def _own(article: Article, by: User, reason: str) -> Article:
    if not may_snooze(by, article):
        raise roles.NotAllowed(_("Your role does not allow this."))
    if not reason.strip():
        raise SnoozeNeedsReason(_("Say why, so that whoever asks later finds it."))
    return drafting.lock(article)


def _keep(article: Article, until: date, detail: str, *, reason: str, by: User, at: datetime) -> Snooze:
    row: Snooze = Snooze.objects.create(article=article, until=until, reason=reason.strip(), by=by, at=at)
    note(article, What.SNOOZED, by=by, at=at, detail=detail)
    return row


def _is_theirs(by: Any, article: Article) -> bool:
    """Whether they are assigned, or have signed what dates the page."""
    if article.reviewer and article.reviewer.account_id == by.pk:
        return True
    return Published.objects.live().filter(article=article, review__reviewer__account=by).exists()
