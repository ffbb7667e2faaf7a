"""What a reader waits for, and what it costs, where there are 100, 10,000 and 100,000 pages: one process, of which the
memory holds but a few of them. Readers ask by Zipf's law: the page at place n of the most read ones, once for every n
times that the first one is asked for.

    python -m benchmarks.sizes [--sizes 100 10000 100000] [--requests 20000] [--keep NAME-{}]

On SQLite, or on what DATABASE_URL names; `--keep` leaves the databases there for the next run. The server is Granian as
deploy/systemd starts it, with one worker. One client asks over one connection, so that nobody waits for somebody else.
As many requests as are measured fill the store before. "Kept" is what the store had, in memory or on disk, and "made"
what Django made. After each of them a page is asked for again that was among the last hundred: it is in memory, and so
shows what a hit takes while the memory is full. Processor time is that of the worker with all its threads, from /proc.
The extra for PDF is hidden from the server: with it, a page whose handouts nobody has made is made anew each minute.

Fails where the p99 of hits in memory is more than 1.3 times that of the first size, where half of what is made takes
more than 15 ms of processor, or where the process grows by more than it may.
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
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from django.db import connections

from articles.handouts.sheet import TYPESETTERS
from articles.models import Published
from benchmarks import sized, unit

MEGABYTES = 64
FLAT = 1.3  # times the p99 of hits of the first size
MISS = 15.0  # milliseconds of processor
# Times PAGES_MEGABYTES by which a process may grow, with what Python and Django need for themselves while they render.
GROWS = 2.0
FIRST = 50  # requests in which a process loads what it needs: not measured
RECENT = 100  # pages that are surely in memory
HIDDEN = f"import sys\n\nsys.modules.update(dict.fromkeys({TYPESETTERS}))\n"
MEMORY, KEPT, MADE = "in memory", "kept", "made"
ROW = "{:>8} {:<10}{:>8}{:>8}{:>10}{:>10}{:>10}{:>10}".format
HEAD = ROW("pages", "", "answers", "share", "p50 ms", "p99 ms", "CPU p50", "CPU p99")


class Seen(NamedTuple):
    """One answer: where it came from, seconds until there, and seconds of processor."""

    where: str
    waited: float
    cpu: float


class Figures(NamedTuple):
    """Of one size: answers by where they came from, and megabytes before, after half of it, and at the end."""

    seen: dict[str, list[Seen]]
    memory: list[float]

    def point(self, where, field, percent):
        """In milliseconds: what so many in a hundred do not exceed; 0 where there are too few to say."""
        values = [getattr(one, field) for one in self.seen[where]]
        return 1e3 * quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else 0.0


def main():
    ask = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and the server is ended
    found = {}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n{HEAD}", flush=True)
    for pages in ask.sizes:
        with sized.database(pages, keep=ask.keep):
            found[pages] = measured(ask.requests)
        show(pages, found[pages])
    print(f"load {os.getloadavg()[0]:.1f}")
    missed = list(complaints(found))
    print("\n".join(missed) or "All within their goals.")
    return int(bool(missed))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--keep", default="")
    return parser.parse_args()


def measured(count):
    """Of the database as it is."""
    slugs = Published.objects.live().order_by("slug").values_list("slug", flat=True)
    addresses = zipf([f"/{slug}/" for slug in slugs])
    connections.close_all()
    with tempfile.TemporaryDirectory(prefix="sizes-") as folder:
        (Path(folder) / "sitecustomize.py").write_text(HIDDEN)
        env = unit.environment(Path(folder)) | {"PAGES_MEGABYTES": str(MEGABYTES), "PYTHONPATH": folder}
        with unit.served(env, Path(folder) / "web.sock") as server:
            (worker,) = unit.workers(server)
            line = unit.Line(Path(folder) / "web.sock")
            visit(line, worker, itertools.islice(addresses, FIRST))
            memory = [unit.resident(worker)]
            filling = visit(line, worker, itertools.islice(addresses, count))
            memory.append(unit.resident(worker))
            seen = visit(line, worker, itertools.islice(addresses, count))
            memory.append(unit.resident(worker))
    found = {where: [one for one in seen if one.where == where] for where in (MEMORY, KEPT, MADE)}
    found[MADE] += [one for one in filling if one.where == MADE]  # there may be none later
    return Figures(found, memory)


def zipf(addresses):
    """For ever, the same in each run."""
    dice = random.Random(7)  # noqa: S311  no secret
    dice.shuffle(addresses)
    weights = list(itertools.accumulate(1 / place for place in range(1, len(addresses) + 1)))
    while True:
        yield from dice.choices(addresses, cum_weights=weights, k=1_000)


def visit(line, worker, addresses):
    """Ask for all of these, and after each for one that was asked for lately."""
    seen, recent, dice = [], deque(maxlen=RECENT), random.Random(7)  # noqa: S311  no secret
    for address in addresses:
        seen.append(asked(line, worker, address))
        recent.append(address)
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


def show(pages, found):
    """Print it."""
    asked_for = len(found.seen[MEMORY])
    for where, seen in found.seen.items():
        share = f"{len(seen) / asked_for:.1%}" if where == KEPT else ""
        points = [found.point(where, field, percent) for field in ("waited", "cpu") for percent in (50, 99)]
        print(ROW(f"{pages:,}", where, f"{len(seen):,}", share, *(f"{one:.3f}" for one in points)))
    before, half, end = found.memory
    print(
        f"{pages:>8,} MB of the process: {before:.0f} before, {half:.0f} after half of it, {end:.0f} at the end",
        flush=True,
    )


def complaints(found):
    """What misses its goal."""
    first = next(iter(found.values())).point(MEMORY, "waited", 99)
    for pages, one in found.items():
        if (times := one.point(MEMORY, "waited", 99) / first) > FLAT:
            yield f"{pages:,} pages: the p99 of hits is {times:.2f} times the first (at most {FLAT})"
        if (took := one.point(MADE, "cpu", 50)) > MISS:
            yield f"{pages:,} pages: what is made takes {took:.1f} ms of processor (at most {MISS:.0f})"
        if (grown := one.memory[2] - one.memory[0]) > GROWS * MEGABYTES:
            yield f"{pages:,} pages: the process grew by {grown:.0f} MB (at most {GROWS * MEGABYTES:.0f})"


if __name__ == "__main__":
    sys.exit(main())
