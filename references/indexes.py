"""The index of the words of sources: full text of the engine that is there, put up after every migrate.

SQLite rebuilds a table on AlterField and drops its triggers silently; then the index is filled anew.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from references.models import Source
from references.models.derived import INDEX, LEXEMES

_TABLE = Source._meta.db_table
_TRIGGERS = ("made", "gone", "changed")


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index where it is missing."""
    with connection.cursor() as cursor:
        columns = {found.name for found in connection.introspection.get_table_description(cursor, _TABLE)}
    if "words" not in columns:
        return  # a migration on the way to the table as it is now
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in make(connection):
            cursor.execute(statement)


def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[str]:
    yield f"CREATE INDEX IF NOT EXISTS {INDEX} ON {_TABLE} USING gin (({LEXEMES.format('words')}))"


def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    wanted = {INDEX, *(f"{INDEX}_{name}" for name in _TRIGGERS)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{INDEX}%"])
        there = {name for (name,) in cursor.fetchall()}
    if wanted <= there:
        return
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(words, content='{_TABLE}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0', columnsize=0, prefix='2 3')"
    )
    for name in _TRIGGERS:
        yield f"DROP TRIGGER IF EXISTS {INDEX}_{name}"
    add = f"INSERT INTO {INDEX}(rowid, words) VALUES (NEW.id, NEW.words);"  # noqa: S608  our own names
    drop = f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"  # noqa: S608
    yield f"CREATE TRIGGER {INDEX}_made AFTER INSERT ON {_TABLE} BEGIN {add} END"
    yield f"CREATE TRIGGER {INDEX}_gone AFTER DELETE ON {_TABLE} BEGIN {drop} END"
    changed = "WHEN OLD.words IS NOT NEW.words"
    yield f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE OF words ON {_TABLE} {changed} BEGIN {drop} {add} END"
    yield f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')"  # noqa: S608
