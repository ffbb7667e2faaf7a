"""How a source stands, from one look to the next. Pure; every rule is a row in docs/source-health.md."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from references.signs import STRIKES, Sign


class State(StrEnum):
    """How a source stands. The last two are said by people and lists, never by a look."""

    UNKNOWN = "unknown"
    ALIVE = "alive"
    FAILING = "failing"
    DEAD = "dead"
    RETIRED = "retired"
    BLOCKED = "blocked"
    PAYWALLED = "paywalled"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


NAMES = {
    State.UNKNOWN: _("not known"),
    State.ALIVE: _("alive"),
    State.FAILING: _("failing"),
    State.DEAD: _("dead"),
    State.RETIRED: _("host shut down"),
    State.BLOCKED: _("closed to our looks"),
    State.PAYWALLED: _("behind a paywall"),
    State.SUPERSEDED: _("superseded"),
    State.RETRACTED: _("retracted"),
}

# Three bad days, not three bad minutes: a site that is rebuilt over a weekend is not dead.
STRIKES_OUT = 3
SPAN = timedelta(days=3)
_STATES = {Sign.FINE: State.ALIVE, Sign.PAY: State.PAYWALLED, Sign.WALL: State.BLOCKED}

# When to look again.
PAUSES = {
    State.UNKNOWN: timedelta(days=7),
    State.ALIVE: timedelta(days=30),
    State.FAILING: timedelta(days=1),
    State.DEAD: timedelta(days=30),
    State.RETIRED: timedelta(days=90),
    State.BLOCKED: timedelta(days=30),
    State.PAYWALLED: timedelta(days=30),
    State.SUPERSEDED: timedelta(days=90),
    State.RETRACTED: timedelta(days=90),
}
_LONGEST_WAIT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Standing:
    """`strikes` are looks that went wrong since the last one that found the page; the first was at `struck_at`."""

    state: State = State.UNKNOWN
    since: datetime | None = None
    strikes: int = 0
    struck_at: datetime | None = None


def after(before: Standing, sign: Sign, *, at: datetime) -> Standing:
    """How it stands after this look."""
    counted = _counted(before, sign, at)
    state = _state(before.state, counted, sign, at)
    return counted if state == before.state else replace(counted, state=state, since=at)


def next_look(state: State, *, at: datetime, retry_after: int = 0) -> datetime:
    """When to look again: by the state, and not before who was asked wants us back."""
    asked = min(timedelta(seconds=retry_after), _LONGEST_WAIT)
    return at + max(PAUSES[state], asked)


def _counted(before: Standing, sign: Sign, at: datetime) -> Standing:
    if sign in STRIKES:
        return replace(before, strikes=before.strikes + 1, struck_at=before.struck_at or at)
    if sign in {Sign.FINE, Sign.PAY}:
        return replace(before, strikes=0, struck_at=None)
    return before


def _state(was: State, counted: Standing, sign: Sign, at: datetime) -> State:
    if was in {State.RETRACTED, State.SUPERSEDED} or sign == Sign.NONE:
        return was
    if sign not in STRIKES:
        return _STATES[sign]
    out = counted.struck_at is not None and counted.strikes >= STRIKES_OUT and at - counted.struck_at >= SPAN
    if not out:
        return State.FAILING
    return State.RETIRED if sign == Sign.NO_HOST else State.DEAD
