"""What has changed for readers since a number, as the log of changes tells it."""

from collections.abc import Set
from dataclasses import dataclass

ANY = "*"  # as what a page leans on: whatever there is; as what changed: everything
Change = tuple[int, str]  # the number, and what changed: "page:<slug>", "source:<key>" or ANY


@dataclass(frozen=True, slots=True)
class Answer:
    """All changes after the number asked about, in their order, and the newest number there is.

    `gone` are those among them that name a page which is withdrawn. Numbers grow; where one is smaller than what was
    known, or the log no longer reaches back so far, everything has changed.
    """

    number: int
    changes: tuple[Change, ...] = ()
    gone: frozenset[str] = frozenset()


def touches(tag: str, leans_on: Set[str]) -> bool:
    """Whether what leans on these is outdated by a change of this."""
    return tag == ANY or ANY in leans_on or tag in leans_on
