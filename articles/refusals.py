"""How a deed says no: one sentence, and the obstacles that stand in the way, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way. `where` is a section's anchor, or the name of the place that mends it.

    `key` is that of a finding about one sentence or source.
    """

    code: str
    message: str
    where: str = ""
    key: str = ""


class Refused(Exception):
    """A deed that was not done; nothing was changed. str() is for the person who asked."""

    def __init__(self, message: str, obstacles: tuple[Obstacle, ...] = ()) -> None:
        super().__init__(message)
        self.obstacles = obstacles


class ReasonNeeded(Refused):
    """This deed owes somebody a reason."""
