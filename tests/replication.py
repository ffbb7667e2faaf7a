"""A PostgreSQL of a test's own, and one that follows it, by streaming, on this machine."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

QUICK = "-c fsync=off -c full_page_writes=off -c jit=off -c shared_buffers=32MB -c max_connections=40"


def programs() -> Path | None:
    """The folder of initdb and its like, of the newest PostgreSQL there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    there = found[-1:] or [Path(path) for path in [shutil.which("initdb")] if path]
    return there[0].parent if there else None


@dataclass(frozen=True)
class Server:
    """One of the two: its folder and its port."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """As DATABASE_URL names it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        """Every statement, one after the other."""
        return self.folder.with_suffix(".log")

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder.parent} {QUICK}"
        )
        run(
            "pg_ctl",
            "-D",
            self.folder,
            "-w",
            "-t",
            "300",
            "-l",
            self.log,
            "-o",
            f"{options} -c log_statement=all",
            "start",
        )

    def stop(self) -> None:
        run("pg_ctl", "-D", self.folder, "-w", "-m", "immediate", "stop")

    def do(self, statement: str) -> None:
        """Have it done, in a transaction of its own."""
        line = psycopg2.connect(self.address)
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(statement)
        line.close()


def run(program: str, *arguments: object) -> None:
    """One of PostgreSQL's programs, which refuse to be root."""
    command = [str(programs() / program), *map(str, arguments)]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, capture_output=True, cwd="/")


@contextmanager
def pair(ports: tuple[int, int]) -> Iterator[tuple[Server, Server]]:
    """The first database and the one that follows it."""
    home = Path(tempfile.mkdtemp(prefix="leukemia-replication-"))
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
    first, second = Server(home / "first", ports[0]), Server(home / "second", ports[1])
    try:
        run("initdb", "-D", first.folder, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        first.start()
        line = f"-h 127.0.0.1 -p {first.port} -U postgres -R -X stream -c fast --no-sync"
        run("pg_basebackup", "-D", second.folder, *shlex.split(line))
        second.start()
        yield first, second
    finally:
        for server in (second, first):
            if (server.folder / "postmaster.pid").exists():
                server.stop()
        shutil.rmtree(home)
