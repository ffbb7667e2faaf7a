"""Where each reference of an unnumbered list begins, by lines, paragraphs and seams."""

import re

from references.reading import page, seams, starts
from references.reading.page import Line, Page

_LONG_LINE = 600
_SHORT_ENTRY = 40
_ADDRESS_ONLY = re.compile(r"\s*(?:https?://|www\.)\S+\s*")


def starts_of_references(text: str, flat: str, start: int) -> list[int]:
    """Offsets in order. The first is the first character that is not white space."""
    sheet = page.read(text, flat, start)
    if not sheet.lines:
        return []
    current = starts.Current(flat, sheet.lines[0].start)
    found = [current.start]
    for previous, line in zip([None, *sheet.lines], sheet.lines, strict=False):
        reach = line.paragraph_end if sheet.width else line.end
        # One per line needs no guesses inside the lines.
        loose = len(sheet.lines) <= 3 or line.end - line.start > _LONG_LINE
        if previous and _begins(flat, current, previous, line, sheet):
            current = starts.Current(flat, line.start)
            found.append(line.start)
        for place, address in seams.places(text, flat, (line.start, line.end), reach):
            if place > current.start and _divides(current, place, address, reach, loose=loose):
                current = starts.Current(flat, place)
                found.append(place)
    return found


def _divides(current: starts.Current, place: int, address: int | None, reach: int, *, loose: bool) -> bool:
    """Whether the place inside a line is a seam."""
    if address is not None and address > current.start:
        return True
    flat, start = current.flat, current.start
    if not current.is_complete(place):
        return _divides_incomplete(current, place, reach)
    if starts.is_unfinished(flat, start, place):
        return False
    if starts.is_strong(flat, place, reach):
        return True
    return loose and starts.is_weak(flat, place, reach) and current.has_ended(place)


def _divides_incomplete(current: starts.Current, place: int, reach: int) -> bool:
    """Books and pages print neither address nor locator: it takes more to say that the next one begins."""
    flat, start = current.flat, current.start
    if place - start > starts.WINDOW or starts.is_unfinished(flat, start, place):
        return False
    touches = flat[place - 1] in ".]" and place - start > _SHORT_ENTRY
    if not touches and not starts.is_dated(flat, start, place):
        return False
    if starts.is_certain(flat, place, reach):
        return True
    return (touches or starts.follows_publisher(flat, start, place)) and starts.is_strong(flat, place, reach)


def _begins(flat: str, current: starts.Current, previous: Line, line: Line, sheet: Page) -> bool:
    """Whether the line begins a reference, or goes on with the current one."""
    if page.REMARK.match(flat, line.start):
        return _ADDRESS_ONLY.fullmatch(flat, current.start, previous.end) is not None
    if page.LOWER_CASE.match(flat, line.start) or starts.is_unfinished(flat, current.start, previous.end):
        return False
    if starts.is_head_only(flat, current.start, previous.end):
        return False
    complete = current.is_complete(previous.end)
    goes_on = starts.CONTINUES.match(flat, line.start) is not None
    if line.after_blank:
        return complete or not goes_on
    if sheet.margin is not None:
        return line.indent == sheet.margin
    at_end = previous.end in sheet.address_ends or (complete and current.has_ended(previous.end))
    ended = at_end or page.has_ended(flat, current.start, previous.end)
    dated = complete or starts.is_dated(flat, current.start, previous.end)
    if ended and starts.is_strong(flat, line.start, line.paragraph_end):
        return dated or (not sheet.width and previous.end - current.start > _SHORT_ENTRY)
    if not complete and starts.is_locator_line(flat, line.start, line.end):
        return False
    if not sheet.width:
        return ended and (dated or (not goes_on and starts.ends_in_date(flat, current.start, previous.end)))
    if not ended or goes_on:
        return False
    # An unfilled line was meant to end; one that is nearly full says little.
    if not complete:
        return dated and previous.indent + previous.end - previous.start < sheet.width * 0.6
    return at_end or _is_short(flat, previous, line, sheet.width)


def _is_short(flat: str, previous: Line, line: Line, width: int) -> bool:
    """The first word of the line would have fitted on the one before: its end was meant."""
    word = flat[line.start : line.end].split(" ", 1)[0]
    return previous.indent + previous.end - previous.start + 1 + len(word) <= width
