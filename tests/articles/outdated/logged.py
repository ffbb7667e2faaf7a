"""What a deed wrote into the log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from articles.models import ReaderCounter
from articles.outdated import asking
from leukemia_site.front.changes import Answer


def commit() -> None:
    """Let happen what PostgreSQL does at the end of a transaction, in a test that never comes to that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def newest() -> int:
    """The number up to which everything is known."""
    commit()
    return ReaderCounter.objects.get().number


def after(number: int) -> Answer:
    commit()
    return asking.since(number)


def tags(number: int) -> set[str]:
    return {tag for _number, tag in after(number).changes}


def by(deed: Callable[[], Any]) -> set[str]:
    """The tags of what this changed."""
    before = newest()
    deed()
    return tags(before)


@contextmanager
def silent() -> Iterator[None]:
    """What is done here changes nothing for readers."""
    before = newest()
    yield
    assert tags(before) == set()
