"""The folder in which the processes of one server keep their numbers, each in files of its own.

A folder is one run of the server: a new one begins at nothing, as Prometheus expects of a restart. Every process holds
a lock on it, so that whoever starts later can tell which folders nobody uses any more. What a process counted that has
ended goes on counting: its files are added to those of process 0, which no process is.
"""

import fcntl
import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from leukemia_site.observing.numbers import Numbers

ENDED = 0
FILE = re.compile(r"(?P<kind>counter|histogram|gauge_live\w+)_(?P<pid>[0-9]+)\.db")
_held: list[IO[str]] = []  # open for as long as this process lives


def begin(root: Path) -> Path:
    """This server's folder below the root, held by this process; those that nobody holds are deleted."""
    folder = root / _server()
    _hold(folder)
    for other in root.iterdir():
        if other != folder:
            _drop(other)
    return folder


@contextmanager
def settled(folder: Path) -> Iterator[None]:
    """Meanwhile nobody adds up files of ended processes; this process has just done so."""
    with _lock(folder / "reading", fcntl.LOCK_EX):
        for path in sorted(folder.glob("*.db")):
            found = FILE.fullmatch(path.name)
            if found and int(found["pid"]) != ENDED and not _lives(int(found["pid"])):
                _inherit(path, found["kind"])
        yield


def _server() -> str:
    """The machine and the process that started this one, told from a later one that got its number."""
    parent = os.getppid()
    began = ""
    with suppress(OSError, IndexError):
        began = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()[19]
    return f"{socket.gethostname()}-{parent}-{began}"


def _hold(folder: Path) -> None:
    """Make the folder and hold it. It may be deleted before it is held; then there must be another one."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            file = _lock(folder / "held", fcntl.LOCK_SH)
            if _is_still(folder / "held", file):
                _held.append(file)
                return
            file.close()


def _is_still(path: Path, file: IO[str]) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def _lock(path: Path, how: int) -> IO[str]:
    file = path.open("a")
    try:
        fcntl.flock(file, how)
    except OSError:
        file.close()
        raise
    return file


def _drop(folder: Path) -> None:
    """Delete it, unless a process holds it."""
    with suppress(OSError), _lock(folder / "held", fcntl.LOCK_EX | fcntl.LOCK_NB):
        shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, and is somebody else's
    return True


def _inherit(path: Path, kind: str) -> None:
    """Add an ended process's counts to those of the ended ones. What it held (gauges) is gone with it."""
    if not kind.startswith("gauge"):
        heir = Numbers(str(path.with_name(f"{kind}_{ENDED}.db")))
        if heir.in_memory:  # no room; there may be some the next time
            return
        for key, value, _at, _position in Numbers.read_all_values_from_file(str(path)):
            heir.write_value(key, heir.read_value(key)[0] + value, 0.0)
        heir.close()
    path.unlink()
