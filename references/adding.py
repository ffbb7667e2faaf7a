"""Bring a whole file of works into the library: new ones are made, those that are there already are named."""

import string
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Lower

from references import filing, identifiers, titles
from references.models import Likeness, Source
from references.reading.records import Found, Problem, Reading

CHUNK = 500  # values in one question to the database
# SQLite lowers these letters only, PostgreSQL all of them.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """New records, works that the library has, and what could not be read, each with its line in the file."""

    made: tuple[tuple[Found, Source], ...]
    known: tuple[tuple[Found, Source], ...]
    problems: tuple[Problem, ...] = ()


def add(reading: Reading) -> Filed:
    """Make a Source of each new work, all or none. A record that exists is never changed."""
    with transaction.atomic():
        filed = plan(reading)
        try:
            with transaction.atomic():
                Source.objects.bulk_create([source for _found, source in filed.made], batch_size=CHUNK)
                Likeness.look(source for _found, source in filed.made)
        except IntegrityError:  # somebody filed one of these works a moment ago
            filed = plan(reading)
            made = [(found, filing.file(**asdict(found.record))) for found, _source in filed.made]
            filed = Filed(tuple(made), filed.known, filed.problems)
    return filed


def plan(reading: Reading) -> Filed:
    """What `add` would do; the new records are not saved. The second of two equal works counts as known."""
    values = [filing.fitted(asdict(found.record)) for found in reading.found]
    library = _library(values)
    made, known = [], []
    for found, fields in zip(reading.found, values, strict=True):
        source = _match(fields, library)
        if source:
            known.append((found, source))
            continue
        source = Source(**fields)
        source.settle()
        for key in (*_keys(fields), _key_of(source, "title")):
            library.setdefault(key, source)
        made.append((found, source))
    return Filed(tuple(made), tuple(known), reading.problems)


def _match(fields: dict[str, Any], library: dict[Key, Source]) -> Source | None:
    """The library's record of this work. One address that two works give says nothing of either: it is dropped."""
    for key in _keys(fields):
        source = library.get(key)
        if source is None:
            continue
        if key[0] != "url_normal" or not _differ(fields, source):
            return source
        fields["url"] = ""
    return None


def _differ(fields: dict[str, Any], source: Source) -> bool:
    pairs = ((fields[name], getattr(source, name)) for name in ("doi", "pmid"))
    return any(one and other and one != other for one, other in pairs)


def _keys(fields: dict[str, Any]) -> Iterator[Key]:
    """What the work is recognized by: identifiers, or without any its title, date and journal."""
    named = {"doi": fields["doi"], "pmid": fields["pmid"], "url_normal": identifiers.normalize_url(fields["url"])}
    yield from ((column, value) for column, value in named.items() if value)
    if not any(named.values()):
        yield _titled(fields["title"], fields["published"], fields["container"])


def _titled(title: str, published: str, container: str) -> Key:
    return ("title", title.lower(), published, container)


def _library(values: Sequence[dict[str, Any]]) -> dict[Key, Source]:
    """Records of the library that could be one of these works, by each of their keys."""
    wanted: dict[str, set[str]] = {}
    for fields in values:
        for column, text, *_more in _keys(fields):
            spellings = {text, fields["title"].translate(_LOWER)} if column == "title" else {text}
            wanted.setdefault(column, set()).update(spellings)
    found: dict[Key, Source] = {}
    for column, texts in wanted.items():
        listed = sorted(texts)
        for start in range(0, len(listed), CHUNK):
            for source in _asked(column, listed[start : start + CHUNK]):
                found.setdefault(_key_of(source, column), source.kept())
    return found


def _asked(column: str, texts: Sequence[str]) -> Any:
    # A record that stands for itself comes before one that was merged away and has the same identifier.
    library = Source.objects.select_related("merged_into").order_by(F("merged_into_id").asc(nulls_first=True), "pk")
    if column != "title":
        return library.filter(**{f"{column}__in": texts})
    heads = {titles.ends(text)[0] for text in texts}  # because these have an index
    return library.annotate(low=Lower("title")).filter(title_head__in=heads, low__in=texts)


def _key_of(source: Source, column: str) -> Key:
    if column == "title":
        return _titled(source.title, source.published, source.container)
    return (column, getattr(source, column))
