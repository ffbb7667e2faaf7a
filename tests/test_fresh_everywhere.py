"""Four processes on PostgreSQL, under load: what is published, withdrawn or doubted is so everywhere after a second, or
an answer says that it may be old. However slow the machine is: no limit here has to grow with it."""

import json
import random
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import pytest
from django.db import connection
from django.utils import timezone

from articles import drafting, publishing
from articles.models import Article
from leukemia_site.front.watching import STALE_AFTER
from references.models import Source
from tests import cast, serving
from tests.house import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]
DEEDS = {"sample": 40, "full": 1_000}
PAGES, PROCESSES = 6, 4
LIMIT = STALE_AFTER  # seconds after the commit
HELD_UP = 2 * LIMIT
MARKED = 0.1  # of all answers, at most: who always says so would keep no promise
HELD_UP_AT = 20  # the deed before which one process is held up
CITED = "What is example disease?"


def words(number, version):
    """Every part of it says which version it is."""
    content = cast.words(f"Disease {number}", dose=f"5 mg, in version {version}")
    first, *rest = content.sections
    first = replace(first, body=first.body.replace("marrow.", f"marrow, says version {version}."))
    return replace(content, sections=(first, *rest), summary=f"<p>In short, version {version}.</p>")


@dataclass
class Site:
    """Pages that change, and a note of each state: from when on it can be seen, and when it surely was there."""

    articles: list = field(default_factory=list)
    version: int = 0
    concern: bool = False
    states: dict = field(default_factory=dict)
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self):
        cast.cast()
        for number in range(PAGES):
            self.articles.append(drafting.start(words(number, 0), by=cast.person("wanda"), at=timezone.now()))
            self.publish(number)

    def act(self):
        number, chance = self.dice.randrange(PAGES), self.dice.random()
        if chance < 0.15:
            self.doubt()
        elif chance < 0.45 and self.state(number)[0] == 200:
            self.withdraw(number)
        else:
            self.publish(number)

    def path(self, number):
        return f"/{self.articles[number].slug}/"

    def state(self, number):
        return self.states[self.path(number)][-1][2]

    def publish(self, number):
        article, self.version = Article.objects.get(pk=self.articles[number].pk), self.version + 1
        new, at = words(number, self.version), timezone.now()
        new = replace(new, sources=article.content().sources, sections=_cited_as(article, new))
        drafting.revise(article, new, by=cast.person("wanda"), at=at, base_revision=article.revision)
        article.refresh_from_db()
        cast.signed(article, at=timezone.now())
        with self.noted({self.path(number): (200, self.version, self.concern)}):
            cast.publish(article, at=timezone.now())

    def withdraw(self, number):
        article, said = (
            Article.objects.get(pk=self.articles[number].pk),
            f"No longer true, after version {self.version}.",
        )
        with self.noted({self.path(number): (410, self.version, False)}):
            publishing.withdraw(article, by=cast.person("paula"), at=timezone.now(), reason=said)

    def doubt(self):
        self.concern = not self.concern
        online = {path: states[-1][2] for path, states in self.states.items() if states[-1][2][0] == 200}
        with self.noted({path: (200, version, self.concern) for path, (_status, version, _was) in online.items()}):
            Source.objects.filter(title=CITED).update(notice="concern" if self.concern else "")

    @contextmanager
    def noted(self, states):
        began = time.monotonic()
        yield
        for path, state in states.items():
            self.states.setdefault(path, []).append((began, time.monotonic(), state))


def _cited_as(article, new):
    """The new sections, with the key that the library gave to the source."""
    (source,) = article.content().sources
    return tuple(replace(one, body=one.body.replace("ref-1", source.key)) for one in new.sections)


@contextmanager
def polled(ports, paths):
    """What others read meanwhile, as tests/polling.py says; there once it is over."""
    command = [sys.executable, "-m", "tests.polling", *map(str, ports), "--", *paths]
    reader = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    got = []
    try:
        yield got
    finally:
        told, _nothing = reader.communicate("", timeout=120)
    got += json.loads(told)


def complaints(site, got):
    """Each answer that was too old and did not say so, mixed, or torn."""
    bodies = {}
    for one in got:
        states, versions = site.states[one["path"]], set(one["versions"])
        state = (one["status"], int(min(versions, default="-1")), one["concern"])
        places = [place for place, (_began, _done, known) in enumerate(states) if known == state]
        if len(versions) != 1 or not one["whole"] or not places:
            yield "mixed or torn", one
        elif not one["stale"] and not any(_in_time(states, place, one) for place in places):
            yield "too old or too new", one, states[places[-1] :][:2]
        elif bodies.setdefault((one["path"], *state), one["hash"]) != one["hash"]:
            yield "differs from another answer of the same state", one


def _in_time(states, place, one):
    """Whether some moment of this answer lies between the beginning of its state and a while after its end."""
    ends = states[place + 1][1] + LIMIT if place + 1 < len(states) else float("inf")
    return states[place][0] <= one["ended"] and one["began"] <= ends


def hold_up(site, process):
    """Publish while one of the four stands still, so that it has old pages when it goes on."""
    with serving.held_up(process):
        began = time.monotonic()
        for number in range(PAGES):
            site.publish(number)
        time.sleep(max(0.0, began + HELD_UP - time.monotonic()))


def test_no_answer_is_old_mixed_or_torn_in_any_process(proof, tmp_path):
    site = Site()
    with ExitStack() as servers:
        # Two machines with two processes each: what those of one machine keep on disk they share.
        nodes = [tmp_path / name for name in ("one", "two")]
        serving.prepare(*nodes, connection=connection)
        places = [nodes[number % 2] for number in range(PROCESSES)]
        found = [servers.enter_context(serving.started(place, connection)) for place in places]
        ports = [port for port, _process in found]
        with polled(ports, [site.path(number) for number in range(PAGES)]) as got:
            for number in range(DEEDS[proof]):
                if number == HELD_UP_AT:
                    hold_up(site, found[0][1])
                site.act()
            time.sleep(2 * LIMIT)
    assert {one["port"] for one in got} == set(ports)
    assert list(complaints(site, got))[:5] == []
    assert sum(one["stale"] for one in got) < MARKED * len(got)
    assert {state[0] for states in site.states.values() for *_when, state in states} == {200, 410}
