"""Examine 10,000 sources of a server that misbehaves in twelve ways: how long, how much memory, how long a stall.

    .venv/bin/python -m benchmarks.examine_sources [--sources 10000]

It works in a database of its own, in a temporary folder. Every source has a host of its own, as in the worst library.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from tqdm import tqdm

from references import examining, fetching
from references.models import Source

GOAL_SECONDS, GOAL_MEGABYTES = 120, 300
GOAL_WORST, GOAL_P99 = 250, 50  # milliseconds that the event loop is late
WAYS = {
    **dict.fromkeys(("slow", "endless"), "alive"),
    **dict.fromkeys(("hanging", "loop", "error", "soft", "tls", "wrong-length", "huge-header", "closed"), "failing"),
    **dict.fromkeys(("forbidden", "busy"), "blocked"),
}
# Shorter waits than in production, or 833 servers that never answer would be all that is measured.
MANNERS = fetching.Manners(name="benchmark", at_once=100, pause=0.0, connect=3, read=2, total=4, body=200_000)


@contextmanager
def server() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.references.misbehaving"], stdout=subprocess.PIPE, text=True
    )
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def fill(count: int, port: int) -> None:
    ways = list(WAYS)
    chosen = ((n, ways[n % len(ways)]) for n in range(count))
    urls = ((w, f"http{'s' if w == 'tls' else ''}://h{n}.example:{port}/{w}/{n}") for n, w in chosen)
    Source.objects.bulk_create((Source(title=way, url=url, url_normal=url) for way, url in urls), batch_size=2000)


async def local(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def watched(port: int, stalls: list[float]):
    """Looks at our server, with somebody who measures how late the loop wakes him."""
    policy = fetching.Policy(ports=frozenset({port}), exempt=frozenset({"127.0.0.1"}))

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            stalls.append(time.perf_counter() - before - 0.01)

    async def looks(addresses, *, manners):
        watcher = asyncio.create_task(watch())
        try:
            async for found in fetching.looks(addresses, manners=MANNERS, policy=policy, find=local):
                yield found
        finally:
            watcher.cancel()

    return looks


def run(count: int) -> bool:
    if "DATABASE_URL" in os.environ:
        sys.exit("DATABASE_URL is set; this measures with a database of its own")
    with migrated():
        return measured(count)


@contextmanager
def migrated() -> Iterator[None]:
    """In another process, for migrating leaves a lot of garbage behind; what it took is counted on leaving alone."""
    here = os.environ | {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    with subprocess.Popen([sys.executable, "manage.py", "migrate"], stdout=subprocess.PIPE, env=here) as process:
        process.stdout.read()
        yield


def measured(count: int) -> bool:
    stalls: list[float] = []
    with server() as port:
        fill(count, port)
        began, worked = time.perf_counter(), time.process_time()
        with tqdm(total=count, unit="source") as bar:
            examining.examine(Source.objects.all().iterator(), looks=watched(port, stalls), tick=bar.update)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        # The reader of pages has ended, the server has not.
        reader = resource.getrusage(resource.RUSAGE_CHILDREN)
    wrong = Counter((s.title, s.health) for s in Source.objects.all() if WAYS[s.title] != s.health)
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + reader.ru_maxrss) / 1024
    stalls.sort()
    worst, p99 = stalls[-1] * 1000, stalls[len(stalls) * 99 // 100] * 1000
    print(f"{count} sources in {seconds:.0f} s (goal {GOAL_SECONDS}); load {os.getloadavg()}")
    print(f"processor: {cpu:.0f} s, and {reader.ru_utime + reader.ru_stime:.0f} s of the process that reads pages")
    print(f"{megabytes:.0f} MB at most, both together (goal {GOAL_MEGABYTES}); {threading.active_count()} threads")
    print(f"event loop late by {worst:.0f} ms at worst (goal {GOAL_WORST}), {p99:.0f} ms at p99 (goal {GOAL_P99})")
    print(f"wrongly classified: {dict(wrong) or 0}")
    bounds = ((seconds, GOAL_SECONDS), (megabytes, GOAL_MEGABYTES), (worst, GOAL_WORST), (p99, GOAL_P99))
    return not wrong and all(figure < goal for figure, goal in bounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=10_000)
    sys.exit(0 if run(parser.parse_args().sources) else 1)
