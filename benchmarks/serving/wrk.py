"""What wrk says of a server, and what the server took of the processor meanwhile."""

import re
import subprocess
from dataclasses import dataclass

from benchmarks.serving.processes import Running, between

_MILLISECONDS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


@dataclass(frozen=True)
class Load:
    """Requests in a second; milliseconds until half of the answers were there, and 99 of 100; microseconds of processor
    for each request."""

    rate: float
    half: float
    most: float
    processor: float


def load(one: Running, *, connections: int, seconds: int) -> Load:
    """One thread asks for the page over so many connections. An answer that is none ends the measurement."""
    before = one.spent()
    said = subprocess.run(  # noqa: S603  our own words
        [
            *("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s"),
            *("-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{one.port}{one.server.page}"),
        ],
        **{"check": True, "capture_output": True, "text": True},
    ).stdout
    spent = between(before, one.spent())
    if wrong := re.search(r"Non-2xx.*|Socket errors: connect [1-9].*", said):
        raise RuntimeError(f"{one.server.name}: {wrong[0]}")
    count = int(re.search(r"(\d+) requests in", said)[1])
    waits = {part: float(value) * _MILLISECONDS[unit] for part, value, unit in _waits(said)}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    return Load(rate, waits["50"], waits["99"], 1e6 * spent / count)


def _waits(said: str) -> list[tuple[str, str, str]]:
    return re.findall(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", said, re.MULTILINE)
