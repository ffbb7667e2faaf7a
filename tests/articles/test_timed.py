"""Which timed work is due, and whether it is late."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles import heads, runs, timed
from articles.models import Chain, Edition, Message, Run
from articles.verifying import problems
from tests import cast

pytestmark = pytest.mark.django_db
SELDOM = {task.name for task in timed.TASKS if task.every}
NAMES = {task.name for task in timed.TASKS}
OFF = {"mirror", "handouts", "old-handouts"}  # no mirror is kept in a test, and handouts count as not installed


@pytest.fixture(autouse=True)
def _no_handouts(monkeypatch):
    monkeypatch.setattr("articles.handouts.extra.there", lambda: False)


def due(at):
    return {task.name for task in timed.due(at=at)}


def all_ran(at=cast.NOON):
    for task in timed.TASKS:
        runs.run(task.name, task.work, at=at)


def test_at_first_everything_is_due():
    assert due(cast.NOON) == NAMES


def test_daily_work_is_due_once_a_day():
    all_ran()
    assert due(cast.later(minutes=5)) == NAMES - SELDOM
    assert due(cast.later(hours=23, minutes=59)) == NAMES  # or it would slip by five minutes every day


def test_failed_work_is_due_again():
    all_ran()
    Run.objects.update(succeeded_at=None)
    assert due(cast.later(minutes=5)) == NAMES


def test_it_is_late_when_two_periods_were_missed():
    all_ran()
    assert timed.health(at=cast.later(minutes=10)) == timed.Health(cast.NOON, ())
    assert set(timed.health(at=cast.later(minutes=10, seconds=1)).late) == NAMES - SELDOM - OFF
    assert set(timed.health(at=cast.later(days=2, seconds=1)).late) == NAMES - OFF


def test_the_period_is_a_setting(settings):
    settings.RUN_DUE_MINUTES = 60
    all_ran()
    assert timed.health(at=cast.later(hours=2)).late == ()


def set_up(at=cast.NOON):
    """The tables were last changed then."""
    MigrationRecorder(connection).Migration.objects.update(applied=at)


def test_where_it_never_ran_it_is_late_once_two_periods_have_passed_since_the_site_was_set_up():
    set_up()
    assert timed.health(at=cast.later(minutes=10)) == timed.Health(None, ())
    assert set(timed.health(at=cast.later(minutes=10, seconds=1)).late) == NAMES - SELDOM - OFF
    assert set(timed.health(at=cast.later(days=2, seconds=1)).late) == NAMES - OFF


def test_while_the_first_round_is_at_work_nothing_is_late():
    set_up()
    runs.run("publish", lambda **_: "done", at=cast.later(minutes=1))
    assert timed.health(at=cast.later(minutes=2)) == timed.Health(cast.later(minutes=1), ())


def test_what_failed_the_first_time_is_late_at_once():
    set_up()
    runs.run("seals", lambda **_: 1 / 0, at=cast.later(minutes=1))
    assert timed.health(at=cast.later(minutes=2)).late == ("seals",)


def test_the_site_was_set_up_with_its_last_migration():
    set_up()
    last = MigrationRecorder(connection).Migration.objects.latest("pk")
    MigrationRecorder(connection).Migration.objects.filter(pk=last.pk).update(applied=cast.later(days=3))
    assert timed.set_up_at() == cast.later(days=3)


def test_only_what_is_switched_on_is_called_late(settings, monkeypatch):
    all_ran()
    assert not OFF & set(timed.health(at=cast.later(days=9)).late)
    settings.MIRROR_DIR = "/srv/mirror"
    assert "mirror" in timed.health(at=cast.later(days=9)).late
    monkeypatch.setattr("articles.handouts.extra.there", lambda: True)
    assert {"handouts", "old-handouts"} <= set(timed.health(at=cast.later(days=9)).late)


def test_what_is_switched_on_later_has_two_periods_for_its_first_time(settings):
    all_ran()
    settings.MIRROR_DIR = "/srv/mirror"
    assert timed.health(at=cast.later(minutes=10)).late == ()


def test_one_task_that_fails_stands_out_from_the_others():
    all_ran()
    all_ran(cast.later(hours=1))
    Run.objects.filter(task="mail").update(succeeded_at=cast.NOON)
    assert timed.health(at=cast.later(hours=1)) == timed.Health(cast.later(hours=1), ("mail",))


def test_the_tasks_do_their_work():
    cast.scheduled()
    Session.objects.create(session_key="old", expire_date=timezone.now() - timedelta(days=1))
    all_ran(cast.later(days=2))
    assert Edition.objects.count() == 1
    assert not Session.objects.exists()


def test_every_task_has_a_name_of_its_own():
    assert len(NAMES) == len(timed.TASKS)


def test_the_head_of_the_chain_is_kept_and_mailed_once_for_each_state(settings, tmp_path):
    settings.HEADS_FILE = tmp_path / "heads.jsonl"
    ada = cast.cast().ada
    cast.published()
    said = [timed.keep_head(at=cast.later(days=day)) for day in (0, 1)]
    count = Chain.objects.get().count
    assert said == [f"seal {count} kept", "nothing was sealed since"]
    letter = Message.objects.get(person=ada, subject="The seal of this day")
    assert heads.line(heads.read(settings.HEADS_FILE)[0]) in letter.body


def test_old_states_are_thinned_and_counted():
    article = cast.published().article
    for hour in range(1, 4):
        cast.edited(article, dose=f"{hour} g", at=cast.later(hours=hour))
    cast.published(cast.edited(article, dose="9 g", at=cast.later(days=1)), at=cast.later(days=2))
    assert timed.thin_states(at=cast.later(days=365)) == "2 earlier states thinned"
    assert not list(problems())
