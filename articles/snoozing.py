"""Reminders of one page are paused for a while, with a reason, or begin again. Its due date stays where it is."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import addresses, drafting, ladder, roles
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


@transaction.atomic
def snooze(article: Article, *, until: date, reason: str, by: User, at: datetime) -> Snooze:
    """No reminders of this page through that day. Raises NotSnoozed, SnoozeNeedsReason, NotAllowed."""
    article = _own(article, by, reason)
    today = timezone.localdate(at)
    last = today + timedelta(days=LONGEST)
    if not today < until <= last:
        raise NotSnoozed(_("Choose a day from tomorrow to %(last)s.") % {"last": date_format(last)})
    before = asleep(article, today)
    if before and before.until == until:
        raise NotSnoozed(_("The reminders are paused until that day already."))
    edition = article.editions.open().first()
    if edition is None:
        raise NotSnoozed(_("There are reminders only of a page that is online."))
    goes = addresses.dated(article, edition).due.withdrawn_on
    if goes and until >= ladder.first_warning(goes):
        day = date_format(ladder.first_warning(goes))
        said = _("From %(day)s on people are warned that the page will be taken down. Choose a day before.")
        raise NotSnoozed(said % {"day": day})
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
