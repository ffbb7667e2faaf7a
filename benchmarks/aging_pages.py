"""Wagtail's report of aging pages over as many pages, in rounds that alternate with our list, both on SQLite.

Wagtail gets an environment of its own (PEER_VENV, else one beside the system's temporary files). Without a registry of
packages it is left out, and the run says so.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks import meter

VERSION = "8.0.1"
PEER = Path(__file__).with_name("aging_pages_peer.py")


def compare(count: int, ours: Mapping[str, Callable[[], Any]], *, keep: str) -> None:
    """Print what both take for the same question, and how many times ours the peer's is. Each round asks one, then the
    other; the ratio is the middle of the rounds' ratios."""
    if connection.vendor != "sqlite":
        print("Wagtail: skipped, it is compared on SQLite")
        return
    python = _installed()
    if python is None:
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(f"{keep}.peer") if keep else Path(place)
        folder.mkdir(exist_ok=True)
        command = [python, PEER, str(count), folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:  # noqa: S603  ours
            for name, work in ours.items():
                _rounds(name, work, peer)


def _rounds(name: str, work: Callable[[], Any], peer: Any) -> None:
    _ask(peer, name)  # to warm up
    queries, rounds = meter.asked(work), []
    for _round in range(meter.TIMES):
        mine = meter.cost(work)
        theirs, count = _ask(peer, name)
        rounds.append((mine, theirs))
    mine, theirs = (statistics.median(one) for one in zip(*rounds, strict=True))
    ratio = statistics.median(theirs / mine for mine, theirs in rounds)
    print(f"{f'aging pages, {name}':40} Wagtail {VERSION} {theirs:8,.1f} ms CPU {count:4,} queries", end="")
    print(f"   ours {mine:8,.1f} ms CPU {queries:4,} queries   {ratio:.1f} times ours", flush=True)


def _ask(peer: Any, name: str) -> tuple[float, int]:
    peer.stdin.write(f"{name}\n")
    peer.stdin.flush()
    taken, queries = json.loads(peer.stdout.readline() or "[0, 0]")
    if not queries:
        raise RuntimeError("Wagtail's report could not be measured")
    return taken, queries


def _installed() -> str | None:
    place = Path(os.environ.get("PEER_VENV", Path(tempfile.gettempdir()) / f"wagtail-{VERSION}"))
    python = place / "bin" / "python"
    if not python.exists():
        made = [[sys.executable, "-m", "venv", place], [python, "-m", "pip", "-q", "install", f"wagtail=={VERSION}"]]
        for command in made:
            if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603  our own command
                print("Wagtail: skipped, it could not be installed")
                return None
    return str(python)
