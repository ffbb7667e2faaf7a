"""What web servers read: where moved pages stand now, what was taken down, and the headers of pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from leukemia_site.mirror.headers import POLICY, Headers, policy
from leukemia_site.mirror.places import OWN


def files(heads: Iterable[Mapping[str, Any]], alike: Mapping[str, Headers]) -> dict[str, bytes]:
    """By path: two maps for nginx (the inside of `map $uri $name { }`), and headers (the inside of a `location`)."""
    moved, gone = dict[str, str](), list[str]()
    for head in heads:
        moved |= head["moved"]
        gone += head["gone"]
    return {
        f"{OWN}/moved.map": "".join(f"{address} {moved[address]};\n" for address in sorted(moved)).encode(),
        f"{OWN}/gone.map": "".join(f"{address} 1;\n" for address in sorted(gone)).encode(),
        f"{OWN}/headers.conf": _headers(list(alike.values())).encode(),
    }


def _headers(sets: list[Headers]) -> str:
    """What all pages say alike, and one policy that allows the style of each."""
    alike = [set(one.items()) for one in sets]
    common: set[tuple[str, str]] = set.intersection(*alike) if alike else set()
    said = {**dict(common), POLICY: policy({one[POLICY] for one in sets if POLICY in one})}
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in sorted(said.items()) if value)
