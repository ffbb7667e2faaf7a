"""What the store of rendered pages tells of itself: called by what stands before Django, read by whoever runs the site.

Each process tells for itself; `age` is of this process, the numbers are of all.
"""

import time

from leukemia_site.observing.counting import counts


class _Told:
    at: float | None = None  # by the clock; None: nothing was told, as where no store is


def expected() -> None:
    """From here on this process asks what has changed; an answer that never comes makes it old."""
    _Told.at = time.time()


def hit(*, stale: bool = False) -> None:
    """A kept page was sent; stale: while it could not be known whether it still holds."""
    counts().hits.labels("stale" if stale else "fresh").inc()


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
