"""List numbers before references: `1.`, `[1]`, `1)`, `1:` or a bare `1`, also glued to the reference before."""

import re
from dataclasses import dataclass

from references.reading import starts
from references.reading.letters import LETTER, LOWER, UPPER
from references.reading.names import PARTICLE

Span = tuple[int, int]

_TEXT = rf"(?=(?:{PARTICLE}\s){{0,3}}[{UPPER}“\"‘'¿¡\[])"
_MARK = re.compile(
    r"(?m)^[ ]*(?:(?:Reference|Ref\.?|Source)[ ])?"
    r"(?:\[(?P<square>\d{1,4})\][.:]?|\((?P<round>\d{1,4})\)|(?P<stopped>\d{1,4})(?:[.):](?![\d:])|\.\)))\s*"
    rf"|^[ ]*(?P<bare>\d{{1,3}})\s+(?=[{UPPER}“\"{LOWER}])"
    rf"|(?:\[(?P<inner_square>\d{{1,3}})\]|(?<!\d)(?P<inner>\d{{1,12}})[.):])[ ]*{_TEXT}"
)
_END_BEFORE = re.compile(rf"(?:[.?!)\]/>”\"]|\d|/\S*[{LETTER}])\s*$")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.|\b10\.\d{4,9}/)\S+$")
_PART = re.compile(r"\b(?:[Vv]ol|[Nn]o|[Nn]r|[Pp]t|[Cc]h|[Ff]ig|pp?)\.\s$")
_TRIES = 5
_GAP = 5
_YEARS = 1000


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    kind: str
    digits: str
    digits_end: int

    @property
    def number(self) -> int:
        return int(self.digits)

    def ending_in(self, number: int) -> "_Mark | None":
        """`…20012. Howell`: list number 2 after the year 2001."""
        own = str(number)
        if self.kind != "inner" or self.digits == own or not self.digits.endswith(own):
            return None
        return _Mark(self.digits_end - len(own), self.end, "inner", own, self.digits_end)

    @property
    def in_line(self) -> bool:
        return self.kind.startswith("inner")


def marks(flat: str, start: int) -> list[Span]:
    """Spans of the list numbers in order; empty if the list is not numbered."""
    found = [_mark(match) for match in _MARK.finditer(flat, start)]
    at_line = [
        mark for mark in found if not mark.in_line and mark.number < _YEARS
    ]  # a wrapped line may begin with 2019.
    for first in at_line[:_TRIES]:
        chain = _chain(flat, [mark for mark in found if mark.start >= first.start])
        opens_text = not flat[start : first.start].strip()
        if len(chain) > 1 or (opens_text and first.kind != "bare"):
            return [(mark.start, mark.end) for mark in chain]
    return []


def _mark(match: re.Match[str]) -> _Mark:
    kind = str(match.lastgroup)
    return _Mark(match.start(), match.end(), kind, match.group(kind), match.end(kind))


def _chain(flat: str, found: list[_Mark]) -> list[_Mark]:
    """The first mark, and after it the next number, and the next …; a few may be missing."""
    last_of = {mark.number: mark.start for mark in found if not mark.in_line}
    chain = found[:1]
    for candidate in found[1:]:
        before, expected = chain[-1], chain[-1].number + 1
        glued = candidate.ending_in(expected)
        mark = glued or candidate
        if mark.kind != chain[0].kind and (chain[0].kind == "bare" or not mark.in_line):
            continue  # a line that happens to begin with "(10)" or "2)"
        if mark.number == expected:
            by_line = last_of.get(expected, 0) > mark.start  # the next number stands at the head of a line
            fits = not mark.in_line or (not by_line and _ends_before(flat, before.end, mark.start, mark.end))
            fits = fits and (glued is None or _is_glued_surely(flat, candidate, mark))
        else:
            skipped = expected < mark.number <= expected + _GAP and last_of.get(expected, 0) < mark.start
            restarts = mark.number == 1 and before.number > 1  # the list of the next chapter
            fits = (skipped or restarts) and not mark.in_line and mark.kind != "bare"
        if fits:
            chain.append(mark)
    return chain


def _ends_before(flat: str, start: int, end: int, after: int) -> bool:
    if not _END_BEFORE.search(flat, max(start, end - 300), end) or _PART.search(flat, max(start, end - 8), end):
        return False
    if starts.CONTINUES.match(flat, after):
        return False
    complete = starts.is_complete(flat, start, end) or starts.is_dated(flat, start, end)
    return complete or starts.is_strong(flat, after)


def _is_glued_surely(flat: str, candidate: _Mark, mark: _Mark) -> bool:
    year = re.fullmatch(r"(?:19|20)\d\d", candidate.digits.removesuffix(mark.digits))
    return year is not None or starts.is_strong(flat, mark.end) or _in_address(flat, mark.start)


def _in_address(flat: str, end: int) -> bool:
    return _WEB_ADDRESS.search(flat, max(0, end - 300), end) is not None
