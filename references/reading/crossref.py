"""An answer of Crossref (`/works/{doi}`) as a record, and what it says of corrections and retractions."""

import json
from dataclasses import dataclass, replace
from typing import Any

from references.reading import csl, wording
from references.reading.records import Record

UPDATES = {
    "retraction",
    "withdrawal",
    "removal",
    "partial_retraction",
    "expression_of_concern",
    "correction",
    "erratum",
}
_WEB = {"posted-content"}  # preprints; they stand on their server as a page does


@dataclass(frozen=True, slots=True)
class Known:
    """A record as a service gives it; `updates` are kinds of notices about it, such as `retraction`."""

    record: Record
    updates: tuple[str, ...] = ()
    preprint_of: str = ""  # the DOI of the published article


def read(body: bytes) -> Known:
    """Raises ValueError for anything but the answer that we know."""
    answer = json.loads(body)
    item = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(item, dict):
        raise ValueError("no message")
    record = csl.record(item)
    if not record.title:
        raise ValueError("no title")
    kind = "web" if item.get("type") in _WEB else record.kind
    printed = item.get("published-print")
    return Known(
        replace(
            record,
            kind=kind,
            title=_title(record.title, item.get("subtitle")),
            published=(csl.day(printed) if record.volume else "") or record.published,  # the year that the volume bears
            publisher="" if kind == "journal" else record.publisher,
            url="",  # the resolver of the DOI
        ),
        tuple(dict.fromkeys(_kinds(item.get("updated-by")))),
        _preprint_of(item.get("relation")),
    )


def _title(title: str, subtitle: Any) -> str:
    more = (
        wording.title(subtitle[0]) if isinstance(subtitle, list) and subtitle and isinstance(subtitle[0], str) else ""
    )
    return f"{title}: {more}" if more and more.casefold() not in title.casefold() else title


def _kinds(notices: Any) -> list[str]:
    found = [notice.get("type") for notice in notices if isinstance(notice, dict)] if isinstance(notices, list) else []
    return [kind for kind in found if isinstance(kind, str) and kind in UPDATES]


def _preprint_of(relation: Any) -> str:
    others = relation.get("is-preprint-of") if isinstance(relation, dict) else None
    first = others[0] if isinstance(others, list) and others and isinstance(others[0], dict) else {}
    return wording.clean(str(first.get("id", ""))) if first.get("id-type") == "doi" else ""
