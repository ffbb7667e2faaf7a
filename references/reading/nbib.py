"""A record of NBIB, the format of PubMed."""

from references import identifiers
from references.reading import bylines, locating, when, wording
from references.reading.records import Record
from references.reading.tagged import Fields

ACCESSED = "Accessed "  # begins a general note (GN), for the format has no field of its own
# Types of publication (PT) that choose a kind, the stronger first; articles carry many others.
KINDS = {"guideline": "guideline", "dataset": "data", "web page": "web", "technical report": "report", "book": "book"}


def record(fields: Fields) -> Record:
    """The work that these fields describe; a journal by its abbreviated name, as AMA prints it."""
    kind = _kind(fields)
    authors, organization = _by(fields)
    book = wording.title(fields.first("BTI"))
    notes = [note for note in fields.all("GN") if note.startswith(ACCESSED)]
    return Record(
        kind=kind,
        authors=authors,
        organization=organization,
        title=wording.title(fields.first("TI")) or book,
        container=wording.clean(fields.first("TA", "JT")) or (book if fields.first("TI") else ""),
        publisher=wording.clean(fields.first("PB")),
        published=when.published(fields.first("DP", "DEP")),
        edition=wording.clean(fields.first("EN")),
        volume=wording.clean(fields.first("VI")),
        issue=wording.clean(fields.first("IP")),
        pages=locating.pages(wording.clean(fields.first("PG"))),
        url=locating.url(fields.all("URLF", "URLS", "UR")),
        doi=locating.doi(value for value in fields.all("LID", "AID") if not value.endswith("[pii]")),
        pmid=identifiers.normalize_pmid(fields.first("PMID")),
        accessed=when.day(notes[0].removeprefix(ACCESSED)) if notes else "",
    )


def _kind(fields: Fields) -> str:
    printed = [value.lower() for value in fields.all("PT")]
    found = (kind for name, kind in KINDS.items() if any(name in value for value in printed))
    return next(found, "book" if fields.first("BTI") else "journal")


def _by(fields: Fields) -> tuple[tuple[str, ...], str]:
    person = "AU" if fields.first("AU") else "FAU"
    written = [(tag, value) for tag, value in fields.names if tag in {person, "CN"}]
    names = [wording.clean(value) if tag in {"AU", "CN"} else bylines.inverted(value) for tag, value in written]
    return bylines.attributed(names, {wording.clean(value) for tag, value in written if tag == "CN"})
