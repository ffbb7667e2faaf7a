"""Empties the tables after a test with real transactions: those that have rows, and no others.

Django's flush empties all of them, and makes every content type, permission and role anew, which takes longer than most
of these tests do. It is used all the same where a test changed more than rows: triggers, or what a migrate puts there.
"""

from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from articles import triggers
from tests import remembering, rows


@dataclass(frozen=True)
class Fresh:
    """What a migrate left, besides empty tables."""

    rows: dict[str, list[Any]]
    triggers: frozenset[str]
    tables: frozenset[str]

    @classmethod
    def now(cls) -> "Fresh":
        tables = frozenset(connection.introspection.table_names())
        return cls({table: _rows(table) for table in rows.KEPT}, frozenset(triggers.installed(connection)), tables)


def empty(fresh: Fresh) -> None:
    """Bring the database to what `fresh` says."""
    if Fresh.now() == fresh:
        with transaction.atomic():
            _delete(rows.filled())
    else:
        triggers.drop(connection)  # or the rows could not be deleted; `post_migrate` puts them back
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
        remembering.forget()


def _rows(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')
        return cursor.fetchall()


def _delete(tables: list[str]) -> None:
    """Past the triggers of frozen tables. Foreign keys are checked at the end, so that the order does not matter."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Those of frozen tables; the ones that keep an index of full text go on doing so.
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_no\\_%' ESCAPE '\\'"
            )
            stopping = cursor.fetchall()
            before = [f'DROP TRIGGER "{name}"' for name, _sql in stopping]
            after = [sql for _name, sql in stopping]
        else:
            before = [f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables]
            after = [
                "SET CONSTRAINTS ALL IMMEDIATE",  # a table with rows that wait to be checked can not be altered
                *(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables),
            ]
        for statement in (*before, *(f'DELETE FROM "{table}"' for table in tables), *after):
            cursor.execute(statement)
