"""Pages named by lines: pasted, or of a CSV file. A bad line has its number told, and stops no other. Pure."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

MOST_BYTES = 1_000_000
MOST_LINES = 20_000
HEADS = {"slug", "address", "page", "url"}
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
    """One address a line, and after a comma, semicolon or tab a day. A first line of headings is left out of each
    text; lines are numbered through. Raises Unreadable for too many."""
    found, before = list[Line](), 0
    for text in texts:
        given_lines, begun = text.splitlines(), False
        for number, given in enumerate(given_lines, start=before + 1):
            cells = _cells(given.strip())
            if any(cells) and (begun or cells[0].lower() not in HEADS):
                found.append(_line(number, given.strip()[:200], cells))
            begun = begun or any(cells)
        before += len(given_lines)
    if len(found) > MOST_LINES:
        raise Unreadable(_("At most %(most)d lines at a time.") % {"most": MOST_LINES})
    return found


def _cells(given: str) -> list[str]:
    mark = next((one for one in "\t;," if one in given), ",")
    row: list[str] = next(csv.reader(io.StringIO(given), delimiter=mark), [])
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
