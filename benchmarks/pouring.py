"""Rows into tables without the ORM's compiler, which would take longer than all the rest; and their seals."""

import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models

from articles import seals
from articles.content import parts_hash
from articles.models import Chain, Seal, hash_of
from articles.models.seal import SealedModel

MADE, FILLED = Seal.Event.MADE.value, Seal.Event.FILLED.value
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})  # in a line of COPY
PARTS = lru_cache(maxsize=64)(parts_hash)  # the same words are sealed with each of their reviews
_next: dict[type[models.Model], int] = {}


def pour(rows: Iterable[Any]) -> list[Any]:
    """Insert these rows of one table, which are given their numbers here, and seal what is sealed."""
    made = list(rows)
    if not made:
        return made
    model: Any = type(made[0])
    if isinstance(model._meta.pk, models.AutoField):
        first = _next.get(model) or (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        for number, row in enumerate(made, first):
            row.pk = number
        _next[model] = first + len(made)
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    adapted = [(place, adapt) for place, field in enumerate(fields) if (adapt := _adapts(field))]
    _insert(model, [field.column for field in fields], (_values(row, names, adapted) for row in made))
    if issubclass(model, SealedModel):
        _seal(made)
    return made


def settled() -> None:
    """Let the numbers of later rows go on after these."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(_next))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    _next.clear()


def _adapts(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField) and connection.vendor == "sqlite":
        return _as_text
    return None


def _as_text(at: datetime | None) -> str | None:
    return str(at.astimezone(UTC).replace(tzinfo=None)) if at else None


def _values(row: Any, names: Sequence[str], adapted: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    found = [getattr(row, name) for name in names]
    for place, adapt in adapted:
        found[place] = adapt(found[place])
    return found


def _insert(model: Any, columns: list[str], values: Iterable[list[Any]]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    said = f"{table} ({', '.join(map(connection.ops.quote_name, columns))})"
    if connection.vendor == "postgresql":
        lines = "".join("\t".join(map(_copied, row)) + "\n" for row in values)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {said} FROM STDIN", io.StringIO(lines))
        return
    marks = ", ".join(["?"] * len(columns))
    connection.ensure_connection()
    connection.connection.executemany(f"INSERT INTO {said} VALUES ({marks})", values)  # noqa: S608  names of columns


def _copied(value: Any) -> str:
    return "\\N" if value is None else str(value).translate(ESCAPED)


def _seal(rows: Sequence[Any]) -> None:
    """As articles/models/seal.py does it."""
    head, made = Chain._locked(), []
    filled = rows[0].fill_once[:1]
    changed = [row for row in rows if filled and getattr(row, filled[0])]
    for row, event in [*((row, MADE) for row in rows), *((row, FILLED) for row in changed)]:
        head.count += 1
        sealed, table = hash_of(row, event=event, parts=PARTS), row._meta.model_name
        head.last = seals.link(head.last, number=head.count, row=(table, row.pk, event), row_hash=sealed)
        said = {"row": row.pk, "event": event, "row_hash": sealed, "seal": head.last}
        made.append(Seal(number=head.count, table=table, **said))
    pour(made)
    head.signature = seals.sign(settings.SEAL_KEY, count=head.count, last=head.last)
    head.save()
