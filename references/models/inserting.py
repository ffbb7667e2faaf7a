"""Many rows of one table in few statements. `bulk_create` takes much longer, most of it over each single value."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models

# Such a field stores these values as they are; of all others, and of every other field, it is asked.
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
_PLAIN = frozenset({str, int, type(None)})
_VALUES = 900  # in one statement; SQLite may take 999


def insert(rows: Sequence[models.Model]) -> None:
    """Write these new rows of one model, whose keys they get, as `bulk_create` would. In a transaction."""
    if any(row.pk is not None for row in rows):
        raise ValueError("A row that has a key is no new one")
    if rows:
        columns = [_column(field) for field in _fields(type(rows[0]))]
        keys = insert_values(type(rows[0]), [[column(row) for column in columns] for row in rows])
        for row, key in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias


def insert_values(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> list[int]:
    """The same of values as the database takes them, in the order of the model's fields; the key is not among them.
    Returns the keys."""
    name, fields, keys = connection.ops.quote_name, _fields(model), list[int]()
    columns = ", ".join(name(field.column) for field in fields)
    into = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608  names of our own
    returning = f" RETURNING {name('id')}"
    marks, most = f"({', '.join(['%s'] * len(fields))})", _VALUES // len(fields)
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), most):
            part = rows[begin : begin + most]
            cursor.execute(into + ", ".join([marks] * len(part)) + returning, list(chain.from_iterable(part)))
            keys += (key for (key,) in cursor.fetchall())
    return keys


def _fields(model: type[models.Model]) -> list[Any]:
    fields: Iterable[Any] = model._meta.local_concrete_fields
    return [field for field in fields if not field.primary_key]


def _column(field: Any) -> Callable[[models.Model], Any]:
    """What the database takes of a row for this field."""

    def asked(row: models.Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, True), connection=connection)

    def plain(row: models.Model) -> Any:
        value = getattr(row, field.attname)
        return value if type(value) in _PLAIN else asked(row)

    # A field of our own may make something else of a text.
    return plain if isinstance(field, _AS_IT_IS) and type(field).__module__.startswith("django.") else asked
