"""A server as a process: how it is started, when it answers, and what it and its database took of the processor."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

STARTS = 120  # seconds in which a server must have answered
PACKED = {"Accept-Encoding": "gzip"}

Spent = dict[int, float]  # seconds of processor by process


@dataclass(frozen=True, kw_only=True)
class Server:
    """`command` is what starts it on a port; `page` the address of the article; `database` the name of its database
    where that is PostgreSQL's."""

    name: str
    command: Callable[[int], list[str]]
    page: str
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    database: str = ""


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    server: Server
    port: int
    pid: int

    def ask(self, page: str = "", headers: Mapping[str, str] = PACKED) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer, which has to be 200, and its bytes as they were sent."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as one:
            one.request("GET", page or self.server.page, headers=dict(headers))
            answer = one.getresponse()
            body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{self.server.name} answers {answer.status}")
        return answer, body

    def spent(self) -> Spent:
        """What its processes and those of its database have taken since they began."""
        return dict(_tree(self.pid)) | {pid: _spent(pid) for pid in _backends(self.server.database)}


def between(before: Spent, after: Spent) -> float:
    """Seconds of processor, of all processes together."""
    return sum(seconds - before.get(pid, 0) for pid, seconds in after.items())


def database(whose: str) -> str:
    """The name of a database on the server that DATABASE_URL names; "" where there is none, and SQLite is used."""
    return f"{connection.settings_dict['NAME']}_served_{whose}" if connection.vendor == "postgresql" else ""


@contextmanager
def databases(*whose: str) -> Iterator[None]:
    """They exist, and are empty, until the end."""
    names = [database(one) for one in whose if database(one)]
    try:
        _each('DROP DATABASE IF EXISTS "{}" WITH (FORCE)', names)
        _each('CREATE DATABASE "{}"', names)
        yield
    finally:
        _each('DROP DATABASE IF EXISTS "{}" WITH (FORCE)', names)


@contextmanager
def running(server: Server, log: Path) -> Iterator[Running]:
    """The server, as soon as it answers 200 for its page, until the end."""
    with begun(server, log) as one:
        until = time.monotonic() + STARTS
        while not answers(one):
            if time.monotonic() > until:
                raise RuntimeError(f"{server.name} does not answer: {log}")
            time.sleep(0.1)
        yield one


@contextmanager
def begun(server: Server, log: Path) -> Iterator[Running]:
    """The server, which may not answer yet. It has a session of its own, so that no worker of it is left behind."""
    port = _free_port()
    with log.open("a") as said:
        process = subprocess.Popen(  # noqa: S603  our own words
            server.command(port),
            cwd=server.folder,
            env=dict(server.env),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        yield Running(server, port, process.pid)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(one: Running) -> bool:
    """Whether it gives the page now."""
    with suppress(OSError, http.client.HTTPException):
        one.ask()
        return True
    return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _tree(pid: int) -> Iterator[tuple[int, float]]:
    yield pid, _spent(pid)
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _spent(pid: int) -> float:
    try:
        return time.clock_gettime(~pid << 3 | 2)  # the clock of a process, clock_getcpuclockid(3)
    except OSError:
        return 0.0  # it has just ended


def _each(statement: str, names: list[str]) -> None:
    for name in names:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(name))


def _backends(name: str) -> list[int]:
    if not name:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name])
        return [pid for (pid,) in cursor.fetchall()]
