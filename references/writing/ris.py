"""RIS, in the tags that most programs read. A person is `Roe, JA`; an organization ends in a comma, as in EndNote."""

from collections.abc import Iterator, Sequence

from references.reading import bylines, when, wording
from references.reading.records import Record

_TYPES = {"journal": "JOUR", "book": "BOOK", "report": "RPRT", "data": "DATA", "web": "ELEC"}
_YEAR = 4


def write(records: Sequence[Record]) -> str:
    """The whole file; lines end in CR and LF, as the format wants."""
    return "".join(f"{tag}  - {value}\r\n" for record in records for tag, value in _lines(record))


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", _type(record)
    yield from (("AU", _name(author)) for author in record.authors)
    if record.organization and not record.authors:
        yield "AU", f"{wording.guarded(record.organization)},"
    first, _hyphen, last = record.pages.partition("-")
    is_range = bool(first and last and first != last and "-" not in last)
    values = {
        "TI": record.title,
        "T2": record.container,
        "PB": record.publisher,
        "PY": record.published[:_YEAR],
        "DA": when.slashed(record.published),
        "ET": record.edition,
        "VL": record.volume,
        "IS": record.issue,
        "SP": first if is_range else record.pages,
        "EP": last if is_range else "",
        "M3": "Guideline" if record.kind == "guideline" else "",
        "DO": record.doi,
        "AN": record.pmid,
        "DB": "PubMed" if record.pmid else "",
        "Y2": when.slashed(record.accessed),
    }
    yield from ((tag, wording.guarded(value)) for tag, value in values.items() if value)
    if record.url:
        yield "UR", record.url
    yield "ER", ""


def _type(record: Record) -> str:
    if record.kind == "guideline":
        return "JOUR" if record.container else "RPRT"
    return "CHAP" if record.kind == "book" and record.container else _TYPES[record.kind]


def _name(author: str) -> str:
    name = bylines.split(author)
    if name.whole:
        return f"{wording.guarded(author)}," if bylines.is_group(author) else wording.guarded(author)
    return wording.guarded(", ".join(part for part in (name.family, name.given, name.suffix) if part))
