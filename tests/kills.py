"""`python -m tests.kills COUNT SEED`: kill a process in the middle of a deed, and look at what it left behind.

Prints one JSON object: how many kills fell into which deed, and where in it: before its first statement, at which
statement (in tens), while it committed, or after that. Fails when history does not verify, or when the public page is
neither what it was before the deed nor what it is after it. DATABASE_URL names an empty database, migrated.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection, connections  # noqa: E402  the apps must be ready
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import publishing, reviewing  # noqa: E402
from articles.models import Article  # noqa: E402
from articles.verifying import problems  # noqa: E402
from tests import cast  # noqa: E402

DEEDS = ("attest", "publish", "withdraw")
AT_COMMIT = 0.004  # seconds: a commit takes no longer
PUBLIC = {"publish", "withdraw"}


def deeds(article: Article, start: int, tell) -> None:
    """For ever: new words, asked, attested, published, now and then withdrawn. `tell` is called around each deed."""
    number, paula, rosa = start, cast.person("paula"), cast.reviewer().account
    connection.execute_wrappers.append(lambda execute, *rest: tell("sql\n") and execute(*rest))
    commit = connection._commit  # no statement of its own on SQLite, and none that wrappers see
    connection._commit = lambda: (tell("commit\n"), commit(), tell("committed\n"))
    while True:
        number += 1
        now = timezone.now()
        edited = cast.edited(article, dose=f"{number} mg", at=now)
        review = cast.requested(edited, at=now)
        with _told(tell, "attest", number):
            reviewing.attest(review, by=rosa, at=now, digest=review.digest)
        signed = {"by": paula, "at": now, "change_class": "wording", "change_note": "A note for readers."}
        with _told(tell, "publish", number):
            publishing.publish(article, **signed)
        if number % 2:
            with _told(tell, "withdraw", number):
                publishing.withdraw(article, by=paula, at=timezone.now(), reason=f"Withdrawn {number}.")


@contextmanager
def _told(tell, deed: str, number: int) -> Iterator[None]:
    tell(f"begin {deed} {number}\n")
    began = time.monotonic()
    yield
    tell(f"end {deed} {number} {time.monotonic() - began:.4f}\n")


def killed(article: Article, start: int, deed: str, word: str, delay: float) -> list[list[str]]:
    """Start a process that does deeds, kill it `delay` seconds after it told `word` in `deed`, return what it told."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        deeds(article, start, lambda line: os.write(writing, line.encode()))
    os.close(writing)
    with os.fdopen(reading) as told:
        lines, reached = [], False
        for line in told:
            lines.append(line.split())
            reached = reached or lines[-1][:2] == ["begin", deed]
            if reached and lines[-1][0] == word:
                break
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _let_the_server_notice()
        return [*lines, *map(str.split, told)]


def _let_the_server_notice() -> None:
    """PostgreSQL finishes the statement that it was given, a COMMIT too, before it sees that nobody listens."""
    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        while cursor.execute(others) or cursor.fetchone()[0]:
            time.sleep(0.005)


def place(told: list[list[str]]) -> str:
    """Where in a deed its process died: the number of its last statement, or the commit."""
    since = [line[0] for line in told[max(n for n, line in enumerate(told) if line[0] == "begin") :]]
    for word, said in (("committed", "after its commit"), ("commit", "in its commit")):
        if word in since:
            return said
    return f"statement {10 * (since.count('sql') // 10)}+" if "sql" in since else "before its first statement"


def shown(slug: str) -> str:
    """What a reader gets: the dose that the page names, the reason of a withdrawal, or nothing."""
    response = Client().get(f"/{slug}/", headers={"host": "127.0.0.1"})
    text = response.content.decode()
    for number in range(2000, 0, -1):
        if response.status_code == 200 and f"usual dose is {number} mg" in text:
            return f"publish {number}"
        if response.status_code == 410 and f"Withdrawn {number}." in text:
            return f"withdraw {number}"
    return f"nothing ({response.status_code})"


def main(count: int, seed: int) -> None:
    """Kill until `count` kills fell into a deed: two of three anywhere in it, the third close to its commit."""
    chance, hits, places, number = random.Random(seed), Counter(), Counter(), 100
    article = cast.published(cast.draft(cast.words(dose="100 mg")), at=timezone.now()).article
    state, usual = "publish 100", dict.fromkeys(DEEDS, 0.05)
    while sum(hits.values()) < count:
        deed = chance.choice(DEEDS)
        word = chance.choice(("begin", "begin", "commit"))
        told = killed(article, number, deed, word, chance.uniform(0, usual[deed] if word == "begin" else AT_COMMIT))
        began = {(line[1], line[2]) for line in told if line[0] == "begin"}
        ended = [line[1:] for line in told if line[0] == "end"]
        usual |= {deed: float(seconds) for deed, _n, seconds in ended}
        number = max([number, *(int(n) for _deed, n in began)])
        state = next((f"{d} {n}" for d, n, _seconds in reversed(ended) if d in PUBLIC), state)
        cut = began - {(d, n) for d, n, _seconds in ended}
        hits.update(deed for deed, _n in cut)
        places.update(f"{deed}, {place(told)}" for deed, _n in cut)
        after = next((f"{d} {n}" for d, n in cut if d in PUBLIC), state)
        found = [str(problem) for problem in problems()]
        seen = shown(article.slug)
        if found or seen not in {state, after}:
            sys.exit(f"after a kill in {cut}: shown {seen!r}, was {state!r}, would be {after!r}; {found}")
        state = seen
        article.refresh_from_db()
        _tidy(article)
    print(json.dumps({"kills": hits, "places": dict(sorted(places.items()))}))


def _tidy(article: Article) -> None:
    """What a killed deed left open is recalled, so that the next process can go on."""
    for review in article.reviews.open():
        reviewing.recall(review, by=cast.person("wanda"), at=timezone.now())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
