"""One run of one task: by one hand, and written down."""

from datetime import timedelta

import pytest

from articles import runs
from articles.models import Run
from tests import cast

pytestmark = pytest.mark.django_db


def work(*, at):
    return f"done at {at:%H:%M}"


def breaks(*, at):
    raise ValueError("no good")


def test_success_is_written_down():
    assert runs.run("tidy", work, at=cast.NOON) == runs.Outcome("done at 20:00")
    row = Run.objects.get()
    assert (row.task, row.started_at, row.succeeded_at, row.failed_at) == ("tidy", cast.NOON, cast.NOON, None)


def test_failure_is_written_down_and_not_raised(caplog):
    assert runs.run("tidy", breaks, at=cast.NOON) == runs.Outcome("ValueError: no good", failed=True)
    row = Run.objects.get()
    assert (row.succeeded_at, row.failed_at, row.error) == (None, cast.NOON, "ValueError: no good")
    assert "timed task tidy failed" in caplog.text


def test_success_after_failure_clears_the_error():
    runs.run("tidy", breaks, at=cast.NOON)
    runs.run("tidy", work, at=cast.later(minutes=5))
    assert Run.objects.get().error == ""


def test_while_it_runs_nobody_else_begins():
    def meanwhile(*, at):
        return runs.run("tidy", work, at=cast.later(minutes=1)).said

    assert runs.run("tidy", meanwhile, at=cast.NOON).said == "left alone: another run is doing it"
    assert Run.objects.get().succeeded_at == cast.NOON


def test_the_claim_of_a_run_that_was_killed_runs_out():
    Run.objects.create(task="tidy", started_at=cast.NOON)
    before, after = (cast.NOON + runs.CLAIM + timedelta(seconds=s) for s in (-1, 0))
    assert runs.run("tidy", work, at=before).said == "left alone: another run is doing it"
    assert runs.run("tidy", work, at=after).said.startswith("done")
