"""A process killed at any instant of a deed leaves before or after, never between, and a history that verifies."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg2
import pytest
from django.db import connection

from tests.conftest import PROOF, ROOT

KILLS = {"sample": 10, "full": 200}[PROOF]


@pytest.fixture
def database(tmp_path) -> Iterator[str]:
    """The address of an empty database of the engine that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    own = connection.settings_dict
    name = f"killed_{os.getpid()}"
    place = f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}"
    with _server(own) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield f"{place}/{name}"
    with _server(own) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _server(own):
    outer = psycopg2.connect(
        host=own["HOST"], port=own["PORT"], user=own["USER"], password=own["PASSWORD"], dbname="postgres"
    )
    outer.autocommit = True
    return outer.cursor()


def run(database: str, *command: str) -> str:
    here = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | here,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_killed_deed_leaves_before_or_after(database):
    run(database, "manage.py", "migrate", "--verbosity=0")
    said = json.loads(run(database, "-m", "tests.kills", str(KILLS), "20261123").splitlines()[-1])
    hits, places = said["kills"], said["places"]
    print(f"{sum(hits.values())} kills on {connection.vendor}: {hits}, {json.dumps(places, indent=1)}")
    assert sum(hits.values()) >= KILLS
    if KILLS >= 100:
        assert set(hits) == {"attest", "publish", "withdraw"}
        assert {place.split(", ")[0] for place in places if "statement" in place} == set(hits)
        assert any("commit" in place for place in places)
