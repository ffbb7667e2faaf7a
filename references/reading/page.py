"""How a list is set on the page: its lines, hard wraps, hanging indents."""

import itertools
import re
from dataclasses import dataclass

from references.reading import addresses
from references.reading.dates import MONTH, SEASON
from references.reading.letters import LOWER
from references.reading.names import PARTICLE

LOWER_CASE = re.compile(rf"(?!{PARTICLE}\s)[{LOWER}]")
ENDED = re.compile(r"(?:[.?!)\]>”\"]|\d|\S/\S*)\s*$")
BLANK_LINE = re.compile(r"\n[ ]*\n\s*")

# Remarks on the reference above; no reference begins with them.
REMARK = re.compile(
    r"(?i)https?://|www\.|doi\b|10\.\d{4}|(?:pubmed )?pmc?id\b|\[(?:pubmed|pmc|cross|google|full|free|abstract|medline)"
    r"|[(]?(?:last )?(?:accessed|retrieved|updated|viewed|cited)\b|available\b|epub|url\b|&|,|;"
    rf"|{MONTH}(?:\s+\d{{1,2}})?\s*;|{SEASON}\s*;"
)


@dataclass(frozen=True)
class Line:
    start: int
    end: int
    indent: int
    after_blank: bool
    paragraph_end: int


@dataclass(frozen=True)
class Page:
    """`width` of hard-wrapped lines (0: not wrapped), `margin` of hanging indents, if any; where addresses end."""

    lines: list[Line]
    width: int
    margin: int | None
    address_ends: frozenset[int]


def read(text: str, flat: str, start: int) -> Page:
    lines = _lines(flat, start)
    width = max((line.end - line.start + line.indent for line in lines), default=0)
    ends = frozenset(end for _, end in addresses.runs(text, start))
    return Page(lines, width if _is_wrapped(flat, lines) else 0, _hanging_margin(flat, lines), ends)


def has_ended(flat: str, start: int, end: int) -> bool:
    return ENDED.search(flat, max(start, end - 200), end) is not None


def stripped(flat: str, start: int, end: int) -> tuple[int, int]:
    part = flat[start:end]
    begin = start + len(part) - len(part.lstrip())
    return begin, max(begin, start + len(part.rstrip()))


def _lines(flat: str, start: int) -> list[Line]:
    found: list[Line] = []
    stops = [match.start() for match in BLANK_LINE.finditer(flat, start)]
    stops.append(len(flat))
    paragraph = 0
    while start < len(flat):
        newline = flat.find("\n", start)
        stop = len(flat) if newline < 0 else newline
        begin, end = stripped(flat, start, stop)
        if begin < end:
            after_blank = begin > stops[paragraph]
            while begin > stops[paragraph]:
                paragraph += 1
            found.append(Line(begin, end, begin - start, after_blank, stops[paragraph]))
        start = stop + 1
    return found


def _is_wrapped(flat: str, lines: list[Line]) -> bool:
    """Three lines of ten end in the middle of a sentence."""
    inner = [line for line, after in itertools.pairwise(lines) if not after.after_blank]
    broken = [line for line in inner if not has_ended(flat, line.start, line.end)]
    return len(broken) * 10 >= len(inner) * 3 and len(broken) > 0


def _hanging_margin(flat: str, lines: list[Line]) -> int | None:
    """Indent of the first lines where all others are indented further; None if the list is not printed like that."""
    margin = min((line.indent for line in lines), default=0)
    first = [line for line in lines if line.indent == margin]
    if not 2 <= len(first) < len(lines) or lines[0].indent != margin:
        return None
    return (
        None if any(LOWER_CASE.match(flat, line.start) or REMARK.match(flat, line.start) for line in first) else margin
    )
