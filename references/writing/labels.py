"""Short names of records inside one file (`roe2019`), as BibTeX and CSL-JSON want them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from references.reading import bylines
from references.reading.records import Record

_YEAR = 4


def labels(records: Iterable[Record]) -> Iterator[str]:
    """One for each record, none twice: first author and year, and a number where that is not enough."""
    counts: dict[str, int] = {}
    for record in records:
        by = next(iter(record.authors), "") or record.organization or record.publisher or record.title
        name = bylines.split(by)
        label = f"{_letters(name.family or name.whole)}{record.published[:_YEAR]}"
        counts[label] = counts.get(label, 0) + 1
        yield label if counts[label] == 1 else f"{label}-{counts[label]}"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(re.findall("[a-z]+", plain)[:3]) or "source"
