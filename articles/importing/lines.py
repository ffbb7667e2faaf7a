"""Plain text as numbered lines, with hard-wrapped paragraphs put together again."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE_END = re.compile(r"\n|\f|\v|\x85|\u2028|\u2029")
BULLET = re.compile(r"(?:[-*•‣▪◦●○·–—‒\uf0b7]|o(?=\s+[A-Z]))\s+(?=\S)")
NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+(?=\S)")
RULE = re.compile(r"([-=_*~#•·])(?:\s*\1){2,}")
# A citation mark may follow the stop: `[1,2]`, `(3)`, `²`, and `1` that lost its height.
_MARK = r"(?:\[[\d,\s–-]+\]|\([\d,\s–-]{1,9}\)|[¹²³⁰⁴-⁹,⁻–-]+|(?<=[a-z)”’][.!?])\d{1,2}(?:[,–-]\d{1,2})*)"
_CLOSED = re.compile(rf"[.!?:;…][\"”’')\]]*{_MARK}?$")
_OPEN = re.compile(r"(?:[,&–]|\b(?:of|and|the|for|in|with|to|by|a|an|or|de|la|y))$")
_WIDEST_WRAP, _NARROWEST_WRAP = 120, 40


@dataclass(frozen=True, slots=True)
class Line:
    """`text` without outer white space; `raw` as printed, several lines where they were put together."""

    number: int
    text: str
    indent: int = 0
    raw: str = ""


def numbered(text: str) -> list[Line]:
    """Every line of the file, blank ones too."""
    found = []
    for number, raw in enumerate(_LINE_END.split(text.replace("\ufeff", "")), 1):
        body = raw.strip()
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        found.append(Line(number, body, indent, raw.rstrip()))
    return found


def starts_list_item(text: str) -> bool:
    return bool(BULLET.match(text) or NUMBERED.match(text))


def is_closed(text: str) -> bool:
    """Whether a line ends as a sentence does, a citation mark after the stop included."""
    return bool(_CLOSED.search(text))


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Lines of hard-wrapped paragraphs joined; text with one paragraph a line comes back as it is."""
    width = max((len(line.text) for line in lines if " " in line.text and "://" not in line.text), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return list(lines)
    full = [_was_full(one, other, width) for one, other in itertools.pairwise(lines)]
    open_ends = [f for f, line in zip(full, lines, strict=False) if f and not is_closed(line.text)]
    wrapped = len(open_ends) * 2 >= max(sum(full), 1)
    sure = wrapped and len(open_ends) >= 3
    out: list[Line] = []
    pieces: list[Line] = []
    for place, line in enumerate(lines):
        pieces.append(line)
        follows = lines[place + 1] if place + 1 < len(lines) else None
        joins = follows is not None and _continues(line, follows, (wrapped, sure, full[place]))
        if not joins:
            out.append(_joined(pieces))
            pieces = []
    return out


def _was_full(line: Line, follows: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted: what makes a program wrap."""
    if not line.text or not follows.text or starts_list_item(follows.text) or "://" in line.text:
        return False
    return len(line.text) + line.indent + 1 + len(follows.text.split()[0]) > width


def _continues(line: Line, follows: Line, evidence: tuple[bool, bool, bool]) -> bool:
    wrapped, sure, full = evidence
    if not line.text or not follows.text or starts_list_item(follows.text):
        return False
    if RULE.fullmatch(line.text) or RULE.fullmatch(follows.text) or line.text.startswith("#"):
        return False
    if full and wrapped and sure:
        return True
    if starts_list_item(line.text) and follows.indent > line.indent and not is_closed(line.text):
        return True
    if len(line.text) < _NARROWEST_WRAP or is_closed(line.text) or "\t" in follows.text:
        return False
    return follows.text[0].islower() or bool(_OPEN.search(line.text))


def _joined(pieces: Sequence[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    text = " ".join(piece.text for piece in pieces)
    return Line(pieces[0].number, text, pieces[0].indent, "\n".join(piece.raw for piece in pieces))
