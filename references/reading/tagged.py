"""Lines of RIS and NBIB (`TI  - A title`) to the fields of each record."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r"(?:([A-Z][A-Z0-9]) {0,2}|([A-Z][A-Z0-9]{2,3}) {0,2})-(?:[ \t]+(.*)|)$")
FIRST = {"TY": "ris", "PMID": "nbib"}  # the tag that begins a record, and whose dialect it is
LAST = "ER"
_INDENT = " " * 6  # of a line that goes on, as PubMed breaks them
_MOST_LINES = 5_000  # of one record: more is no record


@dataclass(slots=True)
class Fields:
    """One record: its dialect ("" for lines that belong to none), its first line, and the values of each tag."""

    dialect: str
    line: int
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: list[tuple[str, str]] = field(default_factory=list)  # tag and value, in the order of the file
    lines: int = 0

    def all(self, *tags: str) -> list[str]:
        """Every value of these tags, tag after tag."""
        return [value for tag in tags for value in self.values.get(tag, ())]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one."""
        return next(iter(self.all(*tags)), "")


def read(text: str) -> Iterator[Fields]:
    """Records in order; a record without its last line ends where the next begins."""
    current: Fields | None = None
    pieces: list[str] = []  # of the value that is being collected
    tag = ""
    for number, line in enumerate(text.split("\n"), 1):
        match = None if line.startswith(_INDENT) else _LINE.match(line.lstrip(" \t"))
        if match is None:
            if line.strip() and tag and len(pieces) < _MOST_LINES:
                pieces.append(line.strip())
            elif not line.strip():
                _store(current, tag, pieces)
                tag = ""  # what comes after a blank line goes on with nothing
            continue
        _store(current, tag, pieces)
        tag, value = match[1] or match[2], (match[3] or "").strip()
        if tag in FIRST or current is None:
            if current:
                yield current
            current = Fields(FIRST.get(tag, ""), number)
        current.lines = number - current.line + 1
        pieces = [value]
        if tag == LAST and current.dialect != "nbib":
            yield current
            current, tag = None, ""
    _store(current, tag, pieces)
    if current:
        yield current


def _store(current: Fields | None, tag: str, pieces: list[str]) -> None:
    value = " ".join(piece for piece in pieces if piece)
    if current and tag and value:
        current.values[tag].append(value)
        current.names.append((tag, value))
