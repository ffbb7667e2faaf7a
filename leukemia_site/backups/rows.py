"""Rows as lines of JSON that no engine owns, and back with their keys. Every table that Django knows, now or later."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TextIO

from django.apps import apps
from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Model = type[models.Model]
# Whoever reads a backup must not be let in by it, so everybody signs in again. And what processes were told of
# changes is no matter of the site that comes back: its log begins anew.
LEFT_OUT = {"sessions.Session", "articles.ReaderChange", "articles.ReaderCounter"}
AT_ONCE = 200  # rows in memory; an edition may have 100 kB


def kept() -> list[Model]:
    """The model of every table that is part of a backup, in a fixed order; tables between two models, too."""
    found = apps.get_models(include_auto_created=True)
    ours = (m for m in found if m._meta.managed and not m._meta.proxy and m._meta.label not in LEFT_OUT)
    return sorted(ours, key=lambda model: model._meta.label)


def columns(model: Model) -> list[str]:
    """The names of what a row of this table holds."""
    return [field.attname for field in _fields(model)]


def _fields(model: Model) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def count(model: Model) -> int:
    """How many rows there are."""
    return plain(model).count()


def plain(model: Model) -> models.QuerySet[Any]:
    """All rows, past whatever a model's own manager refuses or hides."""
    return models.QuerySet(model)


class Sum:
    """Adds up lines, whatever their order: the two engines sort text differently."""

    def __init__(self) -> None:
        self.rows = self.total = 0

    def add(self, line: str) -> None:
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line.encode()).digest())) % 2**256

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.rows, self.total) == (other.rows, other.total)

    __hash__ = None  # type: ignore[assignment]  # it changes


def lines(model: Model) -> Iterator[str]:
    """Each row as JSON without a line break, in the order of keys."""
    fields = _fields(model)
    for row in plain(model).order_by("pk").iterator(chunk_size=AT_ONCE):
        values = {field.attname: _written(field, row) for field in fields}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _written(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    # Django's own encoder for JSON cuts microseconds off, which history seals.
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)


def load(connection: BaseDatabaseWrapper, model: Model, file: TextIO) -> Sum:
    """Insert the lines of a file as they are, past `save` and `pre_save`. Returns what they add up to."""
    fields, added = _fields(model), Sum()
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608  our own tables
    row = f"({', '.join(['%s'] * len(fields))})"
    most = max(1, (connection.features.max_query_params or 50_000) // len(fields))
    remaining = (line.rstrip("\n") for line in file)
    with connection.cursor() as cursor:
        while chunk := list(islice(remaining, min(most, AT_ONCE))):
            values = [value for line in chunk for value in _read(fields, line, connection)]
            cursor.execute(head + ", ".join([row] * len(chunk)), values)
            for line in chunk:
                added.add(line)
    return added


def _read(fields: list[Any], line: str, connection: BaseDatabaseWrapper) -> Iterator[Any]:
    values = json.loads(line)
    for field in fields:
        value = field.to_python(values[field.attname])
        # Not `get_db_prep_save`, which cleans rich text: what was signed comes back byte by byte.
        yield None if value is None and field.null else field.get_db_prep_value(value, connection)


def read_back(model: Model) -> Sum:
    """What the rows of a table add up to."""
    found = Sum()
    for line in lines(model):
        found.add(line)
    return found


def empty(connection: BaseDatabaseWrapper, found: Iterable[Model]) -> None:
    """Delete every row, with no question asked of managers; keys between tables are checked at the end."""
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def go_on_counting(connection: BaseDatabaseWrapper, found: list[Model]) -> None:
    """Let the next row get the number after the last one (SQLite does that by itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
