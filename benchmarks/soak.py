"""Ten minutes in the life of the site, with everything that goes wrong: of what is asked 99 % are pages, 1 % are
publications and withdrawals; a web process is killed (kill -9) every 20 seconds, and the database twice.

    python -m benchmarks.soak [--minutes 10] [--rate 2] [--pages 20]

The server is Granian as deploy/systemd starts it: a killed worker is started again by `--respawn-failed-workers`; if
all of it ends, it is started again after a second, as `Restart=always` does. Here it has three workers, of which one
is never killed, so that its memory can be watched. The database is a PostgreSQL of its own, as it is installed, all of
whose processes are killed and which stays away for ten seconds. Whoever reads asks once more where a connection was
cut.

Fails where an answer is wrong by one byte, where a page is refused, where it is older than it may be without saying
so, or where the memory of the process that was left alone surely rises by more than it may.
"""

import argparse
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import unit
from benchmarks.soaking import cluster, judging
from tests.serving import free_port

WORKERS = 3
READS = 99  # for each deed
KILLED_EVERY, SAMPLED_EVERY, AWAY = 20.0, 5.0, 10.0  # seconds
OUTAGES = (1 / 3, 2 / 3)  # of the time
SETTLED = 1 / 4  # of the time, after which memory is measured: until then it fills what it may fill
MOST = 10.0  # megabytes an hour, beyond twice the error
PROGRAMS = {"DJANGO_SETTINGS_MODULE": "leukemia_site.settings", "LOG_LEVEL": "error"}


STAMP = re.compile(r"^\d\S*\s|\d+|request_id=\w+\s?")  # what differs in lines that say the same


class Server:
    """The web processes, kept alive as systemd does it."""

    def __init__(self, env, at):
        self.env, self.at, self.restarts, self.killed = env, at, 0, 0
        self.memory = defaultdict(list)  # by process
        self.dice = random.Random(7)  # noqa: S311  no secret
        self.process = unit.started(env, at, workers=WORKERS)
        unit.wait_for(at)
        time.sleep(unit.HEARS)
        self.spared = unit.workers(self.process)[0]

    def keep(self):
        """Start it again if it ended."""
        if self.process.poll() is None:
            return
        time.sleep(1)  # RestartSec
        self.restarts += 1
        self.process = unit.started(self.env, self.at, workers=WORKERS)

    def kill(self):
        """One of the workers, but for the first."""
        others = [pid for pid in unit.workers(self.process) if pid != self.spared]
        if others:
            self.killed += 1
            os.kill(self.dice.choice(others), signal.SIGKILL)

    def sample(self):
        for pid in (self.spared, self.process.pid):
            with suppress(OSError):
                self.memory[pid].append((time.monotonic(), unit.resident(pid)))


def main():
    ask = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and what was started is ended
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, cluster.made(free_port()) as database:
        env = unit.environment(Path(folder), url=database.address) | PROGRAMS
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=unit.ROOT, env=env, check=True)
        server, told, read = soaked(ask, env, Path(folder), database)
        print(written(Path(folder) / "server.log"))
    return report(server, told, read)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=2, help="deeds a second; pages are 99 times as many")
    parser.add_argument("--pages", type=int, default=20)
    return parser.parse_args()


def soaked(ask, env, folder, database):
    """The server after all of it, what was done, and what was read."""
    with (folder / "deeds").open("w") as told, program(env, told, "deeds", ask.pages, ask.rate):
        paths = ready(folder / "deeds")
        server = Server(env, folder / "web.sock")
        with (
            (folder / "read").open("w") as read,
            program(env, read, "reading", server.at, ask.rate * READS, *paths),
        ):
            endured(ask.minutes * 60, server, database)
    server.process.terminate()
    server.process.wait(60)
    return server, lines(folder / "deeds"), lines(folder / "read")


