"""Slow questions to the database are written down, and never what was asked about."""

import logging
import time

import pytest
from django.db import connection

from leukemia_site.observing import commands, counting, slow

pytestmark = pytest.mark.django_db
# It counts, which takes any machine more than a millisecond.
LONG = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < %s) SELECT count(*), %s FROM n"
SECRET = "rosa@example.org"


def ask():
    with connection.cursor() as cursor:
        cursor.execute(LONG, [100_000, SECRET])


@pytest.fixture
def told(caplog):
    """What was written, as fields."""
    caplog.set_level(logging.WARNING, logger=slow.log.name)
    return lambda: [record.fields for record in caplog.records if record.name == slow.log.name]


def test_a_slow_one_is_told_with_placeholders_time_and_what_it_was_for(told, settings, monkeypatch):
    monkeypatch.setattr(counting._Here, "counts", counting.Counts())
    settings.SLOW_QUERY_MS = 1
    with slow.watched(lambda: "<slug:slug>/"):
        ask()
    (found,) = told()
    assert (found["sql"], found["asked_for"]) == (LONG, "<slug:slug>/")
    assert found["milliseconds"] >= 1
    assert SECRET not in str(found)
    assert counting.counts().registry.get_sample_value("leukemia_site_slow_queries_total") == 1


def test_a_copy_of_the_database_is_watched_too(told, settings, monkeypatch):
    settings.SLOW_QUERY_MS = 1
    copy = connection.copy("replica")
    monkeypatch.setattr(slow.connections, "all", lambda: [connection, copy])
    with slow.watched(lambda: "<slug:slug>/"):
        assert len(copy.execute_wrappers) == 1
        copy.execute_wrappers[0](lambda *_: time.sleep(0.01), "SELECT 1", None, False, {})
    assert copy.execute_wrappers == []
    assert [found["sql"] for found in told()] == ["SELECT 1"]


@pytest.mark.parametrize("limit", [0, 600_000])
def test_others_are_not(told, settings, limit):
    settings.SLOW_QUERY_MS = limit
    with slow.watched(lambda: ""):
        ask()
    assert told() == []


def test_a_command_is_watched_like_a_request(told, settings):
    settings.SLOW_QUERY_MS = 1
    with commands.seen("manage.py run_due"):
        ask()
    assert told()[0]["asked_for"] == "manage.py run_due"


def test_a_very_long_one_is_cut(told, settings):
    settings.SLOW_QUERY_MS = 1
    with slow.watched(lambda: ""), connection.cursor() as cursor:
        cursor.execute(f"{LONG} WHERE 1 = 1{' AND 1 = 1' * 500}", [100_000, SECRET])
    sql = told()[0]["sql"]
    assert len(sql) == slow.HEAD + len(" … ") + slow.TAIL
    assert sql.startswith("WITH RECURSIVE")
    assert sql.endswith("AND 1 = 1")
