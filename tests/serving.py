"""The site as it is served: granian, one process, beside the test."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings as django_settings

from tests.house import ROOT

STARTS = 120  # seconds in which a server must have answered


def address(connection: Any) -> str:
    """The database of the test, as an address."""
    said = connection.settings_dict
    who = quote(said["USER"]) + (f":{quote(said['PASSWORD'])}" if said["PASSWORD"] else "")
    return f"postgres://{who}@{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def place(var: Path, connection: Any) -> dict[str, str]:
    """The settings of a machine that keeps its files there, and has the database of the test."""
    settings = {"DATABASE_URL": address(connection), "DJANGO_SETTINGS_MODULE": "leukemia_site.settings"}
    keys = {"SECRET_KEY": django_settings.SECRET_KEY, "SEAL_KEY": django_settings.SEAL_KEY}
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(var), **settings, **keys}


def prepare(first: Path, *others: Path, connection: Any) -> None:
    """Make machines, each with the static files."""
    first.mkdir()
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=place(first, connection), check=True)
    for other in others:
        shutil.copytree(first / "static", other / "static")


@contextmanager
def served(var: Path, connection: Any) -> Iterator[int]:
    """A process on one of them. Yields its port."""
    with started(var, connection) as (port, _process):
        yield port


@contextmanager
def held_up(process: int) -> Iterator[None]:
    """Meanwhile the workers of this server stand still, as where a machine has no time for them."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    workers = [int(number) for number in children.split()]
    if not workers:
        raise LookupError(process)
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGCONT)


@contextmanager
def started(var: Path, connection: Any) -> Iterator[tuple[int, int]]:
    """A server with one process on one of them. Yields its port and its own number."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--port", str(port)]
    with (var / f"{port}.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "leukemia_site.wsgi:application"], cwd=ROOT, env=place(var, connection), stdout=log, stderr=log
        )
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTS
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
            return
        time.sleep(0.2)
    raise TimeoutError(f"no server answers on port {port}")
