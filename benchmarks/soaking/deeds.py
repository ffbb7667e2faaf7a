"""Publishes and withdraws, so many times a second, until its input ends.

    python -m benchmarks.soaking.deeds PAGES RATE

For each state of a page it prints one line of JSON: from when on it could be seen and when it surely was there
(seconds of the clock that is never set), status and version, and the hash of what Django itself makes of it here.
"""

import hashlib
import json
import random
import sys
import threading
import time
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace

from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from articles import drafting, publishing, reviewing, roles
from articles.models import Article
from tests import cast
from tests.test_fresh_everywhere import words

AWAY = (OperationalError, InterfaceError)
WITHDRAWN = 0.3  # of the deeds on a page that is there
PATIENCE = 300  # seconds for which the database may be away
ROLES = {"wanda": roles.WRITER, "paula": roles.PUBLISHER}


@dataclass
class Page:
    """One page, and the state that readers know."""

    number: int
    article: Article
    status: int = 0

    @property
    def path(self):
        return f"/{self.article.slug}/"


@dataclass
class Site:
    """Pages that change."""

    pages: list[Page] = field(default_factory=list)
    version: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311  no secret

    def begin(self, count):
        for name, role in ROLES.items():
            cast.person(name, role)
        for number in range(count):
            article = drafting.start(words(number, 0), by=cast.person("wanda"), at=timezone.now())
            self.pages.append(Page(number, article))
            self.publish(self.pages[-1])

    def act(self):
        """One deed; what the database did not live to do is not done, and what it did is told all the same."""
        page = self.dice.choice(self.pages)
        deed = self.withdraw if page.status == 200 and self.dice.random() < WITHDRAWN else self.publish
        try:
            deed(page)
        except AWAY:
            wait_for_database()

    def publish(self, page):
        self.version += 1
        at, article = timezone.now(), Article.objects.get(pk=page.article.pk)
        for review in article.reviews.open():  # of a deed that the database did not live to see
            reviewing.recall(review, by=cast.person("wanda"), at=at)
        new, old = words(page.number, self.version), article.content().sources
        cited = (replace(one, body=one.body.replace("ref-1", old[0].key)) for one in new.sections)
        new = replace(new, sources=old, sections=tuple(cited))
        drafting.revise(article, new, by=cast.person("wanda"), at=at, base_revision=article.revision)
        article.refresh_from_db()
        cast.signed(article, at=timezone.now())
        self.told(page, 200, lambda: cast.publish(article, at=timezone.now()))

    def withdraw(self, page):
        article, reason = Article.objects.get(pk=page.article.pk), f"No longer true, after version {self.version}."
        by = cast.person("paula")
        self.told(page, 410, lambda: publishing.withdraw(article, by=by, at=timezone.now(), reason=reason))

    def told(self, page, status, deed):
        """Do it, and say so; where the database goes in the middle, say it when it says whether it was done."""
        began, version = time.monotonic(), self.version
        try:
            deed()
        except AWAY:
            wait_for_database()
        while True:
            try:
                seen, body = made(page.path)
                break
            except AWAY:
                wait_for_database()
        if seen != status or f"version {version}." not in body.decode():
            return  # it was not done
        page.status = status
        told = {"path": page.path, "began": began, "done": time.monotonic(), "status": status, "version": version}
        tell(told | {"hash": hashlib.sha256(body).hexdigest()})


def tell(found):
    print(json.dumps(found), file=sys.__stdout__, flush=True)


def made(path):
    """What Django itself answers, without anything before it."""
    answer = Client(headers={"host": "127.0.0.1"}).get(path)
    if answer.status_code >= 500:
        raise OperationalError
    return answer.status_code, answer.content


def wait_for_database():
    """Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            connection.close()
            Article.objects.first()
            return
        except AWAY:
            time.sleep(0.2)
    raise TimeoutError("the database did not come back")


def main(count, rate):
    site, over = Site(), threading.Event()
    site.begin(count)
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    tell({"ready": [page.path for page in site.pages]})
    began, done = time.monotonic(), 0
    while not over.wait(max(0, began + done / rate - time.monotonic())):
        site.act()
        done += 1


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):  # where mail goes
        main(int(sys.argv[1]), float(sys.argv[2]))
