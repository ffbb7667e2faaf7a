"""Work through a run: chunk after chunk, each with its effects and the states of its rows in one transaction.

Killed at any instant, a run is before or after a chunk, and goes on there. Of two workers one holds the lease, and a
chunk begins with the run's row locked and the lease looked at, so that no row is done twice (decision 43).
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from articles import roles
from articles.bulk import alone, chunks
from articles.bulk.deeds import DEEDS
from articles.models import BulkRow, BulkRun
from articles.refusals import Refused
from references.models.many import update

LEASE = timedelta(minutes=2)  # longer than anybody works without a look at the clock
SECONDS = 2.0  # of one request
SECONDS_TIMED = 50.0  # of one run of timed work
State = BulkRow.State


class NotNow(Refused):
    """The run is not where this can be done."""


class Phase(StrEnum):
    """Where a run is."""

    LOOKING = "looking"
    READY = "ready"
    DOING = "doing"
    UNDOING = "undoing"
    DONE = "done"


def phase_of(run: BulkRun) -> Phase:
    """Where it is. At most one query."""
    if run.finished_at:
        return Phase.DONE
    if run.undone_at:
        return Phase.UNDOING
    if run.started_at:
        return Phase.DOING
    return Phase.LOOKING if _left(run, Phase.LOOKING).exists() else Phase.READY


def counts(run: BulkRun) -> dict[str, int]:
    """How many rows are in each state, in the order of the states. One query."""
    found = dict(run.rows.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in State.values}


def confirm(run: BulkRun, *, ticked: Sequence[int], shown: Sequence[int], by: User) -> None:
    """Of the `shown` rows do the `ticked` ones, and leave the others out. Raises NotNow, NotAllowed."""
    with transaction.atomic():
        run = _mine(run, by)
        rows = run.rows.filter(position__in=shown, state__in=[State.WAITING, State.LEFT]).exclude(seen="")
        rows.filter(position__in=ticked).update(state=State.WAITING)
        rows.exclude(position__in=ticked).update(state=State.LEFT)


def start(run: BulkRun, *, by: User, at: datetime) -> None:
    """Let what was looked over be done. Raises NotNow, NotAllowed."""
    with transaction.atomic():
        run = _mine(run, by)
        if not run.rows.filter(state=State.WAITING).exists():
            raise NotNow(_("No row is ticked, so there is nothing to do."))
        BulkRun.objects.filter(pk=run.pk).update(started_at=at)


def undo(run: BulkRun, *, by: User, at: datetime) -> None:
    """Let everything be taken back where nothing changed since. Raises NotNow, NotAllowed."""
    with transaction.atomic():
        run = BulkRun.objects.select_for_update().get(pk=run.pk)
        deed = DEEDS[run.deed]
        roles.require(by, deed.permission)
        if not deed.undoable or not run.finished_at or run.undone_at:
            raise NotNow(_("This can not be taken back, or was already."))
        BulkRun.objects.filter(pk=run.pk).update(undone_at=at, undone_by=by, finished_at=None)


def drop(run: BulkRun, *, by: User) -> None:
    """Forget a run that was not started. Raises NotNow, NotAllowed."""
    with transaction.atomic():
        run = _mine(run, by)
        run.rows.all().delete()
        run.delete()


def work(run: BulkRun, *, at: datetime, seconds: float = SECONDS) -> int:
    """Do as many rows as can be done in that time. Returns how many; 0 if somebody else is at it, or none is left."""
    lease, until, done = at + LEASE, time.monotonic() + seconds, 0
    free = BulkRun.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=at), pk=run.pk, finished_at=None)
    if not free.update(claimed_until=lease):
        return 0
    try:
        while count := _step(run.pk, lease, at):
            done += count
            if time.monotonic() >= until:
                break
    finally:
        BulkRun.objects.filter(pk=run.pk, claimed_until=lease).update(claimed_until=None)
    return done


def work_all(*, at: datetime) -> str:
    """Go on with what was begun and is nobody's now, as timed work. Returns what was done."""
    done, until = 0, time.monotonic() + SECONDS_TIMED
    for run in BulkRun.objects.filter(started_at__isnull=False, finished_at=None).order_by("pk"):
        left = until - time.monotonic()
        done += work(run, at=at, seconds=left) if left > 0 else 0
    return _("%(count)d rows of work on many articles done") % {"count": done}


