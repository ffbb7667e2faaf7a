"""When a page's next review is due, and why: derived from rows and a policy, both passed in (design §6). Pure.

`articles/models/dating.py` says the same in SQL; tests/articles/test_due.py holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from articles.dates import add_months


class Why(StrEnum):
    """What a due date follows from."""

    NONE = ""
    TIER = "tier"
    OVERRIDE = "override"
    DEFERRAL = "deferral"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the policy says of one risk tier.

    `months` between reviews; `event_days` from news about an open page to its due date; `grace_days` after the due
    date until the page itself says so; `withdraw_after` days after the due date the page is taken down, None: never.
    """

    months: int
    event_days: int
    grace_days: int = 0
    withdraw_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The terms of every tier, and the months that no page may go unread for."""

    tiers: Mapping[str, Terms]
    maximum_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the due date of one page follows from.

    `override` is its own cadence in months; `deferred_until` the deferral in force; `event_since` the day of the
    earliest news that asks something of it, which is to come where a fact on it will expire.
    """

    last_reviewed: date | None
    tier: str
    override: int | None = None
    deferred_until: date | None = None
    event_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The answer. `by_cadence` is what cadence alone would say; `said_from` the first day on which the page says that
    it is due; `withdrawn_on` the first day on which the policy takes it down."""

    on: date | None = None
    why: Why = Why.NONE
    months: int
    by_cadence: date | None = None
    by_event: date | None = None
    said_from: date | None = None
    withdrawn_on: date | None = None

    def overdue_by(self, on: date) -> int:
        """Days that have gone by since the due date; 0 on the day itself and before."""
        return max((on - self.on).days, 0) if self.on else 0


def derive(known: Known, policy: Policy) -> Due:
    """When the page is due, and why. Without any review and any news it is not due: there is nothing to repeat."""
    terms = policy.tiers[known.tier]
    months = min(known.override or terms.months, policy.maximum_months)
    by_cadence, planned, why = None, None, Why.NONE
    if known.last_reviewed:
        by_cadence = planned = add_months(known.last_reviewed, months)
        why = Why.OVERRIDE if known.override else Why.TIER
        if known.deferred_until:
            planned = min(known.deferred_until, add_months(known.last_reviewed, policy.maximum_months))
            why = Why.DEFERRAL
    by_event = known.event_since + timedelta(days=terms.event_days) if known.event_since else None
    if by_event and (planned is None or by_event < planned):
        planned, why = by_event, Why.EVENT
    return Due(
        on=planned,
        why=why,
        months=months,
        by_cadence=by_cadence,
        by_event=by_event,
        said_from=_after(planned, terms.grace_days),
        withdrawn_on=withdrawn_on(planned, terms),
    )


def withdrawn_on(due: date | None, terms: Terms) -> date | None:
    """The first day on which the policy takes a page down that was due on that day; None: never."""
    return _after(due, terms.withdraw_after)


def days_before(day: date, days: int) -> date:
    """So many days earlier."""
    return day - timedelta(days=days)


def _after(due: date | None, days: int | None) -> date | None:
    """The first day on which more than `days` have gone by since the due date."""
    return due + timedelta(days=days + 1) if due and days is not None else None
