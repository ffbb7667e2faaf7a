"""Empty machines: a folder and a database each, on which commands run as processes of their own."""

import contextlib
import gzip
import json
import os
import subprocess
import sys
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.db import connections

from tests.house import ROOT

BEGIN = "import django; django.setup(); from django.core.management import call_command as run\n"


@dataclass(frozen=True)
class Machine:
    """Where one site lives."""

    var: Path
    database: str = ""  # empty: a SQLite file in `var`
    seal_key: str = "what-signs-the-history-of-this-site"

    @property
    def place(self) -> dict[str, str]:
        place = {"PATH": os.environ["PATH"], "VAR_DIR": str(self.var), "DEBUG": "on", "PYTHONPATH": str(ROOT)}
        place |= {
            "SEAL_KEY": self.seal_key,
            "DJANGO_SETTINGS_MODULE": "leukemia_site.settings",
            "PGOPTIONS": "-c synchronous_commit=off",
        }
        return place | ({"DATABASE_URL": self.database} if self.database else {})

    def manage(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run manage.py."""
        return self._run("manage.py", *map(str, words))

    def python(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a script in which `run` runs commands."""
        return self._run("-c", BEGIN + script)

    def start(self, script: str) -> subprocess.Popen[str]:
        """Begin a script and let it run; it may print."""
        command = [sys.executable, "-c", BEGIN + script]
        return subprocess.Popen(command, cwd=ROOT, env=self.place, stdout=subprocess.PIPE, text=True)

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=ROOT, env=self.place, capture_output=True, text=True, timeout=300)


def said(ran: subprocess.CompletedProcess[str]) -> str:
    """What it printed; fails unless it went well."""
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def refused(ran: subprocess.CompletedProcess[str]) -> str:
    """Why it did not do it: one sentence or two, and no traceback."""
    assert ran.returncode != 0
    assert "Traceback" not in ran.stderr
    return ran.stderr


def postgres(name: str) -> str:
    """The address of a new, empty database beside the one that tests use."""
    given = connections["default"].settings_dict
    name = f"{given['NAME']}_{name}"
    where = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with closing(psycopg2.connect(**where, dbname="postgres")) as server:
        server.autocommit = True
        with server.cursor() as cursor, contextlib.suppress(psycopg2.errors.DuplicateDatabase):
            cursor.execute(f'CREATE DATABASE "{name}"')
    with closing(psycopg2.connect(**where, dbname=name)) as ours, ours, ours.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")  # quicker than another database
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{secret}@{given['HOST']}:{given['PORT'] or 5432}/{name}"


def manifest(file: Path) -> dict:
    """What a backup says of itself."""
    with tarfile.open(file) as tar:
        return json.load(tar.extractfile("manifest.json"))


def contents(file: Path) -> dict[str, bytes]:
    """Every part of a backup, unpacked."""
    with tarfile.open(file) as tar:
        parts = {name: tar.extractfile(name).read() for name in tar.getnames()}
    return {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in parts.items()}


def rows(file: Path, label: str) -> list[dict]:
    """The rows of one table in a backup."""
    return [json.loads(line) for line in contents(file)[f"rows/{label}.jsonl.gz"].splitlines()]


def tables(file: Path) -> dict[str, object]:
    """The lines of every table in a backup, whatever their order, and what is said at every address."""
    parts = {name: sorted(data.splitlines()) for name, data in contents(file).items() if name.startswith("rows/")}
    return parts | manifest(file)["pages"]["words"]