@transaction.atomic
def _step(pk: int, lease: datetime, at: datetime) -> int:
    """The next chunk, or the end. Returns how many rows."""
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("by", "undone_by").get(pk=pk)
    if run.claimed_until != lease or run.finished_at:
        return 0  # we were so slow that somebody else went on
    deed, phase = DEEDS[run.deed], phase_of(run)
    rows = list(_left(run, phase).order_by("position")[: deed.size])
    if not rows:
        _end(run, phase, at)
        return 0
    by = run.undone_by if phase == Phase.UNDOING and run.undone_by else run.by
    chunk = chunks.load(run, rows, by=by, at=at, lock=phase in (Phase.DOING, Phase.UNDOING))
    {Phase.DOING: _do, Phase.UNDOING: _undo}.get(phase, _look)(chunk, deed)
    _keep(rows)
    if len(rows) < deed.size:
        _end(run, phase, at)
    return len(rows)


def _look(chunk: chunks.Chunk, deed: chunks.Deed) -> None:
    for row in chunk.rows:
        try:
            chunks.check(chunk, row, deed, shown=False)
            row.said = deed.look(chunk, row).said
            row.state = State.LEFT if deed.each else State.WAITING
        except Refused as no:
            row.state, row.said = State.REFUSED, str(no)
        row.seen = chunks.seen(row.article, chunk.page(row)) if row.article else "-"


def _do(chunk: chunks.Chunk, deed: chunks.Deed) -> None:
    done = []
    for row in chunk.rows:
        try:
            chunks.check(chunk, row, deed, shown=True)
            done.append((row, deed.do(chunk, row)))
        except Refused as no:
            row.state, row.said = State.REFUSED, str(no)
    for row, one in alone.write(deed, chunk, done):
        row.state, row.said, row.undo = State.DONE, one.said, one.undo


def _undo(chunk: chunks.Chunk, deed: chunks.Deed) -> None:
    done = []
    for row in chunk.rows:
        try:
            chunks.check(chunk, row, deed, shown=False)
            done.append((row, deed.back(chunk, row)))
        except Refused as no:
            row.said = _("Not taken back: %(why)s") % {"why": no}
    if done:
        deed.write_back(chunk, done)
    for row, one in done:
        row.state, row.said = State.UNDONE, one.said
    for row in chunk.rows:
        row.undo = {}  # looked at


def _end(run: BulkRun, phase: Phase, at: datetime) -> None:
    if phase not in (Phase.DOING, Phase.UNDOING):
        return
    BulkRun.objects.filter(pk=run.pk).update(finished_at=at, claimed_until=None)
    if phase == Phase.DOING:
        DEEDS[run.deed].finish(run, at=at)


def _left(run: BulkRun, phase: Phase) -> Any:
    """Rows that wait for this."""
    if phase == Phase.UNDOING:
        return run.rows.filter(state=State.DONE).exclude(undo={})
    waiting = run.rows.filter(state=State.WAITING)
    return waiting if phase == Phase.DOING else waiting.filter(seen="")


def _keep(rows: Sequence[BulkRow]) -> None:
    update(
        BulkRow, ["state", "said", "seen", "undo"], [(row.pk, row.state, row.said, row.seen, row.undo) for row in rows]
    )


def _mine(run: BulkRun, by: User) -> BulkRun:
    """The run, locked, before it is started: it is done in the name of who looked it over."""
    run = BulkRun.objects.select_for_update().get(pk=run.pk)
    roles.require(by, DEEDS[run.deed].permission)
    if run.by_id != by.pk:
        raise NotNow(_("Somebody else prepared this. Prepare your own, so that it is done in your name."))
    if phase_of(run) != Phase.READY:
        raise NotNow(_("It is not waiting to be confirmed."))
    return run
