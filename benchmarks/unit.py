"""The web processes as deploy/systemd starts them, but for the folder, the socket and the number of workers."""

import http.client
import os
import shlex
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "deploy" / "systemd" / "leukemia-site.service"
STARTS = 120  # seconds in which a server must have answered
HEARS = 2.5  # seconds after which a process has heard what has changed
PAGE = os.sysconf("SC_PAGE_SIZE")


class Line(http.client.HTTPConnection):
    """A connection over the server's Unix socket, as nginx has it."""

    def __init__(self, path, *, timeout=60):
        super().__init__("127.0.0.1", timeout=timeout)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def command(at, *, workers):
    """ExecStart of the unit. Raises ValueError where it has no such option any more."""
    unit = UNIT.read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    words = shlex.split(line.removeprefix("ExecStart="))
    words[0] = str(Path(sys.executable).parent / "granian")
    for option, value in (("--uds", at), ("--workers", workers)):
        words[words.index(option) + 1] = str(value)
    return [*words, "--log-level", "warning"]


def database():
    """The database of this process, as DATABASE_URL names it."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    who = quote(said["USER"]) + (f":{quote(said['PASSWORD'])}" if said["PASSWORD"] else "")
    return f"postgres://{who}@{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"


def environment(var, *, url=""):
    """What the server needs of it, in this folder, which gets the static files."""
    keys = {"SECRET_KEY": settings.SECRET_KEY, "SEAL_KEY": settings.SEAL_KEY}
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "DATABASE_URL": url or database(), **keys}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(collect, cwd=ROOT, env=env, check=True)  # noqa: S603  our own words
    return env


@contextmanager
def served(env, at, *, workers=1):
    """The server's first process, while it serves and has heard what there is."""
    server = started(env, at, workers=workers)
    try:
        wait_for(at)
        time.sleep(HEARS)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def started(env, at, *, workers):
    """The first process, which may not answer yet."""
    log = (Path(env["VAR_DIR"]) / "server.log").open("a")
    return subprocess.Popen(command(at, workers=workers), cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603


def wait_for(at):
    """Until somebody answers. Raises TimeoutError."""
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            line = Line(at)
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"no server answers at {at}")


def workers(server):
    """The processes that answer, which are its children."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [pid for pid in map(int, children) if b"resource_tracker" not in _said(pid)]


def _said(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b"resource_tracker"  # it is gone


def spent(pid):
    """Seconds of processor that a process has taken, to the microsecond: all of its threads that still live."""
    took = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with suppress(OSError), open(f"/proc/{pid}/task/{thread}/schedstat", "rb") as file:
            took += int(file.read().split()[0])
    return took / 1e9


def resident(pid):
    """Megabytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
