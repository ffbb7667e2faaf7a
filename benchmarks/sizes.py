"""What a reader waits for, and what it costs, where there are 100, 10,000 and 100,000 pages: one process, of which the
memory holds but a few of them. Readers ask by Zipf's law: the page at place n of the most read ones, once for every n
times that the first one is asked for.

    python -m benchmarks.sizes [--sizes 100 10000 100000] [--requests 20000] [--pause 0.01] [--keep NAME-{}]

On SQLite, or on what DATABASE_URL names; `--keep` leaves the databases there for the next run. The servers are Granian
as deploy/systemd starts it, with one worker each. One client asks one of them at a time over one connection, and the
others stand still, so that nobody waits for somebody else. As many requests as are measured fill each store before.
Then they are asked in turns; what is told of hits is the median of the rounds, compared with the first size in the same
round. "Kept" is what the store had, in memory or on disk, and "made" what Django made. After each of them a page is
asked for again that was among the last hundred: it is in memory, and so shows what a hit takes while the memory is
full. In the rounds that are measured readers of all sizes come at the same pace, a pause before each question: a hit on
the heels of another takes half as long as one before which the processor did nothing for 10 ms, two thirds as long as
one right after a page was made, and only where nothing is ever made do all come so. `--pause 0` shows that. Processor
time is that of the worker with all its threads, from /proc. The extra for PDF is hidden from the servers: with it, a
page whose handouts nobody has made is made anew each minute.

Fails where the p99 of hits in memory is more than 1.3 times that of the first size, where half of what is made takes
more than 15 ms of processor, or where a process grows by more than it may.
"""

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from django.db import connections

from articles.handouts.sheet import TYPESETTERS
from articles.models import Published
from benchmarks import sized, unit

MEGABYTES = 64
ROUNDS = 7
FLAT = 1.3  # times the p99 of hits of the first size
MISS = 15.0  # milliseconds of processor
# Times PAGES_MEGABYTES by which a process may grow, with what Python and Django need for themselves while they render.
GROWS = 2.0
FIRST = 50  # requests in which a process loads what it needs: not measured
RECENT = 100  # pages that are surely in memory
HIDDEN = f"import sys\n\nsys.modules.update(dict.fromkeys({TYPESETTERS}))\n"
MEMORY, KEPT, MADE = "in memory", "kept", "made"
ROW = "{:>8} {:<10}{:>8}{:>8}{:>10}{:>10}{:>10}{:>10}".format
HEAD = ROW("pages", "", "answers", "share", "p50 ms", "p99 ms", "CPU p50", "CPU p99") + "  p99, times the first"


class Seen(NamedTuple):
    """One answer: where it came from, seconds until there, and seconds of processor."""

    where: str
    waited: float
    cpu: float


class Figures(NamedTuple):
    """Of one size: answers by where they came from, in each round, and megabytes before, when it was full, and at the
    end."""

    rounds: list[dict[str, list[Seen]]]
    memory: list[float]

    def all(self, where):
        """Answers of all rounds."""
        return [one for seen in self.rounds for one in seen[where]]


@dataclass
class Site:
    """One that serves so many pages."""

    worker: int
    line: unit.Line
    addresses: Iterator[str]
    figures: Figures

    def asked(self, count, *, pause=0.0):
        """Answers to so many requests, and to as many for what was asked for lately, by where they came from."""
        os.kill(self.worker, signal.SIGCONT)
        time.sleep(unit.HEARS)
        seen = visit(self.line, self.worker, itertools.islice(self.addresses, count), pause=pause)
        self.line.close()  # the server does so after half a minute
        os.kill(self.worker, signal.SIGSTOP)
        return {where: [one for one in seen if one.where == where] for where in (MEMORY, KEPT, MADE)}

    def weighed(self):
        """Note how much memory its process holds."""
        self.figures.memory.append(unit.resident(self.worker))


