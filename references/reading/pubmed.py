"""An answer of PubMed (E-utilities `esummary`, version 2.0, JSON) as records by PMID."""

import json
from typing import Any

from references import identifiers
from references.reading import bylines, locating, when, wording
from references.reading.crossref import Known
from references.reading.records import Record

_UPDATES = {"Retracted Publication": "retraction", "Expression of Concern": "expression_of_concern"}


def read(body: bytes) -> dict[str, Known]:
    """A PMID that PubMed does not know is left out. Raises ValueError for anything but the answer that we know."""
    answer = json.loads(body)
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, dict):
        raise ValueError("no result")
    items = {pmid: result.get(pmid) for pmid in map(str, result.get("uids") or [])}
    return {pmid: _known(pmid, item) for pmid, item in items.items() if isinstance(item, dict) and item.get("title")}


def _known(pmid: str, item: dict[str, Any]) -> Known:
    kinds = [kind for kind in _list(item, "pubtype") if isinstance(kind, str)]
    people = [person for person in _list(item, "authors") if isinstance(person, dict)]
    corporate = {_text(person, "name") for person in people if person.get("authtype") == "CollectiveName"}
    authors, organization = bylines.attributed([_text(person, "name") for person in people], corporate)
    ids = {_text(one, "idtype"): _text(one, "value") for one in _list(item, "articleids") if isinstance(one, dict)}
    is_book = bool(_text(item, "booktitle") or _text(item, "publishername"))
    record = Record(
        kind="guideline" if any("Guideline" in kind for kind in kinds) else "book" if is_book else "journal",
        authors=authors,
        organization=organization,
        title=wording.title(_text(item, "title").strip("[]")),
        container=_text(item, "source") or _text(item, "fulljournalname"),
        publisher=_text(item, "publishername"),
        published=when.published(_text(item, "pubdate"), _text(item, "epubdate")),
        volume=_text(item, "volume"),
        issue=_text(item, "issue"),
        pages=locating.pages(_text(item, "pages")),
        doi=identifiers.normalize_doi(ids.get("doi", "")),
        pmid=identifiers.normalize_pmid(pmid),
    )
    return Known(record, tuple(_UPDATES[kind] for kind in kinds if kind in _UPDATES))


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return wording.clean(value) if isinstance(value, str) else ""


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []
