"""What the store of rendered pages tells of itself: told by what stands before Django, read by whoever runs the site.

Each process tells for itself; `age` is of this process, the numbers are of all.
"""

import time
from threading import Lock
from typing import ClassVar

from leukemia_site.observing import counting, routes
from leukemia_site.observing.counting import counts

Kind = tuple[str, str, str]  # the method, the status, and what Cache-Status says
STALE = "; detail=stale"
OURS = "leukemia_site.ours"  # in the WSGI environment of what no reader asked for, but the site itself


class _Told:
    at: float | None = None  # by the clock; None: nothing was told, as where no store is


class _Sent:
    """Answers from the store since they were last put to the numbers. One of those takes a few microseconds to count
    there, and an answer takes not many more."""

    lock = Lock()
    answers: ClassVar[dict[Kind, int]] = {}
    seconds = 0.0


def expected() -> None:
    """From here on this process asks what has changed; an answer that never comes makes it old."""
    if _Told.at is None:
        _Told.at = time.time()


def hit(kind: Kind, seconds: float) -> None:
    """A kept page was sent, in so many seconds."""
    with _Sent.lock:
        _Sent.answers[kind] = _Sent.answers.get(kind, 0) + 1
        _Sent.seconds += seconds


def settle() -> None:
    """Put what was sent meanwhile to the numbers."""
    with _Sent.lock:
        answers, seconds = _Sent.answers, _Sent.seconds
        _Sent.answers, _Sent.seconds = {}, 0.0
    for (method, status, how), number in answers.items():
        counts().hits.labels("stale" if how.endswith(STALE) else "fresh").inc(number)
        counting.requests(routes.KEPT, routes.method(method), int(status[:3]), number)
    counts().hit_seconds.inc(seconds)


def miss() -> None:
    """A page that may be kept was not there, and was rendered."""
    counts().misses.inc()


def holds(*, pages: int, size: int) -> None:
    """So many pages, of so many bytes with all their encodings, are kept now."""
    counts().pages.set(pages)
    counts().size.set(size)


def answered() -> None:
    """The database has just said what has changed, or that nothing has."""
    _Told.at = time.time()
    counts().answered.labels("pages").set(_Told.at)


def age() -> float | None:
    """For how many seconds nothing has been heard of changes; None where nothing ever was told."""
    return None if _Told.at is None else max(0.0, time.time() - _Told.at)
