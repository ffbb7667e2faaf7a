"""What has changed for readers: the question that every process asks once a second, of the primary database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction

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
        yield
        return
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(SECONDS * 1000))])
        yield


def number_at(alias: str) -> int:
    """How far a copy of the database is. Raises django.db.Error where it can not be asked."""
    return ReaderCounter.objects.using(alias).values_list("number", flat=True).first() or 0
