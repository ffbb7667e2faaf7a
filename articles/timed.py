"""Timed work: what `manage.py run_due` does. A new task is one line in TASKS, and a function that takes `at=`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils.translation import gettext as _

from articles import (
    earlier,
    figures,
    heads,
    notices,
    outbox,
    policy,
    recording,
    reminders,
    reminding,
    roles,
    scheduling,
    stories,
    unsaved,
    withdrawing,
)
from articles.bulk import running as bulk
from articles.models import Run
from articles.outdated import pruning
from articles.reading import printing
from references import examining


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of timed work. `work` is idempotent, safe to overlap, and returns what was done in words."""

    name: str
    work: Callable[..., str]
    every: timedelta = timedelta()  # none: whenever `run_due` runs
    is_on: Callable[[], bool] = lambda: True  # whether anybody waits for it; it runs all the same, and does nothing

    @property
    def period(self) -> timedelta:
        """How often it runs."""
        return max(self.every, timedelta(minutes=settings.RUN_DUE_MINUTES))


@dataclass(frozen=True, slots=True)
class Health:
    """When timed work last succeeded, and the tasks that have missed two periods. Before its first round nothing is
    late, for two periods."""

    last: datetime | None
    late: tuple[str, ...]


def clear_sessions(*, at: datetime) -> str:
    """Delete the sessions that have expired."""
    call_command("clearsessions")
    return _("expired sessions deleted")


def keep_head(*, at: datetime) -> str:
    """Keep the head of the chain of seals in a file, and mail it, so that a cut tail shows."""
    head = heads.keep(settings.HEADS_FILE, at=at)
    if head is None:
        return _("nothing was sealed since")
    body = _("Keep this line where nobody with the database can change it:") + "\n\n" + heads.line(head)
    for person in roles.people_of(roles.ADMINISTRATOR):
        notices.tell(person, _("The seal of this day"), body, kind=notices.Kind.DIGEST)
    return _("seal %(count)d kept") % {"count": head.count}


def thin_states(*, at: datetime) -> str:
    """Let the words of old earlier states go, by the rule in articles/earlier.py."""
    count = sum(thinned for _article, thinned in earlier.thin_all(at=at))
    return _("%(count)d earlier states thinned") % {"count": count}


def forget_unsaved(*, at: datetime) -> str:
    """Delete unsaved text that nobody came back for."""
    return _("%(count)d unsaved texts forgotten") % {"count": unsaved.forget(at=at)}


def forget_figures(*, at: datetime) -> str:
    """Delete pictures that were uploaded and never used."""
    return _("%(count)d unused figures deleted") % {"count": figures.forget_unused(at=at)}


def keep_mirror(*, at: datetime) -> str:
    """Export what has changed for readers, where a mirror is kept."""
    if not _has_mirror():
        return _("no mirror is kept")
    call_command("export_site", settings.MIRROR_DIR, since=True, verbosity=0)
    return _("the mirror has what readers see")


def _has_mirror() -> bool:
    return bool(settings.MIRROR_DIR)


def forget_changes(*, at: datetime) -> str:
    """Shorten the log of what readers see otherwise."""
    return _("%(count)d changes forgotten") % {"count": pruning.forget(at=at)}


TASKS = (
    Task("publish", scheduling.keep_due),
    Task("mail", outbox.send_due),
    Task("dates", policy.settle_all),
    Task("bulk", bulk.work_all),
    # Dates first; and every hour, so that no page is overdue for long before somebody's next digest says so.
    Task(reminding.TASK, reminding.remind, every=timedelta(hours=1)),
    Task("withdrawals", withdrawing.withdraw_due, every=timedelta(days=1)),
    Task("digest", outbox.send_digests),
    Task("second-checks", reminders.second_checks, every=timedelta(days=1)),
    Task("seals", keep_head, every=timedelta(days=1)),
    Task("states", thin_states, every=timedelta(days=1)),
    Task("unsaved", forget_unsaved, every=timedelta(days=1)),
    Task("figures", forget_figures, every=timedelta(days=1)),
    Task("sources", examining.examine_due, every=timedelta(hours=1)),
    Task("retractions", reminders.retractions),
    Task("news", reminders.remind_of_news, every=timedelta(days=1)),
    Task("stories", stories.keep_time, every=timedelta(days=1)),
    Task("papers", recording.drop_left_papers, every=timedelta(days=1)),
    Task("handouts", printing.make_new, is_on=printing.is_on),
    Task("old-handouts", printing.renew, every=timedelta(days=1), is_on=printing.is_on),
    Task("changes", forget_changes, every=timedelta(days=1)),
    Task("sessions", clear_sessions, every=timedelta(days=1)),
    Task("mirror", keep_mirror, is_on=_has_mirror),  # at last: it takes long where everything has changed
)


def due(*, at: datetime) -> list[Task]:
    """Tasks whose time has come, in order."""
    known = Run.objects.in_bulk()
    return [task for task in TASKS if _is_due(task, known.get(task.name), at)]


def health(*, at: datetime) -> Health:
    """How timed work stands. One query, and one more where some has never run."""
    known = Run.objects.in_bulk()
    done = {name: run.succeeded_at for name, run in known.items() if run.succeeded_at}
    tasks = [task for task in TASKS if task.is_on()]
    since = set_up_at() if any(task.name not in done for task in tasks) else None
    late = (task.name for task in tasks if _is_late(task, known.get(task.name), since, at))
    return Health(max(done.values(), default=None), tuple(late))


def set_up_at() -> datetime | None:
    """When this release first could run here: with the last change of the tables."""
    applied: datetime | None = MigrationRecorder(connection).Migration.objects.aggregate(last=Max("applied"))["last"]
    return applied


def _is_late(task: Task, known: Run | None, since: datetime | None, at: datetime) -> bool:
    if known and known.succeeded_at:
        return at - known.succeeded_at > 2 * task.period
    failed = known is not None and known.failed_at is not None
    return failed or since is None or at - since > 2 * task.period


def _is_due(task: Task, known: Run | None, at: datetime) -> bool:
    if known is None or known.succeeded_at is None:
        return True
    # Half a period of grace, or a daily task would slip by one period every day.
    return at - known.succeeded_at >= task.every - timedelta(minutes=settings.RUN_DUE_MINUTES) / 2
