"""Pages named by lines: pasted, or of a CSV file. A bad line has its number told, and stops no other. Pure.

A table with headings, as the list of due dates is exported, is read by these: a slug, and a day only where a column is
named so. The day on which a page is due is not the day of a review that somebody records.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

MOST_LINES = 20_000
MOST_BYTES = 250 * MOST_LINES  # as long as a line of the exported list may be
HEADS = ("slug", "address", "page", "url")  # of these the first that is there names the page
DAYS = ("date", "day")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Unreadable(Exception):
    """Nothing of the file can be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, as it was given, the address and the day it names, and what is wrong with it."""

    number: int
    given: str
    slug: str = ""
    day: date | None = None
    problem: str = ""


def text_of(data: bytes) -> str:
    """The text of an uploaded file. Raises Unreadable: an encoding is told by the file, or is UTF-8, never guessed."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(size)d kB.") % {"size": MOST_BYTES // 1000})
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not a text in UTF-8. Save it as “CSV UTF-8”.")) from error
    if "\x00" in text:
        raise Unreadable(_("The file is no text. Save it as “CSV UTF-8”."))
    return text


def read(*texts: str) -> list[Line]:
    """One address a line, and after a comma, semicolon or tab a day; or a table with headings. A first line of headings
    is left out of each text; lines are numbered through. Raises Unreadable for too many."""
    found, before = list[Line](), 0
    for text in texts:
        try:
            found += _of(text, before)
        except csv.Error as error:
            raise Unreadable(
                _("The lines can not be told apart: a quotation mark is open, or one is too long.")
            ) from error
        before += len(text.splitlines())
    if len(found) > MOST_LINES:
        raise Unreadable(_("At most %(most)d lines at a time.") % {"most": MOST_LINES})
    return found


def _of(text: str, before: int) -> Iterator[Line]:
    lines = [(number, given.strip()) for number, given in enumerate(text.splitlines(), start=before + 1)]
    filled = [(number, given) for number, given in lines if any(_cells(given))]
    head = [name.lower() for name in _cells(filled[0][1])] if filled else []
    if len(head) > 2 and set(head) & set(HEADS):
        yield from _of_table(text, head, mark=_mark(filled[0][1]), before=before)
        return
    for number, given in filled[1:] if head and head[0] in HEADS else filled:
        yield _line(number, given[:200], _cells(given))


def _of_table(text: str, head: Sequence[str], *, mark: str, before: int) -> Iterator[Line]:
    page = next(head.index(name) for name in HEADS if name in head)
    day = next((head.index(name) for name in DAYS if name in head), len(head))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    filled = ((before + rows.line_num, row) for row in rows if any(cell.strip() for cell in row))
    next(filled)
    for number, row in filled:
        # An apostrophe is how a file keeps spreadsheets from computing a text; no address has one.
        cells = [row[place].strip().removeprefix("'") if place < len(row) else "" for place in (page, day)]
        yield _line(number, ",".join(filter(None, cells))[:200], cells)


def _mark(given: str) -> str:
    return next((one for one in "\t;," if one in given), ",")


def _cells(given: str) -> list[str]:
    row: list[str] = next(csv.reader(io.StringIO(given), delimiter=_mark(given)), [])
    return [cell.strip() for cell in row] or [""]


def _line(number: int, given: str, cells: list[str]) -> Line:
    slug, day = slug_of(cells[0]), cells[1] if len(cells) > 1 else ""
    if not slug:
        return Line(number, given, problem=_("Line %(number)d names no page.") % {"number": number})
    if len(cells) > 2 and any(cells[2:]):
        return Line(
            number, given, problem=_("Line %(number)d has more than an address and a day.") % {"number": number}
        )
    if not day:
        return Line(number, given, slug)
    try:
        found = date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        found = None
    if found is None:
        facts = {"number": number, "day": day[:40]}
        return Line(number, given, problem=_("Line %(number)d: write the day as 2026-12-31, not as “%(day)s”.") % facts)
    return Line(number, given, slug, found)


def slug_of(address: str) -> str:
    """The page's part of a whole address, of a path, or as it is."""
    try:
        path = urlsplit(address).path if "/" in address else address
    except ValueError:
        return ""
    parts = [part for part in unquote(path).split("/") if part]
    return parts[-1].replace("\x00", "") if parts else ""  # PostgreSQL looks for none
