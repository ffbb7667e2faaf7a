"""Review dates, derived: pure functions of rows and a date passed in (design §6)."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

CORRECTION_DAYS = 30  # how long a page itself says that it was corrected; its history says so for ever


@dataclass(frozen=True, slots=True)
class Attestation:
    """One attested clinical review, as much of it as dates need."""

    digest: str
    scope: str  # "full" or "changes"
    on: date
    base_digest: str = ""
    review_id: int | None = None


def last_full(digest: str, attestations: Iterable[Attestation]) -> Attestation | None:
    """The latest full attestation in the unbroken line that ends at `digest`; None if no line reaches it.

    A line starts at a full attestation; each later step is a *changes* attestation of what differs from
    the step before. A full attestation given after the words had already moved on is not in their line: whoever
    gave it did not read what readers see now.
    """
    rows = list(attestations)
    until = {digest: date.max}  # the words of the line, and the last day on which an attestation of them is in it
    frontier = [digest]
    while frontier:
        here = frontier.pop()
        for row in rows:
            step = row.digest == here and row.scope == "changes" and row.on <= until[here]
            if step and (row.base_digest not in until or row.on > until[row.base_digest]):
                until[row.base_digest] = row.on
                frontier.append(row.base_digest)
    starts = [row for row in rows if row.scope == "full" and row.digest in until and row.on <= until[row.digest]]
    return max(starts, key=lambda row: (row.on, row.review_id or 0), default=None)


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shows_correction(on: date, today: date) -> bool:
    """Whether a correction published on that day is still announced on the page, the first day counted."""
    return on <= today < on + timedelta(days=CORRECTION_DAYS)


def still_counts(attested_on: date, on: date, days: int) -> bool:
    """Whether an attestation is young enough to let words be published."""
    return attested_on <= on <= attested_on + timedelta(days=days)
