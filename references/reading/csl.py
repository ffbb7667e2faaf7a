"""CSL-JSON: the items of a file, and an item as a record."""

import json
import re
from collections.abc import Iterator
from typing import Any

from references import identifiers
from references.reading import bylines, locating, when, wording
from references.reading.records import Record

KINDS = {
    "journal": "article-journal article-magazine article-newspaper article journal-article review",
    "book": "book chapter entry entry-encyclopedia entry-dictionary paper-conference collection book-chapter monograph",
    "report": "report thesis manuscript legislation legal_case bill regulation patent pamphlet",
    "guideline": "standard",
    "data": "dataset",
    "web": "webpage post post-weblog",
}
_KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
_LISTS = ("items", "references", "message")  # what some programs wrap around the list
_BETWEEN = re.compile(r"[\s,]*")
_PARTICLES = ("dropping-particle", "non-dropping-particle")
_NOT_JSON = (ValueError, RecursionError)  # nested a thousand deep, too


def items(text: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Items with their lines; None where the text stops being JSON. What comes after, if it can be found, follows."""
    decoder = json.JSONDecoder()
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] != "[":
        yield from ((1, item) for item in _wrapped(decoder, text, at))
        return
    at, line, counted = at + 1, 1, 0
    first = _BETWEEN.match(text, at)
    again = re.compile("\n" + re.escape(first[0].rpartition("\n")[2]) + r"\{") if first and "\n" in first[0] else None
    while True:
        gap = _BETWEEN.match(text, at)
        at = gap.end() if gap else at
        if text[at : at + 1] in {"]", ""}:
            break
        line += text.count("\n", counted, at)
        counted = at
        try:
            item, at = decoder.raw_decode(text, at)
        except _NOT_JSON:
            yield line, None
            found = again.search(text, at + 1) if again else None
            if found is None:
                return
            at = found.end() - 1
        else:
            yield line, item if isinstance(item, dict) else None
    if text[at : at + 1] == "":
        yield line + text.count("\n", counted), None


def _wrapped(decoder: json.JSONDecoder, text: str, at: int) -> list[dict[str, Any] | None]:
    try:
        whole, _end = decoder.raw_decode(text, at)
    except _NOT_JSON:
        return [None]
    for name in _LISTS:
        inner = whole.get(name) if isinstance(whole, dict) else None
        if isinstance(inner, list | dict):
            whole = inner
            break
    return [item if isinstance(item, dict) else None for item in (whole if isinstance(whole, list) else [whole])]


def record(item: dict[str, Any]) -> Record:
    """The work that an item describes."""

    def text(*names: str) -> str:
        return next((words for name in names if (words := wording.clean(_text(item.get(name))))), "")

    authors, organization = _by(item.get("author"))
    addresses = [_text(item.get("URL"))]
    return Record(
        kind="guideline" if "guideline" in text("genre").lower() else _KIND.get(text("type").lower(), "report"),
        authors=authors,
        organization=organization,
        title=wording.title(_text(item.get("title"))),
        container=text("container-title", "container-title-short"),
        publisher=text("publisher"),
        published=day(item.get("issued")) or day(item.get("published")),
        edition=text("edition", "version"),
        volume=text("volume"),
        issue=text("issue"),
        pages=locating.pages(text("page", "number")) if text("page") else "",
        url=locating.url(addresses),
        doi=locating.doi([_text(item.get("DOI")), *addresses]),
        pmid=identifiers.normalize_pmid(text("PMID")) or locating.pmid([*addresses, text("note")]),
        accessed=when.day(day(item.get("accessed"))),
    )


def _text(value: Any) -> str:
    """Programs write numbers as numbers, and some write every text as a list of one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return wording.storable(str(value)) if is_text else ""


def _by(value: Any) -> tuple[tuple[str, ...], str]:
    names, corporate = [], set()
    for person in value if isinstance(value, list) else []:
        if not isinstance(person, dict):
            continue
        whole = wording.clean(_text(person.get("literal")) or _text(person.get("name")))
        if whole:
            corporate.add(whole)
        family = " ".join(_text(person.get(part)) for part in (*_PARTICLES, "family") if person.get(part))
        names.append(whole or bylines.joined(family, _text(person.get("given")), _text(person.get("suffix"))))
    return bylines.attributed(names, corporate)


def day(value: Any) -> str:
    """Partial ISO of a date in CSL."""
    if not isinstance(value, dict):
        return when.partial(_text(value))
    rows = value.get("date-parts")
    parts = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    if parts:
        return when.partial("/".join(_text(part) for part in parts[:3]))
    return when.partial(_text(value.get("raw")) or _text(value.get("literal")))
