"""Work on many articles that is killed at any instant goes on, and does every row exactly once."""

import json

from django.db import connection

from tests.conftest import PROOF
from tests.test_kills import database, run

__all__ = ["database"]
KILLS = {"sample": 10, "full": 50}[PROOF]


def test_a_killed_run_goes_on_and_does_every_row_once(database):
    run(database, "manage.py", "migrate", "--verbosity=0")
    said = json.loads(run(database, "-m", "tests.articles.bulk.kills", str(KILLS), "20261130").splitlines()[-1])
    print(f"on {connection.vendor}: {said}")
    assert said["kills"] >= KILLS
    assert said["in the middle"] >= 1
