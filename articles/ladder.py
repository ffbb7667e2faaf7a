"""Which reminder is due of a page today: rungs before, on and after its due date, and before it is taken down. Pure.

Only the highest rung that has come is told, so a date that jumps brings one reminder and not a flood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class To(StrEnum):
    """Whom a rung reaches."""

    OWNER = "owner"
    LEAD = "lead"
    MAILBOX = "mailbox"
    PUBLISHERS = "publishers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Days before and after the due date, then every so many days; from which day overdue others hear of it, too."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    then_every: int
    lead_from: int
    mailbox_from: int


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder. `name` is kept with whoever was told; a warning names the day on which the page goes."""

    name: str
    to: tuple[To, ...]


_USUAL = Steps(before=(60, 30, 7), after=(7, 14, 21, 28, 30), then_every=7, lead_from=14, mailbox_from=30)
STEPS = {
    "high": Steps(
        before=(60, 30, 14, 7, 3), after=(3, 7, 10, 14, 21, 28, 30), then_every=7, lead_from=7, mailbox_from=21
    ),
    "standard": _USUAL,
    "low": _USUAL,
}
HORIZON = max(max(steps.before) for steps in STEPS.values())  # days before its due date when a page is first spoken of
WARNINGS = (30, 14, 3)  # days before a page is taken down
NOTICE = WARNINGS[-1]  # no page is taken down sooner after its warning


def rung(tier: str, due: date, today: date) -> Rung | None:
    """The highest rung of the due date that has come."""
    steps, days = STEPS[tier], (today - due).days
    come = [day for day in (*(-day for day in steps.before), 0, *steps.after) if day <= days]
    if not come:
        return None
    day = max(come)
    if day == steps.after[-1]:
        day += (days - day) // steps.then_every * steps.then_every
    return Rung(_name(day), tuple(_to(steps, day)))


def warning(withdrawn_on: date | None, today: date) -> Rung | None:
    """The highest warning that has come for a page that the policy takes down on that day."""
    if withdrawn_on is None:
        return None
    come = [days for days in WARNINGS if withdrawn_on - timedelta(days=days) <= today]
    # With its day in the name: told of one day, nobody knows of another.
    return Rung(f"down-{min(come)}:{withdrawn_on.isoformat()}", (To.OWNER, To.LEAD, To.PUBLISHERS)) if come else None


def is_warning(name: str, withdrawn_on: date) -> bool:
    """Whether a rung of this name told somebody that the page goes on that day."""
    return name.startswith("down-") and name.endswith(f":{withdrawn_on.isoformat()}")


def escalates_on(tier: str, due: date) -> date:
    """The day from which others than its owner hear that a page is overdue."""
    return due + timedelta(days=STEPS[tier].lead_from)


def first_warning(withdrawn_on: date) -> date:
    """When people first hear that a page will be taken down."""
    return withdrawn_on - timedelta(days=WARNINGS[0])


def goes_on(withdrawn_on: date, today: date) -> date:
    """The day on which a page goes whose people are warned today."""
    return max(withdrawn_on, today + timedelta(days=NOTICE))


def _to(steps: Steps, day: int) -> Iterator[To]:
    yield To.OWNER
    if day >= steps.lead_from:
        yield To.LEAD
    if day >= steps.mailbox_from:
        yield To.MAILBOX


def _name(day: int) -> str:
    if day == 0:
        return "due"
    return f"after-{day}" if day > 0 else f"before-{-day}"
