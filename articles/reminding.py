"""Reminders of review dates: who would be told what on a day, and telling them, once. Lines of the daily digest."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import due, ladder, outbox, wordings
from articles.ladder import Rung, To
from articles.models import Message, Published, Reminder, ReviewPolicy, Run, Snooze
from articles.models.policy import initial
from articles.whom import Directory, Recipient, Told
from articles.wordings import Line, Page

TASK = "reminders"
Key = tuple[int, str, int, str]  # article, rung, person, mailbox


class NobodyToTell(Exception):
    """Pages are due, and there is nobody with an address to be told."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is told what, in order of the recipients; and pages of which nobody can be told."""

    told: dict[Recipient, list[Line]]
    untold: list[Page]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was told of the present due dates, and the pages whose reminders are paused."""

    told: frozenset[Key]
    asleep: frozenset[int]

    def heard_of(self) -> set[tuple[int, Recipient]]:
        return {(article, Recipient(person, mailbox)) for article, _rung, person, mailbox in self.told}


def plan(*, on: date) -> Plan:
    """What is to be told on that day, and was not. Eight queries, whatever the number of pages."""
    row = ReviewPolicy.objects.select_related("lead").in_force()
    directory, policy = Directory(on, row), row.value() if row else initial()
    known = _known(on)
    heard_of, told, untold = known.heard_of(), defaultdict[Recipient, list[Line]](list), list[Page]()
    for page in _pages(on, policy):
        # A due date may have come forward since somebody paused: who is to hear of it late hears of it all the same.
        early = on < ladder.escalates_on(page.tier, page.due)
        # So does who takes the place of somebody that heard of it and is there no more.
        owners = {(page.article, to) for to in directory.owner(page.assigned, page.signed).to}
        paused = page.article in known.asleep and early and (page.due >= on or bool(owners & heard_of))
        found, nobody = defaultdict[Recipient, list[tuple[Rung, str]]](list), False
        for rung in _rungs(page, on, paused=paused):
            heard = list(_whom(page, rung, directory))
            nobody = nobody or not heard
            for to, instead in heard:
                if (page.article, rung.name, to.person, to.mailbox) not in known.told:
                    found[to].append((rung, instead))
        for to, rungs in found.items():
            instead = next((why for _rung, why in rungs if why), "")
            told[to].append(Line(page, tuple(rung.name for rung, _why in rungs), instead))
        if nobody:
            untold.append(page)
    return Plan({to: told[to] for to in sorted(told)}, untold)


def remind(*, at: datetime) -> str:
    """Write today's reminders as lines of the digest. Returns what was done. Raises NobodyToTell, when all who can be
    told were."""
    on = timezone.localdate(at)
    with transaction.atomic():
        # The first statement, and a write: of two runs one waits here for the other, on both engines.
        Run.objects.get_or_create(task=TASK)
        Run.objects.filter(task=TASK).update(task=F("task"))
        made = plan(on=on)
        _write(made, on=on, at=at)
    if made.untold:
        count = len(made.untold)
        said = ngettext(
            "%(count)d page is due and nobody could be told", "%(count)d pages are due and nobody could be told", count
        )
        raise NobodyToTell(said % {"count": count})
    pages = {line.page.article for lines in made.told.values() for line in lines}
    facts = {"people": len(made.told), "pages": len(pages)}
    return _("%(people)d people told of %(pages)d pages") % facts


def untold(on: date) -> int:
    """How many pages nobody could be told of. One query more than none where there is somebody for all."""
    row = ReviewPolicy.objects.select_related("lead").in_force()
    return 0 if Directory(on, row).somebody() else len(plan(on=on).untold)


def _write(made: Plan, *, on: date, at: datetime) -> None:
    messages = Message.objects.bulk_create(_message(to, lines, on, at) for to, lines in made.told.items())
    rows = [
        Reminder(
            article_id=line.page.article,
            due=line.page.due,
            rung=rung,
            person_id=message.person_id,
            mailbox=message.mailbox,
            message=message,
            at=at,
        )
        for message, lines in zip(messages, made.told.values(), strict=True)
        for line in lines
        for rung in line.rungs
    ]
    # People were named first, then articles in their order: the order in which a deed locks them.
    Reminder.objects.bulk_create(sorted(rows, key=lambda row: row.article_id))


def _message(to: Recipient, lines: list[Line], on: date, at: datetime) -> Message:
    return Message(
        person_id=to.person or None,
        mailbox=to.mailbox,
        kind=Message.Kind.DIGEST,
        subject=wordings.subject(lines, on),
        body=wordings.body(lines, on),
        path=wordings.path(lines),
        made_at=at,
        next_at=outbox.this_morning(at),
    )


def _known(on: date) -> _Known:
    live = {"article__addresses__edition__isnull": False, "article__addresses__next_due__lte": _horizon(on)}
    rows: Any = Reminder.objects.filter(**live, due=F("article__addresses__next_due")).order_by()
    told = rows.values_list("article", "rung", "person", "mailbox")
    asleep = Snooze.objects.asleep(on).values_list("article", flat=True)
    return _Known(
        frozenset((article, rung, person or 0, box) for article, rung, person, box in told), frozenset(asleep)
    )


def _pages(on: date, policy: due.Policy) -> Iterator[Page]:
    rows = Published.objects.live().filter(next_due__lte=_horizon(on)).order_by("article")
    columns = ("article", "title", "next_due", "due_why", "risk_tier", "article__reviewer", "review__reviewer")
    for article, title, day, why, tier, assigned, signed in rows.values_list(*columns):
        goes = due.withdrawn_on(day, policy.tiers[tier])
        yield Page(article, title, day, why, tier, goes, assigned, signed)


def _horizon(on: date) -> date:
    return on + timedelta(days=ladder.HORIZON)


def _rungs(page: Page, on: date, *, paused: bool) -> Iterator[Rung]:
    """A pause keeps no warning away, and no first word of a page that is overdue."""
    rung = None if paused else ladder.rung(page.tier, page.due, on)
    yield from filter(None, (rung, ladder.warning(page.withdrawn_on, on)))


def _whom(page: Page, rung: Rung, directory: Directory) -> Iterator[tuple[Recipient, str]]:
    """Everybody once; the owner, or who stands in, first."""
    owner = directory.owner(page.assigned, page.signed) if To.OWNER in rung.to else Told(())
    found = dict.fromkeys(owner.to, owner.instead)
    others = {To.LEAD: directory.lead, To.MAILBOX: directory.mailbox, To.PUBLISHERS: directory.publishers}
    for kind, people in others.items():
        if kind in rung.to:
            found = dict.fromkeys(people(), _others(kind)) | found
    yield from found.items()


def _others(kind: To) -> str:
    return (
        _("You hear of pages that the review policy takes down.")
        if kind == To.PUBLISHERS
        else _("You hear of pages that have waited for too long.")
    )
