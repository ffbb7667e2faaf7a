"""Whether this machine can do all that the site promises. Each check is "ok", or says in a few words what is not.

Readers do not lean on it: published pages go on being served while much of this is red (docs/decisions/0050).
"""

import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles import timed
from articles.operating.recent import Recent
from leukemia_site.observing import failures, store

Found = dict[str, str]
OK, UNKNOWN = "ok", "unknown"
PATIENCE = 2  # seconds: a database that takes longer is away
CLOCK_SECONDS = 5  # that our clock and the database's may differ: dates are derived by one, and written by the other
STORE_SECONDS = 30  # without news of changes; a process asks once a second
NOW = {
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
}

log = logging.getLogger(__name__)


def look() -> Found:
    """Every check, now. Waits for the database for a few seconds at most."""
    found = {"database": "away", **dict.fromkeys(("migrations", "clock", "timed_work"), UNKNOWN)}
    try:
        with _fresh_connection() as fresh:
            found |= {"clock": _clock(fresh), "migrations": _migrations(fresh), "database": OK}
        found["timed_work"] = _timed_work()
    except Error as error:  # what was not asked stays unknown
        log.warning("the database did not answer: %s", failures.named(error))
    return found | {"disk": _disk(), "store": _store()}


recently = Recent(look, seconds=1)  # however many ask


def is_ready(found: Found) -> bool:
    """Whether nothing is amiss."""
    return set(found.values()) == {OK}


@contextmanager
def _fresh_connection() -> Iterator[BaseDatabaseWrapper]:
    """One that was not open before and is not waited for: an old one may hang on a server that is gone."""
    fresh = connection.copy()
    if fresh.vendor == "postgresql":
        options: dict[str, Any] = fresh.settings_dict["OPTIONS"]
        options |= {
            "connect_timeout": PATIENCE,
            "options": f"{options.get('options', '')} -c statement_timeout={PATIENCE}s",
        }
    try:
        yield fresh
    finally:
        fresh.close()


def _clock(fresh: BaseDatabaseWrapper) -> str:
    with fresh.cursor() as cursor:
        before = time.time()
        cursor.execute(NOW[fresh.vendor])
        theirs = float(cursor.fetchone()[0])
    agree = before - CLOCK_SECONDS <= theirs <= time.time() + CLOCK_SECONDS
    return OK if agree else "differs from the database's"


def _migrations(fresh: BaseDatabaseWrapper) -> str:
    lacking = needed() - set(MigrationRecorder(fresh).applied_migrations())
    return "not all applied" if lacking else OK


@cache
def needed() -> frozenset[tuple[str, str]]:
    """The migrations of this release; reading them takes a moment."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def _timed_work() -> str:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
        late = timed.health(at=timezone.now()).late
    return f"late: {', '.join(late)}" if late else OK


def _disk() -> str:
    """Room, and whether it is there and may be written: a disk that fails is made read-only by the system."""
    try:
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError:
        return "not there"
    if not os.access(settings.VAR_DIR, os.W_OK | os.X_OK):
        return "can not be written"
    return OK if free >= settings.DISK_FREE_MEGABYTES * 1_000_000 else "nearly full"


def _store() -> str:
    """Whether the store of rendered pages hears of changes; fine where there is none."""
    age = store.age()
    return OK if age is None or age <= STORE_SECONDS else "has not heard of changes"
