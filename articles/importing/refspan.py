"""Where a reference list stands among lines: under its heading, or by its looks where the heading was lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing import institution, topics
from articles.importing.lines import Line

_YEAR = r"(?:19|20)\d\d"
_ADDRESS = re.compile(r"https?://|\bdoi\b\s*:|\b10\.\d{4,9}/|\bPMID\b|\bPMCID\b|\bwww\.[\w.-]+\.\w+/", re.I)
_JOURNAL = re.compile(
    rf"\b{_YEAR}\b[^.;]{{0,18}};\s*\d|\d+\s?\(\d+\)\s?:\s?[\de]\d*|;\s*\d+\s*(?:\([^)]*\))?\s*:\s*[\de]\d+"
)
_APA = re.compile(rf"\((?:{_YEAR}[a-z]?(?:,[^)]{{0,25}})?|n\.d\.)\)[.,:]")
_VANCOUVER = re.compile(r"^(?:\[?\d{1,3}[\].)]\s*)?[A-Z][\w’'-]+ [A-Z]{1,3}(?:,|\.|:| et al)")
_SEEN = re.compile(
    r"\b(?:accessed|retrieved|cited|consultado)\b.{0,20}\d{4}|\[internet\]|\bavailable (?:at|from):", re.I
)
_NUMBER = re.compile(r"^\[?\d{1,3}(?:[\].)]|\s(?=[A-Z]))")
_INVITES = re.compile(
    r"\b(?:visit|learn more|call|contact|click|sign up|to find|for more information|you can|your)\b", re.I
)
_INLINE_HEADING = re.compile(r"^(?:references?|sources?|works cited|bibliography|referencias)\s*:\s+(?=\S)", re.I)
_PROSE = 700


@dataclass(frozen=True, slots=True)
class Span:
    """`start` to `stop` is taken out of the lines; the entries begin at `first`."""

    start: int
    first: int
    stop: int
    heading: str = ""


def looks_like_reference(text: str) -> bool:
    """Whether a line reads as (part of) a reference, by addresses, volume and pages, or a year in brackets."""
    if _JOURNAL.search(text) or _APA.search(text) or _SEEN.search(text):
        return True
    return bool(_ADDRESS.search(text)) and not _INVITES.search(text)


def find(lines: Sequence[Line]) -> Span | None:
    """The last reference list under a heading, else the first that looks like one."""
    for place in range(len(lines) - 1, -1, -1):
        text = lines[place].text
        inline = _INLINE_HEADING.match(text)
        if topics.is_references_heading(text):
            span = Span(place, _filled(lines, place + 1), _stop(lines, place + 1, headed=True), text)
        elif inline and looks_like_reference(text):
            span = Span(place, place, _stop(lines, place, headed=True), inline[0].strip())
        else:
            continue
        if span.stop > span.first and _is_list(lines[span.first : span.stop]):
            return span
    return _unheaded(lines)


def _filled(lines: Sequence[Line], place: int) -> int:
    while place < len(lines) and (not lines[place].text or set(lines[place].text) <= set("-=_*")):
        place += 1
    return place


def _is_list(lines: Sequence[Line]) -> bool:
    filled = [line.text for line in lines if line.text]
    likely = sum(looks_like_reference(text) or bool(_VANCOUVER.match(text)) for text in filled)
    numbered = sum(bool(_NUMBER.match(text)) for text in filled)
    return bool(filled) and (likely * 4 >= len(filled) or numbered * 2 >= len(filled))


def _unheaded(lines: Sequence[Line]) -> Span | None:
    for place, line in enumerate(lines):
        if not line.text or len(line.text) > _PROSE or not _opens(lines, place):
            continue
        stop = _stop(lines, place, headed=False)
        filled = [at.text for at in lines[place:stop] if at.text]
        likely = sum(map(looks_like_reference, filled))
        if likely >= 2 and likely * 2 >= len(filled):
            return Span(place, place, stop)
    return None


def _opens(lines: Sequence[Line], place: int) -> bool:
    """A line that begins an unheaded list: a reference itself, or an author and title whose address follows."""
    text = lines[place].text
    if _INVITES.search(text):
        return False
    if looks_like_reference(text):
        return True
    follows = lines[place + 1].text if place + 1 < len(lines) else ""
    return follows.startswith("http") and len(text) <= 300


def _stop(lines: Sequence[Line], first: int, *, headed: bool) -> int:
    """The place after the last line of the list that begins at `first`."""
    stop = place = _filled(lines, first)
    before = ""
    gap = 0
    while place < len(lines):
        text = lines[place].text
        if not text:
            gap += 1
        elif _belongs(lines, place, before, gap=gap, headed=headed):
            stop, before, gap = place + 1, text, 0
        else:
            break
        place += 1
    return stop


def _belongs(lines: Sequence[Line], place: int, before: str, *, gap: int, headed: bool) -> bool:
    text = lines[place].text
    if text.startswith("#") or institution.of_heading(text) or (before and topics.is_references_heading(text)):
        return False
    if looks_like_reference(text) or (_NUMBER.match(text) and headed):
        return len(text) <= _PROSE or bool(_ADDRESS.search(text))
    if before and not gap and not _is_complete(before):
        return True
    ahead = [line.text for line in lines[place + 1 : place + 4] if line.text][:2]
    if any(map(looks_like_reference, ahead)) and not any(institution.of_heading(other) for other in ahead):
        return not (text.endswith("?") and gap) and len(text) <= _PROSE
    # The last entries of a list under a heading may be no more than a publisher and a title.
    return headed and not before and len(text) <= 300


def _is_complete(text: str) -> bool:
    return text[-1] in ".!?)]" or "://" in text.rsplit(maxsplit=1)[-1]
