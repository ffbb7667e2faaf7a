"""The outbox: sends what deeds owe people. It claims first, tries again after growing pauses, and gives up visibly.

A message is claimed, sent, and marked, in three steps. Killed between the last two, it is sent again when the claim
runs out: once too often rather than never (docs/decisions/0015).
"""

import logging
import smtplib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import letters, roles
from articles.models import Message, MessageQuerySet

CLAIM = timedelta(minutes=10)  # longer than any mail server is waited for
PAUSES = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 4 * 60, 12 * 60, 24 * 60)]  # one more attempt each
DIGEST_HOUR = 7  # of the site's time zone
AWAY = "mail-server-away"  # in the cache: nobody else waits for it during the next minute
AWAY_SECONDS = 60
# The server is there, and does not like this message.
ANSWERS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)

log = logging.getLogger(__name__)


class ServerAway(Exception):
    """The mail server could not be reached; messages wait."""


def first_time(kind: str, at: datetime) -> datetime:
    """When a message made now is sent: at once, or in the morning with everything else."""
    if kind == Message.Kind.ACTION:
        return at
    local = timezone.localtime(at)
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def at_once(pk: int) -> None:
    """Try it now, unless the server was away a moment ago: `run_due` tries whatever is left."""
    at = timezone.now()
    rows = [] if cache.get(AWAY) else _claim(Message.objects.filter(pk=pk), at)
    if rows and _unreachable(_send(rows, at)):
        cache.set(AWAY, at.isoformat(), AWAY_SECONDS)


def send_due(*, at: datetime) -> str:
    """Every action message whose time has come. Returns what was done. Raises ServerAway."""
    actions = Message.objects.filter(kind=Message.Kind.ACTION)
    due = list(actions.due(at).order_by("next_at", "pk").values_list("pk", flat=True))
    return _each((actions.filter(pk=pk) for pk in due), at)


def send_digests(*, at: datetime) -> str:
    """One mail to each person with everything that waited for the morning. Returns what was done. Raises ServerAway."""
    lines = Message.objects.filter(kind=Message.Kind.DIGEST)
    people = list(lines.due(at).order_by("person").values_list("person", flat=True).distinct())
    return _each((lines.filter(person=person) for person in people), at)


def try_again(messages: MessageQuerySet, *, by: User, at: datetime) -> int:
    """Let messages that were given up wait for the next sending, with all their attempts. Returns how many."""
    roles.require(by, "view_message")
    return messages.failed().update(next_at=at, attempts=0)


def _each(parts: Iterable[MessageQuerySet], at: datetime) -> str:
    """Send part after part. Without a server the rest is left as it is: it was not tried."""
    sent = failed = 0
    for part in parts:
        rows = _claim(part, at)
        error = _send(rows, at) if rows else None
        if _unreachable(error):
            raise ServerAway(_("The mail server can not be reached. Messages wait, and are tried again."))
        sent += bool(rows and not error)
        failed += error is not None
    said = ngettext("%(count)d mail sent", "%(count)d mails sent", sent) % {"count": sent}
    return _("%(said)s, %(failed)d not") % {"said": said, "failed": failed} if failed else said


@transaction.atomic
def _claim(messages: MessageQuerySet, at: datetime) -> list[Message]:
    """Take those that are due, so that no other sender does. Another one waits here, and then finds them not due."""
    rows = list(messages.due(at).select_for_update(of=("self",)).select_related("person").order_by("pk"))
    claimed = Message.objects.due(at).filter(pk__in=[row.pk for row in rows])
    claimed.update(next_at=at + CLAIM, attempts=F("attempts") + 1)
    for row in rows:
        row.attempts += 1
    return rows


def _send(rows: Sequence[Message], at: datetime) -> Exception | None:
    """Send claimed rows of one person as one mail, and write down how it went. Returns what went wrong."""
    try:
        letters.letter(rows).send()
    except Exception as error:  # whatever it is, the deed is done and the message stays
        _put_off(rows, error, at)
        return error
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=at, next_at=None, error="")
    return None


def _put_off(rows: Sequence[Message], error: Exception, at: datetime) -> None:
    """After a growing pause; for good after the last one, or when no pause would help."""
    hopeless = isinstance(error, letters.NoAddress)
    # A missing address is mended in the admin, where the message says so; the log is for what breaks.
    log.log(
        logging.INFO if hopeless else logging.WARNING,
        "mail %s not sent: %s",
        [row.pk for row in rows],
        type(error).__name__,
    )
    why = str(error) if hopeless else f"{type(error).__name__}: {error}"[:300]
    for row in rows:
        again = row.attempts <= len(PAUSES) and not hopeless
        next_at = at + PAUSES[row.attempts - 1] if again else None
        Message.objects.filter(pk=row.pk).update(next_at=next_at, error=why)


def _unreachable(error: Exception | None) -> bool:
    return isinstance(error, OSError) and not isinstance(error, ANSWERS)
