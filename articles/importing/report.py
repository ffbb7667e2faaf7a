"""A manuscript as JSON: what the file says and how it was taken apart, for people and programs to compare."""

import re
from collections.abc import Iterator
from typing import Any

from articles import markup
from articles.content import CitedSource
from articles.importing.manuscript import (
    PRINTED,
    PROPOSED,
    Block,
    Manuscript,
    Part,
    PrintedDate,
    PrintedReference,
    ReviewStatement,
)

_ARTICLE = re.compile(r"^(?:our|the|its|nuestra|la)\s+", re.I)


def as_json(manuscript: Manuscript) -> dict[str, Any]:
    """JSON-able. `heading_origin` is seed (printed in the file), proposed, or none; null is what is not printed."""
    content = manuscript.content
    unlabelled = _date(manuscript.printed_date)
    published = next((date for date in manuscript.printed_dates if date.label == "published"), None)
    return {
        "source": {"file": manuscript.file_name, "sha256": manuscript.sha256},
        "title": content.title,
        "aliases": [{"name": alias.name, "kind": alias.kind} for alias in manuscript.aliases],
        "language": content.language,
        "published": _date(published) or unlabelled,
        "printed_date": unlabelled,
        "printed_dates": [_date(date) for date in manuscript.printed_dates],
        "review": _review(manuscript.review, manuscript.printed_date),
        "sections": list(_sections(manuscript)),
        "references": list(_references(manuscript)),
        "lists": [row for part in manuscript.parts for row in _lists(part)],
        "citations": [{"section": part.anchor, "sources": _cited(manuscript, part)} for part in manuscript.parts],
        "uncited": list(manuscript.uncited),
        "leftovers": [{"source_line": rest.line, "text": rest.text} for rest in manuscript.leftovers],
        "notes": list(manuscript.notes),
    }


def _date(date: PrintedDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    return {
        "value": date.value or None,
        "as_printed": date.as_printed,
        "source_line": date.line,
        "label": date.label or None,
    }


def _review(review: ReviewStatement | None, unlabelled: PrintedDate | None) -> dict[str, Any] | None:
    if review is None:
        return None
    people = [
        {
            "name": person.name,
            "given_name": person.given_name or None,
            "family_name": person.family_name or None,
            "credentials": list(person.credentials),
            "role": person.role or None,
            "department": person.department or None,
            "institution": person.institution or None,
        }
        for person in review.reviewers
    ]
    return {
        "statement": review.statement,
        "source_line": review.line,
        "reviewed_on": review.reviewed_on or None,
        # A date without a label may be this one; only a person can say so.
        "reviewed_on_candidate": (unlabelled.value or None) if unlabelled and not review.reviewed_on else None,
        "reviewer": people[0] if people else None,
        "reviewers": people,
        "policy": {
            "mentioned": bool(review.policy),
            "phrase": review.policy or None,
            "name": _ARTICLE.sub("", review.policy) or None,
            "url": None,
        },
    }


def _sections(manuscript: Manuscript) -> Iterator[dict[str, Any]]:
    """The parts in the order of the file, the reference list among them."""
    listed = manuscript.references
    told = not listed.entries
    for part in manuscript.parts:
        if not told and part.line > listed.first_line:
            yield _reference_section(manuscript)
            told = True
        if part.heading or part.blocks:
            yield _part(part)
    if not told:
        yield _reference_section(manuscript)


def _part(part: Part) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": part.anchor,
        "heading": part.heading or None,
        "heading_origin": part.origin,
        "role": part.role,
        "kind": part.kind,
        "source_line": part.line,
        "blocks": [_block(block, _label_before(part, place)) for place, block in enumerate(part.blocks)],
    }
    if not part.blocks:
        row["empty"] = True
    highlights = [
        item
        for place, block in enumerate(part.blocks)
        for item in block.items
        if "highlights" in _label_before(part, place).lower()
    ]
    if highlights:
        row["program_highlights_count"] = len(highlights)
    return row


def _reference_section(manuscript: Manuscript) -> dict[str, Any]:
    listed = manuscript.references
    lines = [listed.first_line, listed.last_line]
    return {
        "key": "references",
        "heading": listed.heading or "References",
        "heading_origin": PRINTED if listed.heading else PROPOSED,
        "role": "references",
        "source_line": listed.first_line,
        "blocks": [{"type": "references", "see": "references", "source_lines": lines}],
    }


def _label_before(part: Part, place: int) -> str:
    return part.blocks[place - 1].label if place else ""


def _block(block: Block, label: str) -> dict[str, Any]:
    kind = "subheading" if block.kind == "heading" else block.kind
    row: dict[str, Any] = {"type": kind, "source_line": block.line}
    if block.kind == "list":
        items = [
            {"text": item.text, "source_line": item.line, "sentences": list(markup.sentences(item.text))}
            for item in block.items
        ]
        return {**row, "ordered": block.ordered, "label": label or None, "items": items}
    if block.kind == "paragraph":
        row["sentences"] = list(markup.sentences(block.text))
    return {**row, "text": block.text}


def _lists(part: Part) -> Iterator[dict[str, Any]]:
    for place, block in enumerate(part.blocks):
        if block.kind == "list":
            texts = [item.text for item in block.items]
            label = _label_before(part, place) or None
            yield {"section": part.anchor, "label": label, "ordered": block.ordered, "items": texts}


def _references(manuscript: Manuscript) -> Iterator[dict[str, Any]]:
    for entry, source in zip(manuscript.references.entries, manuscript.content.sources, strict=True):
        yield {"n": entry.number, "key": entry.key, **_source(source, entry), "source_line": entry.line}


def _source(source: CitedSource, entry: PrintedReference) -> dict[str, Any]:
    return {
        "authors": ", ".join(source.authors) or None,
        "publisher": source.publisher or source.organization or None,
        "published": source.published or None,
        "published_as_printed": entry.published_as_printed or None,
        "title": source.title or None,
        "container": source.container or None,
        "url": source.url or None,
        "doi": source.doi or None,
        "pmid": source.pmid or None,
        "raw": entry.raw,
    }


def _cited(manuscript: Manuscript, part: Part) -> list[str]:
    sections = {section.anchor: section.body for section in manuscript.content.sections}
    body = sections.get(part.anchor, manuscript.content.summary)
    return [mark.key for mark in markup.citations(body)]
