"""The manifest of a tree: a first line about the whole, then a family to a line. JSON Lines, in the order of names."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from leukemia_site.mirror.refusals import Refused

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the export stood in the log of changes, which program and settings made it, when, and for which site."""

    number: int
    release: str
    made_at: str
    site: str
    headers: dict[str, dict[str, str]]  # what pages say alike (headers.py)
    mirror: int = VERSION


@dataclass(frozen=True, slots=True)
class Manifest:
    """The head, and the line of each family by its name."""

    head: Head
    lines: Mapping[str, str]


def written(manifest: Manifest) -> bytes:
    """As a file."""
    lines = [json.dumps(asdict(manifest.head)) + "\n", *(manifest.lines[name] for name in sorted(manifest.lines))]
    return "".join(lines).encode()


def read(path: Path) -> Manifest:
    """From a file. Raises Refused where it is none that we can read, FileNotFoundError."""
    first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True) or [""]
    try:
        told: dict[str, Any] = json.loads(first)
        if told.get("mirror") != VERSION:
            raise ValueError("another version")
        return Manifest(Head(**told), by_name(rest))
    except (ValueError, TypeError) as error:
        raise Refused(f"{path} is no manifest of a mirror that this program can read ({error}).") from error


def usable(path: Path) -> Manifest | None:
    """From a file; None where there is none, or none that we can read."""
    try:
        return read(path)
    except (Refused, FileNotFoundError):
        return None


def by_name(lines: Iterable[str]) -> dict[str, str]:
    """Lines of families by their names, the last of a name; a line that was cut off is left out."""
    whole = (line for line in lines if line.endswith("}\n"))
    return {_name(line): line for line in whole}


def _name(line: str) -> str:
    # The name comes first, and none of ours holds a quote: no need to read the rest.
    return line.removeprefix('{"family":"').partition('"')[0]
