"""CSL-JSON, which Zotero, Pandoc and citation processors share."""

import json
from collections.abc import Sequence
from typing import Any

from references.reading import bylines, wording
from references.reading.records import Record
from references.writing.labels import labels

_TYPES = {"journal": "article-journal", "book": "book", "report": "report", "data": "dataset", "web": "webpage"}


def write(records: Sequence[Record]) -> str:
    """The whole file."""
    items = [_item(record, label) for record, label in zip(records, labels(records), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _item(record: Record, label: str) -> dict[str, Any]:
    names = [_name(author) for author in record.authors]
    if record.organization and not names:
        names = [{"literal": wording.guarded(record.organization)}]
    texts = {
        "title": record.title,
        "container-title": record.container,
        "publisher": record.publisher,
        "edition": record.edition,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "genre": "Guideline" if record.kind == "guideline" else "",
    }
    values = {
        "author": names,
        "issued": _date(record.published),
        "accessed": _date(record.accessed),
        **{name: wording.guarded(text) for name, text in texts.items()},
        **{"URL": record.url, "DOI": record.doi, "PMID": record.pmid},
    }
    return {"id": label, "type": _type(record), **{name: value for name, value in values.items() if value}}


def _type(record: Record) -> str:
    if record.kind == "guideline":
        return "article-journal" if record.container else "report"
    return "chapter" if record.kind == "book" and record.container else _TYPES[record.kind]


def _name(author: str) -> dict[str, str]:
    name = bylines.split(author)
    if name.whole:
        return {"literal" if bylines.is_group(author) else "family": wording.guarded(author)}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: wording.guarded(value) for part, value in parts.items() if value}


def _date(partial: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in partial.split("-")]]} if partial else {}
