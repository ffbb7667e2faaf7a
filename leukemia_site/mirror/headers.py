"""Headers that many pages have alike, by a name, so that the manifest says them once."""

from collections.abc import Mapping
from dataclasses import dataclass

POLICY = "Content-Security-Policy"
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Sets of headers by name. `""` is the set that holds none."""

    sets: Mapping[str, Headers]

    def short(self, headers: Headers) -> tuple[str, dict[str, str]]:
        """The name of a set all of which is in the headers, and what else is in them."""
        fitting = (name for name, one in self.sets.items() if one.items() <= headers.items())
        name = max(fitting, key=lambda name: len(self.sets[name]), default="")
        known = self.sets.get(name, {})
        return name, {key: value for key, value in headers.items() if key not in known}

    def whole(self, name: str, rest: Headers) -> dict[str, str]:
        """The headers again."""
        return {**self.sets.get(name, {}), **rest}


def policy(policies: set[str]) -> str:
    """The policies of several pages in one: of each directive all that one of them allows."""
    found: dict[str, dict[str, None]] = {}
    for one in sorted(policies):
        for directive in filter(None, map(str.strip, one.split(";"))):
            name, *sources = directive.split()
            found.setdefault(name, {}).update(dict.fromkeys(sources))
    return "; ".join(" ".join([name, *sources]) for name, sources in found.items())
