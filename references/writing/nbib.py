"""NBIB, PubMed's own format, with tags of MEDLINE also for what PubMed does not hold: web pages, books, data sets."""

import textwrap
from collections.abc import Iterator, Sequence

from references.formatting import MONTHS
from references.reading import bylines, wording
from references.reading.nbib import ACCESSED
from references.reading.records import Record

_TYPES = {
    "journal": "Journal Article",
    "guideline": "Guideline",
    "book": "Book",
    "report": "Technical Report",
    "data": "Dataset",
    "web": "Web Page",
}
_WIDTH = 88
_INDENT = " " * 6


def write(records: Sequence[Record]) -> str:
    """The whole file; records are parted by an empty line, and each begins with its PMID, even an empty one."""
    return "\n".join("".join(_line(tag, value) for tag, value in _lines(record)) for record in records)


def _line(tag: str, value: str) -> str:
    options = {"break_long_words": False, "break_on_hyphens": False}
    wrapped = textwrap.wrap(value, _WIDTH, subsequent_indent=_INDENT, **options) or [""]  # type: ignore[arg-type]
    return f"{tag:<4}- " + "\n".join(wrapped) + "\n"


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    yield "PMID", record.pmid
    title = record.title if record.title.endswith((".", "?", "!")) else f"{record.title}."
    for author in record.authors:
        yield "CN" if bylines.is_group(author) else "AU", wording.guarded(author)
    values = {
        "CN": "" if record.authors else record.organization,
        "TI": title,
        "BTI" if record.kind == "book" else "TA": record.container,
        "PB": record.publisher,
        "DP": _date(record.published),
        "EN": record.edition,
        "VI": record.volume,
        "IP": record.issue,
        "PG": record.pages,
        "LID": f"{record.doi} [doi]" if record.doi else "",
        "PT": _TYPES[record.kind],
    }
    yield from ((tag, wording.guarded(value)) for tag, value in values.items() if value)
    if record.url:
        yield "URLF", record.url
    if record.accessed:
        yield "GN", f"{ACCESSED}{record.accessed}"


def _date(partial: str) -> str:
    """`2018 Oct 17`."""
    year, month, day = [*partial.split("-"), "", ""][:3]
    return " ".join(part for part in (year, MONTHS[int(month) - 1][:3] if month else "", day.lstrip("0")) if part)
