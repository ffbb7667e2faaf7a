"""`manage.py run_due`: each task once, a line a task, and an exit code that a timer understands."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import timed
from articles.models import Edition, Message, Run
from tests import cast
from tests.articles import post

pytestmark = pytest.mark.django_db


def run_due(*arguments, **options):
    out = StringIO()
    call_command("run_due", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def overdue():
    """A publication that was scheduled three days ago, for yesterday."""
    return cast.scheduled(at=timezone.now() - timedelta(days=3))


def test_it_does_what_is_due_and_says_so(mailoutbox):
    overdue()
    said = run_due()
    assert [line.partition(":")[0] for line in said] == [task.name for task in timed.TASKS]
    assert {"publish: 1 published, 0 refused", "sessions: expired sessions deleted"} < set(said)
    assert Edition.objects.count() == 1
    assert len(mailoutbox) == 2


def test_a_second_time_nothing_is_left_to_do(mailoutbox):
    overdue()
    run_due()
    assert run_due() == [
        "publish: 0 published, 0 refused",
        "mail: 0 mails sent",
        "dates: 0 due dates brought in line",
        "bulk: 0 rows of work on many articles done",
        "digest: 0 mails sent",
        "retractions: 0 messages about grave news",
        "handouts: handouts are not installed",
        "mirror: no mirror is kept",
    ]
    assert (Edition.objects.count(), len(mailoutbox)) == (1, 2)


def test_a_task_that_fails_stops_no_other_and_the_exit_says_so(settings, caplog):
    settings.EMAIL_BACKEND = post.AWAY
    post.message()
    with pytest.raises(CommandError, match=r"Failed: mail\. `manage\.py run_due --list` says why\."):
        run_due()
    done = Run.objects.exclude(succeeded_at=None).values_list("task", flat=True)
    assert set(done) == {task.name for task in timed.TASKS} - {"mail"}
    assert Message.objects.waiting().count() == 1


def test_one_task_alone_whether_or_not_it_is_due():
    run_due()
    assert run_due("--only", "sessions") == ["sessions: expired sessions deleted"]


def test_a_task_that_is_none_is_refused_with_the_names():
    with pytest.raises(CommandError, match="choose from"):
        run_due("--only", "tea")


def test_the_list_shows_every_task_and_does_nothing(settings):
    overdue()
    listed = run_due("--list")
    assert listed[0] == "publish: every time; last succeeded never"
    assert "sessions: every 1 day, 0:00:00; last succeeded never" in listed
    assert len(listed) == len(timed.TASKS)
    assert not Edition.objects.exists()


def test_the_list_says_why_a_task_failed(settings, caplog):
    settings.EMAIL_BACKEND = post.AWAY
    post.message()
    with pytest.raises(CommandError):
        run_due()
    assert any("failed 20" in line and "The mail server can not be reached" in line for line in run_due("--list"))


def test_quietly_it_says_only_what_went_wrong():
    assert run_due(verbosity=0) == []
