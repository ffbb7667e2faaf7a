"""A file of references, whatever its name: RIS, NBIB, BibTeX, CSL-JSON or a printed list, told apart by content."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.reading import anything, bibscan, bibtex, csl, decoding, nbib, ris, tagged
from references.reading.records import Found, Problem, Reading, Record, Refused

SIZE = 5_000_000  # bytes
RECORDS = 10_000
PRINTED = 500_000  # characters of a printed list; the longest of a book have a tenth of it
_JSON = re.compile(r"\s*[\[{]\s*[\"\[{\]}]")
_FIRST_TAG = re.compile(r"^[ \t]*(TY|PMID) {0,2}-(?:[ \t]|$)", re.MULTILINE)
_TAGS = re.compile(r"^[A-Z][A-Z0-9]  ?- .*\n[A-Z][A-Z0-9]  ?- ", re.MULTILINE)
_BIBTEX = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s{0,9}[{(]", re.MULTILINE)
_ADD_LINE = gettext_lazy("Add a line that begins with “TI  - ”.")
_ADD_FIELD = gettext_lazy("Add a field “title = {…}”.")
_ADD_ITEM = gettext_lazy("Add a “title”.")

Piece = Found | Problem


def read(data: bytes, name: str) -> Reading:
    """What the file `name` holds. A bad record is a problem and spoils no other. Raises Refused for the whole."""
    try:
        decoded = decoding.examine(data, name, limit=SIZE)
    except decoding.Undecodable as no:
        raise Refused(str(no)) from no
    text = decoding.unified_line_ends(decoded.text).lstrip("\ufeff")
    format = detect(text)
    if format == "text" and len(text) > PRINTED:
        raise Refused(_("%s is neither RIS, NBIB, BibTeX nor CSL-JSON, and too long for a printed list.") % name)
    pieces = list(islice(_READERS[format](text), RECORDS + 1))
    if len(pieces) > RECORDS:
        message = _("%(name)s has more than %(most)d records. Split it and import the parts.")
        raise Refused(message % {"name": name, "most": RECORDS})
    return Reading(
        format,
        tuple(piece for piece in pieces if isinstance(piece, Found)),
        tuple(_with_text(pieces, text)) if pieces else (replace(_nothing(), text=text.strip()),),
        str(decoded.note),
    )


def _with_text(pieces: list[Piece], text: str) -> Iterator[Problem]:
    """The problems, each with the lines of the file that it is about."""
    lines = text.split("\n")
    for piece, after in zip_longest(pieces, pieces[1:]):
        if isinstance(piece, Problem):
            end = after.line - 1 if after else len(lines)
            yield piece if piece.text else replace(piece, text="\n".join(lines[piece.line - 1 : end]).strip())


def detect(text: str) -> str:
    """`ris`, `nbib`, `bib`, `json`, or `text` for everything else."""
    if _JSON.match(text):
        return "json"
    tag, entry = _FIRST_TAG.search(text), _BIBTEX.search(text)
    if entry and (tag is None or entry.start() < tag.start()):
        return "bib"
    if tag:
        return tagged.FIRST[tag[1]]
    return "ris" if _TAGS.search(text) else "text"


def _tagged(text: str) -> Iterator[Piece]:
    for fields in tagged.read(text):
        if fields.dialect:
            record = (ris if fields.dialect == "ris" else nbib).record(fields)
            yield _titled(fields.line, record, _ADD_LINE)
        elif fields.names:
            message = _("These lines belong to no record. A record begins with “TY  - ” (RIS) or “PMID- ” (NBIB).")
            yield Problem(fields.line, message)


def _bibtex(text: str) -> Iterator[Piece]:
    for entry in bibscan.entries(text):
        if entry.fields is None:
            message = _("This entry is not closed. Look for a missing brace, comma or quotation mark in it.")
            yield Problem(entry.line, message)
        else:
            record = bibtex.record(entry.kind, entry.fields)
            yield _titled(entry.line, record, _ADD_FIELD)


def _csl(text: str) -> Iterator[Piece]:
    for line, item in csl.items(text):
        if item is None:
            message = _("This is no item of CSL-JSON. Export it again, or look for a missing comma, quote or bracket.")
            yield Problem(line, message)
        else:
            yield _titled(line, csl.record(item), _ADD_ITEM)


def _titled(line: int, record: Record, remedy: Any) -> Piece:
    if record.title:
        return Found(line, record)
    return Problem(line, f"{_('No title was found here, and a reference needs one.')} {remedy}")


def _nothing() -> Problem:
    return Problem(1, _("No reference was found: this is neither RIS, NBIB, BibTeX, CSL-JSON nor a printed list."))


_READERS = {"ris": _tagged, "nbib": _tagged, "bib": _bibtex, "json": _csl, "text": anything.read}
