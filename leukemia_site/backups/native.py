"""The engine's own copy of the database: SQLite's online backup, PostgreSQL's pg_dump."""

import gzip
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from leukemia_site.backups.archive import Archive, Writer
from leukemia_site.backups.refusals import Refused
from leukemia_site.backups.rows import LEFT_OUT

NAMES = {"sqlite": "native/database.sqlite3.gz", "postgresql": "native/database.pgdump"}
_LEFT_OUT = [apps.get_model(name)._meta.db_table for name in sorted(LEFT_OUT)]


def add(writer: Writer, connection: BaseDatabaseWrapper, *, moment: str, folder: Path) -> str:
    """Add the copy of the moment that `connection` is held at. Returns "", or why there is none."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as scratch:
        copy = Path(scratch) / "copy"
        why = _dump(connection, moment, copy) if connection.vendor == "postgresql" else _copy(connection, copy)
        if not why:
            with copy.open("rb") as file:
                writer.add(NAMES[connection.vendor], file, copy.stat().st_size)
        return why


def _copy(connection: BaseDatabaseWrapper, target: Path) -> str:
    plain = target.with_name("plain")
    with closing(sqlite3.connect(plain, isolation_level=None)) as copy:
        connection.connection.backup(copy)  # it sees what the open transaction sees
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in _LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608  our own names, and Django's
        copy.execute("VACUUM")  # deleted rows stay legible in free pages: sessions, and whatever else was deleted
    with plain.open("rb") as file, gzip.GzipFile(target, "wb", compresslevel=6, mtime=0) as packed:
        shutil.copyfileobj(file, packed)
    return ""


def _dump(connection: BaseDatabaseWrapper, moment: str, target: Path) -> str:
    more = [f"--snapshot={moment}", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    return _run("pg_dump", connection, [*more, *(f"--exclude-table-data={table}" for table in _LEFT_OUT)])


def load(archive: Archive, connection: BaseDatabaseWrapper) -> None:
    """Put the copy in the place of the database, all at once. Raises Refused if that fails; then nothing changed."""
    with tempfile.TemporaryDirectory(prefix="restore-") as scratch:
        copy = Path(scratch) / "copy"
        with archive.bytes_of(NAMES[connection.vendor]) as part, copy.open("wb") as file:
            shutil.copyfileobj(gzip.GzipFile(fileobj=part) if connection.vendor == "sqlite" else part, file)
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(copy)) as source:
                source.backup(connection.connection)  # one transaction of SQLite's
            return
        whole = ["--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges", str(copy)]
        if why := _run("pg_restore", connection, whole):
            raise Refused(f"Nothing is restored: {why}")


def _run(program: str, connection: BaseDatabaseWrapper, more: list[str]) -> str:
    """Run a program of PostgreSQL's on our database. Returns "", or what went wrong."""
    settings: dict[str, Any] = connection.settings_dict
    (_psql, *where, name), passwords = DatabaseClient.settings_to_cmd_args_env(settings, [])
    command = [program, *where, f"--dbname={name}", "--no-password", *more]
    try:
        ran = subprocess.run(command, env=os.environ | (passwords or {}), capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return f"{program} is not installed here (Debian: apt install postgresql-client)."
    said = ran.stderr.strip().splitlines() or [f"it ended with {ran.returncode}"]
    return "" if ran.returncode == 0 else f"{program} failed: {said[0]}"
