"""Many rows of one table in few statements. `bulk_create` and `bulk_update` take long over each single value."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

# Such a field stores these values as they are; of all others, and of every other field, it is asked.
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
_PLAIN = frozenset({str, int, type(None)})
Row = TypeVar("Row", bound=models.Model)
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


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write into each of these rows, which are there, its key first, the values of the fields with these names."""
    fields: list[Any] = [model._meta.pk, *map(model._meta.get_field, names)]
    name = connection.ops.quote_name
    table, (key, *values) = name(model._meta.db_table), [_told(n, field) for n, field in enumerate(fields, start=1)]
    written = ", ".join(f"{name(field.column)} = {value}" for field, value in zip(fields[1:], values, strict=True))
    where = f"WHERE {table}.{name(fields[0].column)} = {key}"
    marks = f"({', '.join(['%s'] * len(fields))})"
    left = iter(rows)
    with connection.cursor() as cursor:
        while part := list(islice(left, _VALUES // len(fields))):
            told = ", ".join([marks] * len(part))
            asked = zip(fields * len(part), chain.from_iterable(part), strict=True)
            cursor.execute(
                f"UPDATE {table} SET {written} FROM (VALUES {told}) AS told {where}",  # noqa: S608  names of our own
                [field.get_db_prep_save(value, connection) for field, value in asked],
            )


def read(rows: models.QuerySet[Row], *names: str) -> Iterator[Row]:
    """The rows of a query as `only` would read these columns (attnames), the key among them, or whole where none is
    named. Django looks at each column of each row by itself, which takes longer than the database."""
    model = rows.model
    names = names or tuple(field.attname for field in model._meta.concrete_fields)
    for values in rows.values_list(*names):
        row = model.__new__(model)
        vars(row).update(zip(names, values, strict=True), _state=ModelState())
        row._state.adding, row._state.db = False, rows.db
        yield row


def _told(place: int, field: Any) -> str:
    """A value at its place among those told. What it is not told the kind of, PostgreSQL takes for a text."""
    column, kind = f"told.column{place}", field.db_type(connection)
    # A text that is too long is to be refused; by a cast it would be cut.
    is_text = connection.vendor != "postgresql" or kind.startswith(("varchar", "text"))
    return column if is_text else f"CAST({column} AS {kind})"


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
