"""Records to reference files: what references.reading reads back as the same records."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from references.reading.records import Record
from references.writing import bibtex, csl, nbib, ris


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name for people, the end of its file name, and its type on the web."""

    name: str
    extension: str
    content_type: str
    write: Callable[[Sequence[Record]], str]


FORMATS = {
    one.extension: one
    for one in (
        Format("RIS", "ris", "application/x-research-info-systems", ris.write),
        Format("NBIB", "nbib", "application/nbib", nbib.write),
        Format("BibTeX", "bib", "application/x-bibtex", bibtex.write),
        Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl.write),
    )
}


def write(works: Iterable[Any], extension: str) -> str:
    """The file of these works, which have the fields of a Record."""
    return FORMATS[extension].write([Record.of(work) for work in works])
