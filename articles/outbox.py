"""The outbox: sends what deeds owe people. It claims first, tries again after growing pauses, and gives up visibly.

A message is claimed, sent, and marked, in three steps. Killed between the last two, an action is sent again when the
claim runs out: once too often rather than never (docs/decisions/0015). A digest is not: one a person and day at most,
and what may not have arrived stands on the desk (docs/decisions/0041).
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import letters, roles
from articles.models import Digest, Message, MessageQuerySet

CLAIM = timedelta(minutes=10)  # longer than any mail server is waited for
PAUSES = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 4 * 60, 12 * 60, 24 * 60)]  # one more attempt each
DIGEST_HOUR = 7  # of the site's time zone
AWAY = "mail-server-away"  # in the cache: nobody else waits for it during the next minute
AWAY_SECONDS = 60

log = logging.getLogger(__name__)


class ServerAway(Exception):
    """The mail server could not be reached; messages wait."""


def first_time(kind: str, at: datetime) -> datetime:
    """When a message made now is sent: at once, or in the morning with everything else."""
    if kind == Message.Kind.ACTION:
        return at
    morning = _morning(at)
    return morning if morning > at else morning + timedelta(days=1)


def this_morning(at: datetime) -> datetime:
    """When a line goes that belongs to this day's digest: now, if its hour has passed. Who had one gets it tomorrow."""
    return max(_morning(at), at)


def _morning(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)


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
    """One mail to each person, or mailbox, with everything that waited for the morning, and none to whom this day had
    one. Returns what was done. Raises ServerAway."""
    lines = Message.objects.filter(kind=Message.Kind.DIGEST)
    who = list(lines.due(at).order_by("person", "mailbox").values_list("person", "mailbox").distinct())
    return _each((lines.filter(person=person, mailbox=box) for person, box in who), at, claim=_claim_digest)


def try_again(messages: MessageQuerySet, *, by: User, at: datetime) -> int:
    """Let messages that were given up wait for the next sending, with all their attempts. Returns how many."""
    roles.require(by, "view_message")
    # Those that somebody may be sending at this moment are left alone.
    going = Digest.objects.filter(sent_at=None, claimed_at__gt=at - CLAIM)
    people, boxes = (going.exclude(**{name: none}).values(name) for name, none in (("person", None), ("mailbox", "")))
    busy = Q(kind=Message.Kind.DIGEST) & (Q(person__in=people) | Q(mailbox__in=boxes))
    return messages.filter(pk__in=Message.objects.failed().exclude(busy)).update(next_at=at, attempts=0)


def _each(parts: Iterable[MessageQuerySet], at: datetime, claim: Callable[..., list[Message]] | None = None) -> str:
    """Send part after part. Without a server the rest is left as it is: it was not tried."""
    sent = failed = 0
    for part in parts:
        rows = (claim or _claim)(part, at)
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
    rows = _locked(messages, at)
    _of(rows).update(next_at=at + CLAIM, attempts=F("attempts") + 1)
    return rows


@transaction.atomic
def _claim_digest(lines: MessageQuerySet, at: datetime) -> list[Message]:
    """Take what is due of one person, with the one digest of this day; if it is gone, all waits for tomorrow.

    From here on nobody sends these again by himself: killed, they stand as failed, and say that nobody knows.
    """
    rows = _locked(lines, at)
    if rows and not _first_today(rows[0], at):
        _of(rows).update(next_at=first_time(Message.Kind.DIGEST, at))
        return []
    _of(rows).update(
        next_at=None, attempts=F("attempts") + 1, error=_("Handed over, and not known whether it arrived.")
    )
    return rows


def _locked(messages: MessageQuerySet, at: datetime) -> list[Message]:
    rows = list(messages.due(at).select_for_update(of=("self",)).select_related("person").order_by("pk"))
    for row in rows:
        row.attempts += 1  # as the claim will write
    return rows


def _of(rows: Sequence[Message]) -> MessageQuerySet:
    return Message.objects.filter(pk__in=[row.pk for row in rows])


def _first_today(row: Message, at: datetime) -> bool:
    """Write down that this person gets the digest of this day now. The constraint decides, whoever else sends."""
    digest = Digest(person_id=row.person_id, mailbox=row.mailbox, day=timezone.localdate(at), claimed_at=at)
    try:
        with transaction.atomic():
            digest.save()
    except IntegrityError:
        return False
    return True


def _digest(row: Message, at: datetime) -> QuerySet[Digest]:
    return Digest.objects.filter(person=row.person_id, mailbox=row.mailbox, day=timezone.localdate(at))


def _send(rows: Sequence[Message], at: datetime) -> BaseException | None:
    """Send claimed rows of one person as one mail, and write down how it went. Returns what went wrong."""
    is_digest = rows[0].kind == Message.Kind.DIGEST
    try:
        letters.send(rows)
    except letters.Unsure as broken:
        error = broken.__cause__ or broken
        if is_digest:
            log.warning("digest %s: not known whether it arrived: %s", [row.pk for row in rows], type(error).__name__)
        else:
            _put_off(rows, error, at)
        return error
    except Exception as error:  # whatever it is, the deed is done and the message stays
        with transaction.atomic():
            _put_off(rows, error, at)
            if is_digest:
                _digest(rows[0], at).delete()  # nothing was sent: it may still be, today
        return error
    with transaction.atomic():
        sent = _of(rows)
        # In the order of `_claim`, which may hold some of these for a moment though they are not due any more.
        list(sent.select_for_update().order_by("pk").values_list("pk"))
        sent.update(sent_at=at, next_at=None, error="")
        if is_digest:
            _digest(rows[0], at).update(sent_at=at)
    return None


def _put_off(rows: Sequence[Message], error: BaseException, at: datetime) -> None:
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


def _unreachable(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and not isinstance(error, letters.ANSWERS)
