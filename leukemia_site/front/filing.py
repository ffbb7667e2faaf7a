"""An entry as a file, and back: a digest of all of it, a line that describes it, and its bodies."""

import hashlib
import json
from pathlib import Path
from typing import Any

from leukemia_site.front import encoding
from leukemia_site.front.encoding import Form
from leukemia_site.front.entries import Entry, ready


class Damaged(ValueError):
    """The file is not as it was written."""


def packed(address: str, entry: Entry) -> bytes:
    """The file."""
    links = list(entry.chain())
    described = json.dumps({"address": address, "chain": [_described(link) for link in links]}).encode()
    bodies = [form.kept for link in links for form in _whole(link)]
    rest = b"\n".join((described, b"".join(bodies)))
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def unpacked(file: bytes, address: str) -> Entry:
    """The entry of this address. Raises Damaged."""
    digest, _newline, rest = file.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        raise Damaged
    line, _newline, bodies = rest.partition(b"\n")
    told = json.loads(line)
    if told["address"] != address:
        raise Damaged
    entry, end = None, len(bodies)
    for link in reversed(told["chain"]):
        start = end - sum(length for _coding, length, _etag, whole in link["forms"] if whole)
        entry, end = _entry(link, bodies[start:end], entry), start
    if entry is None or end:
        raise Damaged
    return entry


def dependence(path: Path) -> tuple[frozenset[str], int]:
    """Of a file: what the entry leans on, and the number that it knew. Raises ValueError or KeyError."""
    with path.open("rb") as file:
        file.readline()
        told = json.loads(file.readline())["chain"][0]
    return frozenset(told["leans_on"]), int(told["number"])


def address(path: Path) -> str:
    """Of which page a file is. Raises OSError, ValueError or KeyError."""
    with path.open("rb") as file:
        file.readline()
        return str(json.loads(file.readline())["address"])


def _whole(entry: Entry) -> list[Form]:
    return [one.form for one in entry.ready.values() if one.form.is_whole]


def _described(entry: Entry) -> dict[str, Any]:
    return {
        "status": entry.status,
        "headers": entry.headers,
        "forms": [(coding, one.form.length, one.form.etag, one.form.is_whole) for coding, one in entry.ready.items()],
        "leans_on": sorted(entry.leans_on),
        "number": entry.number,
        "valid_until": entry.valid_until,
        "wrong_from": entry.wrong_from,
    }


def _entry(told: dict[str, Any], bodies: bytes, later: Entry | None) -> Entry:
    forms: dict[str, Form] = {}
    start = 0
    for coding, length, etag, whole in told.pop("forms"):
        kept = bodies[start : start + length] if whole else forms[encoding.GZIP].kept
        forms[coding] = Form(coding, kept, etag, length)
        start += length if whole else 0
    headers = tuple((name, value) for name, value in told.pop("headers"))
    leans_on = frozenset(told.pop("leans_on"))
    made = ready(told["status"], headers, forms)
    return Entry(headers=headers, ready=made, leans_on=leans_on, later=later, **told)
