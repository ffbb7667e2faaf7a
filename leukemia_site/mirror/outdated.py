"""What must be made anew: by the changes since, and by the hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leukemia_site.front.changes import ANY, Change, touches


@dataclass(frozen=True, slots=True)
class Since:
    """What happened since renderings were made, up to now (seconds since 1970)."""

    changes: Sequence[Change]
    now: float

    def outdates(self, leans_on: Iterable[str] | None, valid_until: float | None, *, number: int) -> bool:
        """Whether a rendering made at this number of the log is right no more."""
        if valid_until is not None and valid_until <= self.now:
            return True
        tags = (tag for at, tag in self.changes if at > number or not number)  # 0: nobody counted
        leans = frozenset((ANY,) if leans_on is None else leans_on)
        return any(touches(tag, leans) for tag in tags)
