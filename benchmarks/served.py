"""What the server takes to give readers a page: ours, nginx with the same bytes, and Wagtail with the same article.

    python -m benchmarks.served [--rounds 7] [--seconds 2]

All servers run at once, two workers each, and are asked in turn, each round in another order; a ratio is that of two
servers in one round, in the middle of all rounds. Ours is started as deploy/systemd and docs/deployment.md say, with
every check in place; Wagtail as its documentation says. The database is SQLite, or PostgreSQL where DATABASE_URL names
one. The processor's time is that of all processes of a server and of its database, from their own clocks: it bears
other load best. Needs wrk and nginx (apt-get install wrk nginx-light). Without a registry of packages there is no
Wagtail, and the run says so. wrk uses the same processors; where there are few, it bounds the fastest.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from benchmarks.serving import first, ours, peers
from benchmarks.serving.first import First
from benchmarks.serving.processes import Running, Server, databases, running
from benchmarks.serving.wrk import Load, load

OURS = "ours, granian"
TIMES = {peers.NGINX: 0.4, "Wagtail, gunicorn": 70, "Wagtail cached, gunicorn": 4, "Wagtail cached, granian": 2}
PROCESSOR = 90  # microseconds for a request
FIRST_VIEW = 0.015  # seconds of processor
START = 1.0  # seconds
READ = 5  # pages that are viewed for the first time in a round
MANY, ONE = 8, 1  # connections, for throughput and for how long an answer takes
LINE = "{:<26}{:>9}{:>9}{:>9}{:>10}{:>10}{:>10}{:>26}".format
HEAD = ("", "req/s", "µs CPU", "bytes", "p50 ms", "p99 ms", "p99 of 8", "ours is times")


@dataclass
class Figures:
    """Of all rounds."""

    many: dict[str, list[Load]] = field(default_factory=dict)
    one: dict[str, list[Load]] = field(default_factory=dict)
    views: list[First] = field(default_factory=list)
    starts: dict[str, list[First]] = field(default_factory=dict)

    def loads(self, one: Running, seconds: int) -> None:
        """Ask one server, once with many connections and once with one."""
        self.many.setdefault(one.server.name, []).append(load(one, connections=MANY, seconds=seconds))
        self.one.setdefault(one.server.name, []).append(load(one, connections=ONE, seconds=max(1, seconds // 2)))

    def times(self, name: str) -> list[float]:
        """How many times as many requests as this server ours answered, in each round."""
        return [mine.rate / theirs.rate for mine, theirs in zip(self.many[OURS], self.many[name], strict=True)]


def main() -> int:
    """Print the figures; 1 if one misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=2)
    asked = parser.parse_args()
    if not (shutil.which("wrk") and (shutil.which("nginx") or Path("/usr/sbin/nginx").exists())):
        sys.exit("wrk and nginx are needed: apt-get install wrk nginx-light")
    there = peers.installed()
    if not there:
        print("Wagtail and gunicorn: skipped, they could not be installed")
    with tempfile.TemporaryDirectory(prefix="served-") as place, databases("ours", "wagtail"):
        figures, sizes = measured(Path(place), asked, there=there)
    report(figures, sizes)
    missed = list(misses(figures))
    print(*(missed or ["Every goal is met."]), sep="\n")
    return int(bool(missed))


def measured(folder: Path, asked: argparse.Namespace, *, there: bool) -> tuple[Figures, dict[str, int]]:
    """All rounds, and the bytes of each server's page as sent."""
    env = ours.prepared(folder, unread=READ * asked.rounds)
    starting = ours.with_granian(env | {"VAR_DIR": shutil.copytree(folder / "var", folder / "starting")})
    servers = [ours.with_granian(env)]
    if there:
        servers += [ours.with_gunicorn(env, peers.place() / peers.GUNICORN), *peers.wagtail(folder)]
    figures, unread = Figures(), ours.unread(folder)
    with ExitStack() as stack:

        def up(server: Server) -> Running:
            return stack.enter_context(running(server, folder / f"{server.name}.log"))

        all_up = [up(server) for server in servers]
        all_up.append(up(peers.nginx(all_up[0], folder)))
        sizes = {one.server.name: len(one.ask()[1]) for one in all_up}
        for one in all_up:
            load(one, connections=MANY, seconds=1)  # to warm up
        for number in tqdm(range(asked.rounds), unit="round"):
            turn = number % len(all_up)
            for one in all_up[turn:] + all_up[:turn]:
                figures.loads(one, asked.seconds)
            figures.views.append(first.views(all_up[0], unread[number * READ : (number + 1) * READ]))
            for state, start in first.starts(starting, folder / "starting" / "pages", folder / "starting.log"):
                figures.starts.setdefault(state, []).append(start)
    return figures, sizes


def report(figures: Figures, sizes: dict[str, int]) -> None:
    """The table."""
    print(f"\nload {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors\n\n{LINE(*HEAD)}")
    for name, many in figures.many.items():
        one, times = figures.one[name], sorted(figures.times(name))
        ratio = "" if name == OURS else f"{middle(times):.2f} ({times[0]:.2f}-{times[-1]:.2f})"
        told = [f"{middle(many, part):,.0f}" for part in ("rate", "processor")]
        waits = [f"{wait:.2f}" for wait in (middle(one, "half"), middle(one, "most"), middle(many, "most"))]
        print(LINE(name, *told, f"{sizes[name]:,}", *waits, ratio))
    view = [1000 * middle(figures.views, part) for part in First.__annotations__]
    print("\nfirst view after publishing: {:.1f} ms, {:.1f} ms CPU ({:.1f} with what is made in advance)".format(*view))
    for state, starts in figures.starts.items():
        waited, processor = (middle(starts, part) for part in ("waited", "processor"))
        print(f"start to first answer, {state}: {waited:.2f} s, {processor:.2f} s CPU")


def misses(figures: Figures) -> Iterator[str]:
    """What is not as it should be."""
    for name, least in TIMES.items():
        if name in figures.many and middle(figures.times(name)) < least:
            yield f"MISSED: ours answers less than {least} times as many requests as {name}"
    if middle(figures.many[OURS], "processor") > PROCESSOR:
        yield f"MISSED: more than {PROCESSOR} µs of processor for a request"
    if middle(figures.views, "processor") > FIRST_VIEW:
        yield f"MISSED: more than {FIRST_VIEW * 1000:.0f} ms of processor for a first view"
    for state, starts in figures.starts.items():
        if middle(starts, "waited") > START:
            yield f"MISSED: more than {START} s to the first answer with {state}"


def middle(many: list, part: str = "") -> float:
    """The median of these, or of a part of each."""
    return statistics.median(getattr(one, part) if part else one for one in many)


if __name__ == "__main__":
    sys.exit(main())
