"""Finding: what a rule says about Content."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Blocking stops publication; a warning is shown until mended; a hint is advice."""

    BLOCKING = "blocking"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `where` is a section's anchor, or "" for the page as a whole."""

    rule: str
    severity: Severity
    where: str
    message: str
