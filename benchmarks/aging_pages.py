"""Wagtail's report of aging pages over as many pages, measured by the same clock in the same run.

Wagtail gets an environment of its own (PEER_VENV, else one beside the system's temporary files) and SQLite. Without a
registry of packages it is left out, and the run says so.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

VERSION = "8.0.1"
PEER = Path(__file__).with_name("aging_pages_peer.py")
OURS = {"first page": "due list", "filter": "due list, tier"}  # what answers the same question here


def compare(count: int, figures: dict[str, float], *, times: int) -> None:
    """Print the peer's figures, and how many times ours they are."""
    python = _installed()
    if python is None:
        return
    with tempfile.TemporaryDirectory() as place:
        said = subprocess.run(  # noqa: S603  our own script
            [python, PEER, str(count), str(times), place], capture_output=True, text=True, check=False
        )
    if said.returncode:
        print(f"Wagtail: skipped, its report could not be measured: {said.stderr.strip().splitlines()[-1:]}")
        return
    for name, (taken, queries) in json.loads(said.stdout).items():
        ours = figures.get(OURS[name])
        ratio = f"   {taken / ours:.1f} times ours" if ours else "   ours was not measured"
        print(f"{f'Wagtail {VERSION}, aging pages, {name}':52}{taken:10,.1f} ms CPU {queries:16,} queries{ratio}")


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
