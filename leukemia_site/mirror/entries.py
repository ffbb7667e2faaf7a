"""What the manifest knows: of each address its answer and its files, and the addresses in families, one to a line."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One address. `kind` is its content type, `files` their digests by path, `place` where a moved page stands now.

    `links` are the addresses of this site that it names, as far as they are exported with it. `leans_on` and
    `valid_until` (seconds since 1970) are what its rendering offered; without an offer any change outdates it.
    """

    address: str
    status: int
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    place: str = ""
    links: tuple[str, ...] = ()
    leans_on: tuple[str, ...] = ("*",)
    valid_until: float | None = None

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Entry":
        return cls(**{**told, "links": tuple(told["links"]), "leans_on": tuple(told["leans_on"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Addresses that are exported together: a page and all that lies below it, a reviewer, or the site's own pages.

    `number` is that of the log of changes when it was rendered; `assets` are what its pages load from elsewhere.
    """

    name: str
    number: int
    entries: tuple[Entry, ...]

    @property
    def head(self) -> dict[str, Any]:
        """What says whether the family must be looked at, without reading its entries."""
        ends = [one.valid_until for one in self.entries if one.valid_until is not None]
        return {
            "family": self.name,
            "number": self.number,
            "valid_until": min(ends, default=None),
            "leans_on": sorted({tag for one in self.entries for tag in one.leans_on}),
            "assets": sorted({link for one in self.entries for link in one.links if is_asset(link)}),
        }

    def line(self) -> str:
        """The family as one line of JSON."""
        told = self.head | {"entries": [asdict(one) for one in self.entries]}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def read(cls, line: str) -> "Family":
        told = json.loads(line)
        entries = tuple(map(Entry.read, told["entries"]))
        return cls(name=told["family"], number=told["number"], entries=entries)

    def files(self) -> dict[str, str]:
        return files_of(self.entries)


def head_of(line: str) -> dict[str, Any]:
    """The head of a line, without the work of reading the rest."""
    start, found, _rest = line.partition(',"entries":[')
    head: dict[str, Any] = json.loads(f"{start}}}" if found else line)
    return head


def files_of(entries: Iterable[Entry]) -> dict[str, str]:
    """All files of these, with their digests."""
    return {path: digest for one in entries for path, digest in one.files.items()}


ASSETS = ("/static/", "/figures/", "/brand/")


def is_asset(address: str) -> bool:
    """Whether it is no page, but something that pages load."""
    return address.startswith(ASSETS)
