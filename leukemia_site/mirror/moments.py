"""One moment of the database, which several processes see at once (on PostgreSQL the very same one)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from leukemia_site.backups.snapshot import snapshot


def is_given() -> bool:
    """Whether we stand inside of somebody's transaction, so that no other process could see what we see."""
    return connection.in_atomic_block


@contextmanager
def chosen() -> Iterator[str]:
    """Inside, nothing changes. Yields the name by which another process joins in."""
    if is_given():
        yield ""
    else:
        with snapshot(connection) as name:
            yield name


@contextmanager
def joined(name: str) -> Iterator[None]:
    """The moment of that name. SQLite has no such names: there it is a later one, by a blink."""
    if connection.vendor != "postgresql":
        with snapshot(connection):
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [name])
        yield
