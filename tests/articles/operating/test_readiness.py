"""/readyz tells the truth: each check turns red by itself, and red is 503."""

import json
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import timed
from articles.models import Run
from articles.operating import readiness
from leukemia_site.observing import store

pytestmark = pytest.mark.django_db
CHECKS = ["clock", "database", "disk", "migrations", "store", "timed_work"]


@pytest.fixture(autouse=True)
def _all_is_well(monkeypatch, settings):
    """Every task has just succeeded, and nobody remembers what was before."""
    settings.DISK_FREE_MEGABYTES = 0
    monkeypatch.setattr(store._Told, "at", None)
    readiness.recently.forget()
    Run.objects.bulk_create(Run(task=task.name, succeeded_at=timezone.now()) for task in timed.TASKS)
    yield
    readiness.recently.forget()


@pytest.fixture
def asked(client):
    """What the page says: the status, and the checks that are not well."""

    def asking():
        answer = client.get("/readyz")
        found = json.loads(answer.content)
        assert found["ready"] == (answer.status_code == 200)
        assert sorted(found["checks"]) == CHECKS
        return answer.status_code, {name: said for name, said in found["checks"].items() if said != "ok"}

    return asking


def test_all_is_well(asked):
    assert asked() == (200, {})


def test_it_needs_few_questions_and_no_cookie_and_is_never_kept(client):
    with CaptureQueriesContext(connection) as questions:
        answer = client.get("/readyz", headers={"Cookie": "sessionid=x"})
    assert len(questions) <= 5  # PostgreSQL is told, too, how long it may take
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/readyz").status_code == 405


def test_without_the_database_the_rest_is_told_and_what_was_not_asked_is_unknown(asked, monkeypatch, caplog):
    def away(*_args):
        raise OperationalError("user secret, host secret")

    monkeypatch.setattr(readiness, "_clock", away)
    unknown = dict.fromkeys(("clock", "migrations", "timed_work"), "unknown")
    assert asked() == (503, {"database": "away", **unknown})
    assert "secret" not in caplog.text


def test_a_server_that_is_not_there_is_noticed_soon(monkeypatch):
    gone = connection.copy()
    gone.settings_dict |= {"NAME": "/nowhere/at/all", "HOST": "127.0.0.1", "PORT": "1"}
    monkeypatch.setattr(readiness, "connection", SimpleNamespace(copy=lambda: gone))
    assert readiness.look()["database"] == "away"


def test_one_migration_that_is_not_applied_turns_it_red(asked, monkeypatch):
    more = readiness.needed() | {("articles", "9999_to_come")}
    monkeypatch.setattr(readiness, "needed", lambda: more)
    assert asked() == (503, {"migrations": "not all applied"})


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_clock_that_differs_from_the_databases_turns_it_red(asked, monkeypatch, seconds):
    now = readiness.time.time
    monkeypatch.setattr(readiness, "time", SimpleNamespace(time=lambda: now() + seconds))
    assert asked() == (503, {"clock": "differs from the database's"})


def test_two_missed_periods_of_timed_work_turn_it_red(asked, settings):
    period = timedelta(minutes=settings.RUN_DUE_MINUTES)
    mail = Run.objects.filter(task="mail")
    mail.update(succeeded_at=timezone.now() - 1.9 * period)
    assert asked() == (200, {})
    mail.update(succeeded_at=timezone.now() - 2.1 * period)
    readiness.recently.forget()
    assert asked() == (503, {"timed_work": "late: mail"})


def test_work_that_has_not_run_the_first_time_is_no_reason_to_be_not_ready(asked, monkeypatch):
    Run.objects.all().delete()
    monkeypatch.setattr(timed, "set_up_at", lambda: timezone.now() - timedelta(minutes=9))
    assert asked() == (200, {})
    monkeypatch.setattr(timed, "set_up_at", lambda: timezone.now() - timedelta(minutes=11))
    readiness.recently.forget()
    status, found = asked()
    assert (status, list(found)) == (503, ["timed_work"])
    assert "mirror" not in found["timed_work"]


def test_too_little_room_on_the_disk_turns_it_red(asked, settings):
    settings.DISK_FREE_MEGABYTES = 9_999_999
    assert asked() == (503, {"disk": "nearly full"})


def test_a_disk_that_is_not_there_turns_it_red(asked, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "gone"
    assert asked() == (503, {"disk": "not there"})


def test_a_disk_that_became_read_only_turns_it_red(asked, monkeypatch):
    monkeypatch.setattr(readiness.os, "access", lambda _place, how: not how & os.W_OK)
    assert asked() == (503, {"disk": "can not be written"})


def test_a_store_that_hears_of_no_change_turns_it_red(asked, monkeypatch):
    monkeypatch.setattr(store, "age", lambda: 29.0)
    assert asked() == (200, {})
    monkeypatch.setattr(store, "age", lambda: 31.0)
    readiness.recently.forget()
    assert asked() == (503, {"store": "has not heard of changes"})


def test_however_many_ask_the_database_is_asked_once_a_second(client, monkeypatch):
    asked = []
    monkeypatch.setattr(readiness.recently, "_ask", lambda: asked.append(1) or {"database": "ok"})
    for _ in range(5):
        client.get("/readyz")
    assert len(asked) == 1
