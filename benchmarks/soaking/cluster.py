"""A PostgreSQL of its own, as it is installed: what it has committed is on disk. It can be killed."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests import replication

TRIES = 20  # to start: what shares the memory of a killed one may take a moment to end


@dataclass(frozen=True)
class Cluster:
    """Its folder and its port."""

    folder: Path
    port: int

    @property
    def address(self):
        """As DATABASE_URL names it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self):
        """Until it answers, after it has mended itself. Raises subprocess.CalledProcessError."""
        places = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder.parent}"
        log = self.folder.with_suffix(".log")
        for left in reversed(range(TRIES)):
            try:
                options = ("-D", self.folder, "-w", "-t", "120", "-l", log, "-o", f"-p {self.port} {places}")
                replication.run("pg_ctl", *options, "start")
                return
            except subprocess.CalledProcessError:
                if not left:
                    raise
                time.sleep(0.5)

    def kill(self):
        """All of its processes at once, as when the machine goes."""
        first = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self):
        with suppress(subprocess.CalledProcessError):  # it was killed, and not started again
            replication.run("pg_ctl", "-D", self.folder, "-w", "-m", "immediate", "stop")


@contextmanager
def made(port):
    """One that answers, and is gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="soak-database-"))
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
    cluster = Cluster(home / "data", port)
    try:
        replication.run("initdb", "-D", cluster.folder, "-A", "trust", "-U", "postgres", "-E", "UTF8")
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home)
