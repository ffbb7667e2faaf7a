"""The database as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Inside, every read on this connection sees the same moment, and nobody waits for us.

    Yields PostgreSQL's name of the snapshot, for programs that shall see that moment, too; on SQLite "".
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                name = str(cursor.fetchone()[0])
            yield name
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # by hand: Django's own transactions take the writers' lock
        cursor.execute("SELECT count(*) FROM sqlite_master")  # the moment is that of the first read
    try:
        yield ""
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
