"""What a reader waits for, and what it costs, where there are 100, 10,000 and 100,000 pages: one process, of which the
memory holds but a few of them. Readers ask by Zipf's law: the page at place n of the most read ones, once for every n
times that the first one is asked for.

    python -m benchmarks.sizes [--sizes 100 10000 100000] [--requests 20000] [--keep NAME-{}]

On SQLite, or on what DATABASE_URL names; `--keep` leaves the databases there for the next run. The server is Granian as
deploy/systemd starts it, with one worker. One client asks over one connection, so that nobody waits for somebody else.
As many requests as are measured fill the store before. A hit is a page that was kept, in memory or on disk, and a miss
one that Django made. Processor time is that of the worker with all its threads, from /proc. The extra for PDF is hidden
from the server: with it, a page whose handouts nobody has made yet is made anew each minute.

Fails where the p99 of hits is more than 1.3 times that of the first size, where half of the misses take more than 15 ms
of processor, or where the process grows by more than it may.
"""

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
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
ROW = "{:>8} {:>8}{:>9}{:>9}{:>10}{:>11}{:>10}{:>9}{:>9}{:>8}{:>8}{:>8}".format
HEAD = ROW(
    *("pages", "hits", "p50 µs", "p99 µs", "CPU p99", "misses", "p50 ms", "p99 ms", "CPU p50"),
    *("MB", "half", "end"),
)


HIDDEN = f"import sys\n\nsys.modules.update(dict.fromkeys({TYPESETTERS}))\n"


class Seen(NamedTuple):
    """One answer: whether it was kept, seconds until there, and seconds of processor."""

    hit: bool
    waited: float
    cpu: float


class Figures(NamedTuple):
    """Of one size. Times in seconds, memory in megabytes."""

    share: float
    hits: tuple[float, float, float]  # p50, p99, p99 of processor
    misses: tuple[int, float, float, float]  # how many, p50, p99, p50 of processor
    memory: tuple[float, float, float]  # before, after half of it, at the end


def main():
    ask = options()
    found = {}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n{HEAD}", flush=True)
    for pages in ask.sizes:
        with sized.database(pages, keep=ask.keep):
            found[pages] = measured(ask.requests)
        print(row(pages, found[pages]), flush=True)
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
    addresses = zipf([f"/{slug}/" for slug in Published.objects.live().values_list("slug", flat=True)])
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
    return figures(filling, seen, tuple(memory))


def zipf(addresses):
    """For ever, the same in each run."""
    dice = random.Random(7)  # noqa: S311  no secret
    dice.shuffle(addresses)
    weights = list(itertools.accumulate(1 / place for place in range(1, len(addresses) + 1)))
    while True:
        yield from dice.choices(addresses, cum_weights=weights, k=1_000)


def visit(line, worker, addresses):
    """Ask for all of these."""
    seen, before = [], unit.spent(worker)
    for address in addresses:
        began = time.perf_counter()
        line.request("GET", address, headers={"Accept-Encoding": "br"})
        answer = line.getresponse()
        answer.read()
        waited = time.perf_counter() - began
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
        after = unit.spent(worker)
        seen.append(Seen("; hit" in answer.headers["Cache-Status"], waited, after - before))
        before = after
    return seen


def figures(filling, seen, memory):
    """Hits of what was measured; misses also of what filled the store, as there may be none later."""
    hits = [one for one in seen if one.hit]
    misses = [one for one in (*filling, *seen) if not one.hit]
    p50, p99 = points([one.waited for one in hits])
    slow50, slow99 = points([one.waited for one in misses])
    return Figures(
        share=len(hits) / len(seen),
        hits=(p50, p99, points([one.cpu for one in hits])[1]),
        misses=(len(misses), slow50, slow99, points([one.cpu for one in misses])[0]),
        memory=memory,
    )


def points(values):
    """The middle, and what 99 in a hundred do not exceed."""
    parts = statistics.quantiles(values, n=100, method="inclusive")
    return parts[49], parts[98]


def row(pages, found):
    hits = (f"{1e6 * one:.0f}" for one in found.hits)
    count, *times = found.misses
    misses = (f"{1e3 * one:.1f}" for one in times)
    memory = (f"{one:.0f}" for one in found.memory)
    return ROW(f"{pages:,}", f"{found.share:.1%}", *hits, f"{count:,}", *misses, *memory)


def complaints(found):
    """What misses its goal."""
    first = next(iter(found.values()))
    for pages, one in found.items():
        if (times := one.hits[1] / first.hits[1]) > FLAT:
            yield f"{pages:,} pages: the p99 of hits is {times:.2f} times the first (at most {FLAT})"
        if one.misses[3] * 1e3 > MISS:
            yield f"{pages:,} pages: a miss takes {one.misses[3] * 1e3:.1f} ms of processor (at most {MISS:.0f})"
        if (grown := one.memory[2] - one.memory[0]) > GROWS * MEGABYTES:
            yield f"{pages:,} pages: the process grew by {grown:.0f} MB (at most {GROWS * MEGABYTES:.0f})"


if __name__ == "__main__":
    sys.exit(main())
