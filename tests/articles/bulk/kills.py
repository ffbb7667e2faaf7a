"""`python -m tests.articles.bulk.kills COUNT SEED`: kill work on many articles at random instants, and let it go on.

After each run every row was done exactly once, each effect is there once, and history verifies. Prints one JSON object.
DATABASE_URL names an empty database, migrated.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connections  # noqa: E402  the apps must be ready
from django.utils import timezone  # noqa: E402

from articles.bulk import picking, running  # noqa: E402
from articles.bulk.deeds import DEEDS  # noqa: E402
from articles.models import Article, BulkRun, Deferral, Published  # noqa: E402
from articles.verifying import problems  # noqa: E402
from tests import cast  # noqa: E402
from tests.articles.bulk.doing import stan  # noqa: E402
from tests.kills import _let_the_server_notice  # noqa: E402

ARTICLES, ROWS_AT_ONCE = 12, 2


def begun(number: int, articles: list[Article]) -> BulkRun:
    """A run of deferrals, each to another day than the run before, confirmed."""
    until = timezone.localdate() + timedelta(days=100 + number)
    terms = {"until": until.isoformat(), "reason": f"Run {number}."}
    run = picking.prepare(
        "defer", [picking.Pick(one.pk) for one in articles], terms=terms, by=stan(), at=timezone.now()
    )
    while running.work(run, at=timezone.now()):
        pass
    running.start(run, by=stan(), at=timezone.now())
    return run


def killed(run: BulkRun, delay: float) -> None:
    """Let another process work at it, and kill that after `delay` seconds."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        running.work(run, at=timezone.now(), seconds=60)
        os._exit(0)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    _let_the_server_notice()


def wrong(run: BulkRun, articles: list[Article], *, whole: bool) -> list[str]:
    """What a killed and resumed run must not leave; `whole`: all of history is verified, which takes its time."""
    states = set(run.rows.values_list("state", flat=True))
    made = Deferral.objects.filter(reason=run.terms["reason"]).values_list("article", flat=True)
    noted = [one.timeline.filter(detail__endswith=run.terms["reason"]).count() for one in articles]
    days = {str(day) for day in Published.objects.live().values_list("next_due", flat=True)}
    found = [] if states == {"done"} else [f"states {states}"]
    found += [] if sorted(made) == sorted(one.pk for one in articles) else [f"deferrals of {sorted(made)}"]
    found += [] if set(noted) == {1} else [f"entries {noted}"]
    found += [] if days == {run.terms["until"]} else [f"due on {days}"]
    return [*found, *(map(str, problems()) if whole else ())]


def main(count: int, seed: int) -> None:
    """Kill until `count` kills fell into a run, that is, left some of its rows to be done."""
    chance, number, hits, halves, usual = random.Random(seed), 0, 0, 0, 0.2
    DEEDS["defer"].size = ROWS_AT_ONCE  # type: ignore[misc]
    articles = [cast.published(cast.draft(cast.words(title=f"Page {n}"))).article for n in range(ARTICLES)]
    while hits < count:
        number += 1
        run = begun(number, articles)
        killed(run, chance.uniform(0, usual))
        left = run.rows.filter(state="waiting").count()
        hits, halves = hits + bool(left), halves + (0 < left < ARTICLES)
        usual *= 1.3 if left == ARTICLES else 0.9 if not left else 1
        before = time.monotonic()
        while running.work(run, at=timezone.now() + running.LEASE + timedelta(minutes=1)):
            pass
        usual = max(usual, time.monotonic() - before) if left == ARTICLES else usual
        run.refresh_from_db()
        # A kill before the first chunk, or after the last, left what any other run leaves.
        if found := wrong(run, articles, whole=0 < left < ARTICLES or hits == count):
            sys.exit(f"after kill {number}, with {left} rows left: {found}")
    print(json.dumps({"kills": hits, "in the middle": halves, "runs": number}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
