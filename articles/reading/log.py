"""What has changed for readers: the question that every process asks once a second, of the primary database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import ReaderCounter
from articles.outdated import asking
from leukemia_site.front.changes import Answer

SECONDS = 0.5  # for one statement; who asks has asked again by then


def since(number: int) -> Answer:
    """All changes after this number, and the newest one. Raises django.db.Error where the database is away, or too busy
    to say; the connection, which is the calling thread's own, is made anew the next time."""
    try:
        with _bounded():
            return asking.since(number)
    except Error:
        connections[DEFAULT_DB_ALIAS].close()
        raise


def withdrawn(slugs: frozenset[str]) -> frozenset[str]:
    """Which of these pages are. Raises django.db.Error."""
    return asking.withdrawn(slugs)


@contextmanager
def _bounded() -> Iterator[None]:
    """On PostgreSQL in a transaction of its own, the shortest, so that the limit goes with it: some who stand between
    us and the database give one connection to many. SQLite would have writers wait for that."""
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        opened.check(connections[DEFAULT_DB_ALIAS])
        yield
        return
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(SECONDS * 1000))])
        yield


class Opened(threading.local):
    """Which file of SQLite this thread's connection has open: it goes on in a file that was moved away or replaced, and
    would notice nothing; and in place of one that is not there it would make an empty one."""

    connection: Any = None
    file: tuple[int, int] = (0, 0)

    def check(self, connection: BaseDatabaseWrapper) -> None:
        """Raises OperationalError where the file is not there; opens the one that is."""
        name = str(connection.settings_dict["NAME"])
        if name == ":memory:" or name.startswith("file:"):
            return
        try:
            about = Path(name).stat()
        except OSError as error:
            raise OperationalError("The file of the database is not there.") from error
        if connection.connection is not None and self.connection is connection.connection:
            if self.file == (about.st_dev, about.st_ino):
                return
            connection.close()
        connection.ensure_connection()
        self.connection, self.file = connection.connection, (about.st_dev, about.st_ino)


opened = Opened()


def number_at(alias: str) -> int:
    """How far a copy of the database is. Raises django.db.Error where it can not be asked."""
    return ReaderCounter.objects.using(alias).values_list("number", flat=True).first() or 0
