"""A printed list to pieces, one for each reference: by numbers, by bullets, or by lines, paragraphs and seams."""

import re
from dataclasses import dataclass

from references.reading import cuts, numbering, page, starts
from references.reading.letters import flatten

Span = tuple[int, int]

_HEADING = re.compile(
    r"(?im)^[ #*=_]{0,12}(?:(?:selected |key |list of )?references(?: list| cited| and notes)?|bibliography|sources"
    r"|works cited|literature(?: cited)?|citations|reference list|further reading)[ ]*:?[ #*=_]*"
    r"(?:\n|(?=[ ]\[?1[\].)]))"
)
_BULLET = re.compile(r"(?m)^[ ]{0,20}[-–—•●▪◦‣·*+○■►➢][ ]+(?=\S)")


@dataclass(frozen=True)
class Layout:
    """Spans of the pieces, in order, without white space, list numbers and bullets; what marked them as a list."""

    spans: list[Span]
    marked: bool  # by numbers or bullets
    headed: bool  # by a heading such as "References"


def pieces(text: str) -> Layout:
    flat = flatten(text)
    heading = _HEADING.search(flat)
    start = heading.end() if heading else 0
    marks = numbering.marks(flat, start) or _bullets(flat, start)
    if marks:
        stops = [begin for begin, _ in marks[1:]] + [_end_of_last(flat, marks[-1][1])]
        found = [(inner, stop) for (_, inner), stop in zip(marks, stops, strict=True)]
    else:
        begins = cuts.starts_of_references(text, flat, start)
        found = list(zip(begins, [*begins[1:], len(flat)], strict=False))
    spans = [span for span in (page.stripped(flat, *span) for span in found) if span[0] < span[1]]
    return Layout(spans, bool(marks), heading is not None)


def touches(line: str) -> bool:
    """Whether an address runs straight into the reference after it."""
    flat = flatten(line)
    begins = cuts.starts_of_references(line, flat, 0)
    return any(not flat[place - 1].isspace() and starts.is_strong(flat, place) for place in begins[1:])


def _bullets(flat: str, start: int) -> list[Span]:
    found = [match.span() for match in _BULLET.finditer(flat, start)]
    if not found or (len(found) == 1 and flat[start : found[0][0]].strip()):
        return []
    return found


def _end_of_last(flat: str, start: int) -> int:
    """Before the paragraph after the list, if it does not go on with the last reference."""
    for blank in page.BLANK_LINE.finditer(flat, start):
        if flat[start : blank.start()].strip() and not page.REMARK.match(flat, blank.end()):
            return blank.start()
    return len(flat)
