"""A Redis of a test's own, which can be stopped and started again."""

import shutil
import socket
import subprocess
import time
from pathlib import Path


class Redis:
    """One on a port of its own; `start` and `stop`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def is_there() -> bool:
        return shutil.which("redis-server") is not None

    @property
    def address(self) -> str:
        """As CACHE_URL names it."""
        return f"redis://127.0.0.1:{self.port}/5"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("redis-server does not answer")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=60)
            self._process = None
