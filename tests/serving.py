"""The site as it is served: granian, one process, beside the test."""

import os
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


@contextmanager
def served(var: Path, connection: Any) -> Iterator[int]:
    """A process that serves the site from the test's database, and keeps its files in `var`. Yields its port."""
    var.mkdir(parents=True, exist_ok=True)
    port = free_port()
    place = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "DEBUG": "on", "DATABASE_URL": address(connection)}
    place["DJANGO_SETTINGS_MODULE"] = "leukemia_site.settings"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--port", str(port)]
    with (var / f"{port}.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "leukemia_site.wsgi:application"], cwd=ROOT, env=place, stdout=log, stderr=log
        )
        try:
            _wait_for(port)
            yield port
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
