"""The question that every process asks once a second, where the file of SQLite is moved under it."""

import shutil
import sqlite3

import pytest
from django.db import OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from articles.reading.log import Opened

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "db.sqlite3"
    _write(path, "first")
    return path


@pytest.fixture
def connection(file):
    found = DatabaseWrapper({**connections["default"].settings_dict, "NAME": str(file), "OPTIONS": {}})
    yield found
    found.close()


def _write(path, word):
    with sqlite3.connect(path) as there:
        there.execute("CREATE TABLE told (word TEXT)")
        there.execute("INSERT INTO told VALUES (?)", [word])
    there.close()


def said(opened, connection):
    opened.check(connection)
    return connection.connection.execute("SELECT word FROM told").fetchone()[0]


def test_a_file_that_was_moved_away_is_a_database_that_is_away(connection, file):
    opened, away = Opened(), file.with_name("away")
    assert said(opened, connection) == "first"
    file.rename(away)
    for _time in range(2):
        with pytest.raises(OperationalError, match="not there"):
            opened.check(connection)
    assert not file.exists()  # nor has anybody made an empty one
    away.rename(file)
    assert said(opened, connection) == "first"


def test_a_file_that_was_put_in_its_place_is_read(connection, file, tmp_path):
    opened = Opened()
    said(opened, connection)
    _write(tmp_path / "other", "second")
    shutil.move(tmp_path / "other", file)
    assert said(opened, connection) == "second"


def test_one_file_is_opened_once(connection):
    opened = Opened()
    opened.check(connection)
    first = connection.connection
    opened.check(connection)
    assert connection.connection is first


@pytest.mark.parametrize("name", [":memory:", "file:memorydb_default?mode=memory&cache=shared"])
def test_what_is_in_memory_has_no_file(connection, name):
    connection.settings_dict["NAME"] = name
    Opened().check(connection)
    assert connection.connection is None