@contextmanager
def program(env, output, name, *words):
    """One of the parts, beside us, until the end of this."""
    command = [sys.executable, "-m", f"benchmarks.soaking.{name}", *map(str, words)]
    errors = Path(f"{output.name}.errors")
    with errors.open("w") as other:
        pipes = {"stdin": subprocess.PIPE, "stdout": output, "stderr": other}
        process = subprocess.Popen(command, cwd=unit.ROOT, env=env, **pipes)  # noqa: S603  our own words
        try:
            yield
        finally:
            process.stdin.close()
            code = process.wait(300)
    if code:
        raise SystemExit(f"{name} ended with {code}: {errors.read_text()[-2000:]}")


def ready(file):
    """The addresses, once there is something at each of them."""
    until = time.monotonic() + 600
    while time.monotonic() < until:
        for one in lines(file):
            if "ready" in one:
                return one["ready"]
        time.sleep(0.5)
    raise TimeoutError("nothing was published")


def lines(file):
    """What a part has told so far."""
    text = file.read_text(encoding="utf-8")
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def endured(seconds, server, database):
    """Everything that goes wrong, in its time."""
    began = time.monotonic()
    happens = [(at, server.kill) for at in steps(seconds, KILLED_EVERY)]
    happens += [(at, server.sample) for at in steps(seconds, SAMPLED_EVERY)]
    for part in OUTAGES:
        happens += [(seconds * part, database.kill), (seconds * part + AWAY, database.start)]
    for at, what in sorted(happens, key=lambda one: one[0]):
        while (left := began + at - time.monotonic()) > 0:
            server.keep()
            time.sleep(min(left, 0.5))
        what()
    time.sleep(max(0, began + seconds - time.monotonic()))


def steps(seconds, every):
    return (every * place for place in range(1, int(seconds / every)))


def written(log):
    """What the server wrote, by what stands after the time of each line."""
    found = Counter(STAMP.sub("", line)[:80] for line in log.read_text(errors="replace").splitlines())
    return "\n".join(f"{count:7,} × {words}" for words, count in found.most_common(12))


def report(server, told, read):
    """Print what came of it; 1 if something is not as it must be."""
    seen = [one for one in read if "path" in one]
    deeds = [one for one in told if one.get("began", 0) >= seen[0]["began"]]
    waited = sorted(one["ended"] - one["began"] for one in seen)
    status = Counter(one["status"] for one in seen)
    print(f"{len(seen):,} pages read: {', '.join(f'{n:,} × {code}' for code, n in status.items())}")
    print(f"{len(deeds):,} publications and withdrawals: {len(deeds) / (len(seen) + len(deeds)):.2%} of all")
    print(f"kept {part(seen, 'hit')}, said to be stale {part(seen, 'stale')}")
    print(f"workers killed {server.killed}, all started again {server.restarts}, database killed {len(OUTAGES)}")
    cut = [one["cuts"] for one in seen if one["cuts"]]
    print(f"connections cut {sum(cut)}, of {len(cut)} answers, asked again at most {max(cut, default=0)} times")
    p50, p99 = (waited[int(len(waited) * part)] * 1000 for part in (0.5, 0.99))
    print(f"until there: p50 {p50:.1f} ms, p99 {p99:.1f} ms, at most {waited[-1] * 1000:.0f} ms")
    counts, first = judging.judged([one for one in told if "path" in one], read)
    for kind, count in counts.items():
        print(f"WRONG, {kind}: {count:,}, as {first[kind]}")
    rises = memory(server)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return int(bool(counts) or rises)


def part(seen, name):
    return f"{statistics.fmean(bool(one.get(name)) for one in seen):.2%}"


def memory(server):
    """Print how the memory of those who lived all the time went; whether one of them surely grows."""
    grows = False
    for name, pid in (("worker that was left alone", server.spared), ("first process", server.process.pid)):
        samples = server.memory[pid]
        later = samples[int(len(samples) * SETTLED) :]
        rise, error = judging.slope(later)
        sizes = f"{samples[0][1]:.1f}, {later[0][1]:.1f}, {samples[-1][1]:.1f}" if later else "not seen"
        print(f"{name}: {sizes} MB at first, when settled, at last; {rise:+.1f} ± {error:.1f} MB an hour")
        grows |= rise - 2 * error > MOST
    return grows


if __name__ == "__main__":
    sys.exit(main())