def main():
    ask = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and the servers are ended
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    with ExitStack() as stack:
        sites = {pages: stack.enter_context(site(pages, keep=ask.keep)) for pages in ask.sizes}
        for one in sites.values():
            one.asked(FIRST)
            one.weighed()
            filling = one.asked(ask.requests)
            one.weighed()
            one.figures.rounds.append({MEMORY: [], KEPT: [], MADE: filling[MADE]})
        for _round in range(ROUNDS):
            for one in sites.values():
                one.figures.rounds.append(one.asked(ask.requests // ROUNDS, pause=ask.pause))
        for one in sites.values():
            one.weighed()
        return told_of({pages: one.figures for pages, one in sites.items()})


def told_of(found):
    """Print it all. Whether anything misses its goal, as the shell has it."""
    print(HEAD)
    for pages, figures in found.items():
        show(pages, figures, next(iter(found.values())))
    missed = list(complaints(found))
    print(f"load {os.getloadavg()[0]:.1f}", *missed or ["All within their goals."], sep="\n", flush=True)
    return int(bool(missed))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--pause", type=float, default=0.01)
    parser.add_argument("--keep", default="")
    return parser.parse_args()


@contextmanager
def site(pages, *, keep):
    """A server with so many pages, that has answered."""
    with sized.database(pages, keep=keep), tempfile.TemporaryDirectory(prefix="sizes-") as folder:
        slugs = list(Published.objects.live().order_by("slug").values_list("slug", flat=True))
        connections.close_all()
        (Path(folder) / "sitecustomize.py").write_text(HIDDEN)
        env = unit.environment(Path(folder)) | {"PAGES_MEGABYTES": str(MEGABYTES), "PYTHONPATH": folder}
        with unit.served(env, Path(folder) / "web.sock") as server:
            (worker,) = unit.workers(server)
            line = unit.Line(Path(folder) / "web.sock")
            try:
                yield Site(worker, line, zipf([f"/{slug}/" for slug in slugs]), Figures([], []))
            finally:
                os.kill(worker, signal.SIGCONT)
                time.sleep(unit.HEARS)  # else it may miss that it is to end


def zipf(addresses):
    """For ever, the same in each run."""
    dice = random.Random(7)  # noqa: S311  no secret
    dice.shuffle(addresses)
    weights = list(itertools.accumulate(1 / place for place in range(1, len(addresses) + 1)))
    while True:
        yield from dice.choices(addresses, cum_weights=weights, k=1_000)


def visit(line, worker, addresses, *, pause):
    """Ask for all of these, and after each for one that was asked for lately, with a pause before every question."""
    seen, recent, dice = [], deque(maxlen=RECENT), random.Random(7)  # noqa: S311  no secret
    for address in addresses:
        time.sleep(pause)
        seen.append(asked(line, worker, address))
        recent.append(address)
        time.sleep(pause)
        again = asked(line, worker, dice.choice(recent))
        seen.append(again._replace(where=MEMORY) if again.where == KEPT else again)
    return seen


def asked(line, worker, address):
    """One answer."""
    before, began = unit.spent(worker), time.perf_counter()
    line.request("GET", address, headers={"Accept-Encoding": "br"})
    answer = line.getresponse()
    answer.read()
    waited = time.perf_counter() - began
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}")
    where = KEPT if "; hit" in answer.headers["Cache-Status"] else MADE
    return Seen(where, waited, unit.spent(worker) - before)


def point(seen, field, percent):
    """In milliseconds: what so many in a hundred do not exceed; 0 where there are too few to say."""
    values = [getattr(one, field) for one in seen]
    return 1e3 * quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else 0.0


def middle(figures, where, field, percent):
    """The same of what is kept as the median of the rounds; of the little that is made, of all of it together."""
    if where == MADE:
        return point(figures.all(MADE), field, percent)
    return median(point(seen[where], field, percent) for seen in figures.rounds[1:])


def times(figures, first, where):
    """How many times as long as of the first size the slowest hits of a hundred take: the median of the rounds, the
    least and the most."""
    pairs = zip(figures.rounds[1:], first.rounds[1:], strict=True)
    found = sorted(point(one[where], "waited", 99) / point(other[where], "waited", 99) for one, other in pairs)
    return median(found), found[0], found[-1]


def show(pages, figures, first):
    """Print it."""
    asked_for = len(figures.all(MEMORY))
    for where in (MEMORY, KEPT, MADE):
        seen = [one for each in figures.rounds[1:] for one in each[where]]
        points = [middle(figures, where, field, percent) for field in ("waited", "cpu") for percent in (50, 99)]
        share = "" if where == MEMORY else f"{len(seen) / asked_for:.1%}"
        more = "" if where == MADE else "  {:.2f} ({:.2f}-{:.2f})".format(*times(figures, first, where))
        print(ROW(f"{pages:,}", where, f"{len(seen):,}", share, *(f"{one:.3f}" for one in points)) + more)
    before, full, end = figures.memory
    print(f"{pages:>8,} MB of the process: {before:.0f} before, {full:.0f} when it was full, {end:.0f} at the end")


def complaints(found):
    """What misses its goal."""
    first = next(iter(found.values()))
    for pages, one in found.items():
        if (slower := times(one, first, MEMORY)[0]) > FLAT:
            yield f"{pages:,} pages: the p99 of hits is {slower:.2f} times the first (at most {FLAT})"
        if (took := middle(one, MADE, "cpu", 50)) > MISS:
            yield f"{pages:,} pages: what is made takes {took:.1f} ms of processor (at most {MISS:.0f})"
        if (grown := one.memory[2] - one.memory[0]) > GROWS * MEGABYTES:
            yield f"{pages:,} pages: the process grew by {grown:.0f} MB (at most {GROWS * MEGABYTES:.0f})"


if __name__ == "__main__":
    sys.exit(main())
