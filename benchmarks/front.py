"""What a page costs the processor: kept by the front, and made by Django for each visit. Granian, one worker, SQLite.

    python -m benchmarks.front [--requests 5000] [--port 8710]

A server is started twice on the demonstration, in a folder that is thrown away. One client asks over one connection, so
that the time is the server's own, taken from /proc for all of its processes.
"""

import argparse
import http.client
import os
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/acute-lymphocytic-leukemia/"
TICK = os.sysconf("SC_CLK_TCK")
GOAL = 90  # microseconds of processor for a kept page
LINES = """{:<34}{:>16}{:>16}""".format


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--port", type=int, default=8710)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="front-") as folder:
        env = prepared(folder)
        slow = []
        print(LINES("", "µs of processor", "µs until there"))
        for name, megabytes, count in (("kept", "64", asked.requests), ("made by Django", "0", asked.requests // 20)):
            with served(env | {"PAGES_MEGABYTES": megabytes}, asked.port) as server:
                for what, headers in (("br", {"Accept-Encoding": "br"}), ("304", None)):
                    figures = measured(server, asked.port, count, headers)
                    print(LINES(f"{name}, {what}", *(f"{figure:.0f}" for figure in figures)), flush=True)
                    if megabytes != "0" and figures[0] > GOAL:
                        slow.append(what)
    if slow:
        sys.exit(f"More than {GOAL} µs of processor for a kept page: {', '.join(slow)}")


def prepared(folder):
    """A site with the demonstration in it, and what a server needs of the environment."""
    env = {"PATH": os.environ["PATH"], "VAR_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(50)}
    for command in (["migrate", "-v0"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
        called = [sys.executable, "manage.py", *command]
        subprocess.run(called, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own words
    return env


@contextmanager
def served(env, port):
    """The number of Granian's first process, while it serves."""
    command = [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--log-level", "warning", "leukemia_site.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=env)  # noqa: S603  our own words
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                get(http.client.HTTPConnection("127.0.0.1", port), {})
                break
            except OSError:
                time.sleep(0.2)
        time.sleep(2)  # until it has heard what there is
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def measured(server, port, count, headers):
    """Microseconds for one request: of the server's processor, and until the client has it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    first = get(connection, headers or {})
    headers = headers or {"If-None-Match": first.headers["ETag"]}
    for _time in range(min(count, 200)):
        get(connection, headers)
    processor, began = spent(server), time.perf_counter()
    for _time in range(count):
        get(connection, headers)
    return tuple(1e6 * one / count for one in (spent(server) - processor, time.perf_counter() - began))


def get(connection, headers):
    connection.request("GET", PAGE, headers=headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status not in (200, 304):
        raise SystemExit(f"{PAGE} answered {answer.status}")
    return answer


def spent(pid):
    """Seconds of processor that a process and its children have taken."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(parts[11]) + int(parts[12])) / TICK + sum(map(spent, children))


if __name__ == "__main__":
    main()
