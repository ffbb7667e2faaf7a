"""Bring a work into the library: the record that is already there, or a new one."""

import dataclasses
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction

from references import identifiers
from references.models import Source
from references.reading.records import Record


def file(**fields: Any) -> Source:
    """Return the library's record of this work, made now if there is none. An existing record is never changed.

    `fields` are those of Source; `authors` may be a sequence of names, `accessed` an ISO date or "".
    """
    values = fitted(fields)
    found = _found(values)
    if found is None:
        try:
            with transaction.atomic():
                return Source.objects.create(**values)
        except IntegrityError:  # somebody filed the same work a moment ago
            found = _found(values)
            if found is None:
                raise
    return found


def record_of(source: Source) -> Record:
    """The work as reference files describe it."""
    same = {field.name: getattr(source, field.name) for field in dataclasses.fields(Record)}
    accessed = source.accessed.isoformat() if source.accessed else ""
    return Record(**{**same, "authors": source.author_names(), "accessed": accessed})


def _found(values: dict[str, Any]) -> Source | None:
    found = Source.objects.same_work(doi=values["doi"], pmid=values["pmid"], url=values["url"]).first()
    if found:
        return found.kept()
    if values["doi"] or values["pmid"] or values["url"]:
        return None
    named = {name: values[name] for name in ("title", "published", "container")}
    found = Source.objects.same_title(**named).first()
    return found.kept() if found else None


def fitted(fields: dict[str, Any]) -> dict[str, Any]:
    """Values of a Source's columns: identifiers in their one spelling, texts no longer than their columns."""
    values = {"doi": "", "pmid": "", "url": "", "published": "", "container": "", **fields}
    values.pop("key", None)
    values["authors"] = "\n".join(values.get("authors") or ())
    values["accessed"] = date.fromisoformat(values["accessed"]) if values.get("accessed") else None
    values["doi"] = identifiers.normalize_doi(values["doi"])
    values["pmid"] = identifiers.normalize_pmid(values["pmid"])
    values["title"] = values.get("title") or values["url"] or values["doi"]
    for field in Source._meta.concrete_fields:
        # Longer than any real title or address; the manuscript keeps the whole of it.
        if isinstance(field, models.CharField) and isinstance(values.get(field.name), str) and field.max_length:
            values[field.name] = values[field.name][: field.max_length]
    return values
