"""Puts the triggers of the log up, after every migrate, and takes them down."""

from collections.abc import Iterator

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.outdated import statements
from articles.outdated.watched import tables


def install(connection: BaseDatabaseWrapper) -> None:
    """(Re)create the triggers of every table that exists, and begin the log anew: without them, anything may have been
    written unseen."""
    existing = set(connection.introspection.table_names())
    if not {statements.LOG, statements.COUNTER} <= existing:
        return  # a migration on the way to these tables
    make = statements.sqlite if connection.vendor == "sqlite" else statements.postgresql
    number = statements.sqlite_numbering if connection.vendor == "sqlite" else statements.postgresql_numbering
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in number():
            cursor.execute(statement)
        for model, watched in tables().items():
            for statement in make(model, watched) if _complete(connection, existing, model) else ():
                cursor.execute(statement)
        cursor.execute(statements.anew(connection.vendor))


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove them, until the next migrate puts them back."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in _drops(connection.vendor, existing):
            cursor.execute(statement)


def _drops(vendor: str, existing: set[str]) -> Iterator[str]:
    found = [(model._meta.db_table, statements.names(vendor, model)) for model in tables()]
    numbering = {statements.NUMBERING} if vendor == "sqlite" else {statements.CLOSING, statements.NUMBERING}
    for table, names in (*found, (statements.LOG, numbering)):
        for name in sorted(names) if table in existing else ():
            yield f'DROP TRIGGER IF EXISTS "{name}"' + (f' ON "{table}"' if vendor == "postgresql" else "")


def _complete(connection: BaseDatabaseWrapper, existing: set[str], model: type[models.Model]) -> bool:
    """Whether the table is as the program knows it; else a migration is on the way to that."""
    table = model._meta.db_table
    if table not in existing:
        return False
    with connection.cursor() as cursor:
        there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    return {field.column for field in model._meta.concrete_fields} <= there
