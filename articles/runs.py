"""One run of one piece of timed work: begun by one hand alone, and written down."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from articles.models import Run

CLAIM = timedelta(minutes=15)  # of a run that was killed; after that another one may begin

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, in words."""

    said: str
    failed: bool = False


def run(name: str, work: Callable[..., str], *, at: datetime) -> Outcome:
    """Do the work now, unless another run is doing it. What it raises is logged, written down, and not raised."""
    if not _claim(name, at):
        return Outcome(_("left alone: another run is doing it"))
    mine = Run.objects.filter(task=name, started_at=at)
    try:
        said = work(at=at)
    except Exception as error:
        log.exception("timed task %s failed", name)
        why = f"{type(error).__name__}: {error}"
        mine.update(failed_at=at, error=why)
        return Outcome(why, failed=True)
    mine.update(succeeded_at=at, error="")
    return Outcome(said)


def _claim(name: str, at: datetime) -> bool:
    """One statement, so that of two runs one gets it. `started_at` stands alone until it is written how it ended."""
    Run.objects.get_or_create(task=name)
    ended = Q(started_at=None) | Q(started_at=F("succeeded_at")) | Q(started_at=F("failed_at"))
    free = Run.objects.filter(ended | Q(started_at__lte=at - CLAIM), task=name)
    return bool(free.update(started_at=at))
