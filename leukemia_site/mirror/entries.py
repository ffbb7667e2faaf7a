"""What the manifest knows: of each address its answer and its files, and the addresses in families, one to a line."""

import json
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

GONE, MOVED, MISSING, LATER = 410, (301, 302), 404, 503
_NOTHING: tuple[Any, ...] = ("", (), {}, None)
STATIC, FIGURES, BRAND = ASSETS = ("/static/", "/figures/", "/brand/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One address. `kind` is its content type, `alike` a set of headers (headers.py) and `headers` are the others,
    `files` digests by path, `place` where a moved page stands now.

    `links` are the addresses of this site that it names, as far as they are exported with it. `leans_on` and
    `valid_until` (seconds since 1970) are what its rendering offered; one that made no offer has no `leans_on`.
    """

    address: str
    status: int
    kind: str = ""
    alike: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    place: str = ""
    links: tuple[str, ...] = ()
    leans_on: tuple[str, ...] | None = None
    valid_until: float | None = None

    def told(self) -> dict[str, Any]:
        """As plain values, without those that say nothing."""
        values: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value not in _NOTHING}

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Entry":
        lists: dict[str, Any] = {name: tuple(told[name]) for name in ("links", "leans_on") if name in told}
        return cls(**{**told, **lists})


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
        """What must be known of the family without reading its entries."""
        ends = [one.valid_until for one in self.entries if one.valid_until is not None]
        return {
            "family": self.name,
            "number": self.number,
            "valid_until": min(ends, default=None),
            "leans_on": sorted({tag for one in self.entries for tag in one.leans_on or ()}),
            "assets": sorted({link for one in self.entries for link in one.links if is_asset(link)}),
            "count": len(self.entries),
            "gone": [one.address for one in self.entries if one.status == GONE],
            "moved": {one.address: one.place for one in self.entries if one.status in MOVED},
            "later": [one.address for one in self.entries if one.status == LATER],
        }

    def line(self) -> str:
        """The family as one line of JSON."""
        told = self.head | {"entries": [one.told() for one in self.entries]}
        return json.dumps(told, separators=(",", ":")) + "\n"

    @classmethod
    def read(cls, line: str) -> "Family":
        told = json.loads(line)
        entries = tuple(map(Entry.read, told["entries"]))
        return cls(name=told["family"], number=told["number"], entries=entries)


def files_of(line: str) -> dict[str, str]:
    """All files of a family, with their digests, without the work of making its entries."""
    told = json.loads(line)
    return {path: digest for one in told["entries"] for path, digest in one.get("files", {}).items()}


@lru_cache(maxsize=65_536)
def head_of(line: str) -> dict[str, Any]:
    """The head of a line, without the work of reading the rest, and once: an export asks several times."""
    start, found, _rest = line.partition(',"entries":[')
    head: dict[str, Any] = json.loads(f"{start}}}" if found else line)
    return head


def is_asset(address: str) -> bool:
    """Whether it is no page, but something that pages load."""
    return address.startswith(ASSETS)
