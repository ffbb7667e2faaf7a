"""Seals: one hash for all of a row, chained to the one before it, and the signed head of the chain. Pure."""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

from articles.content import parts_hash

_AS_IT_IS = (int, list, dict)
_EMPTY: tuple[Any, ...] = (None, "", [], {})
GENESIS = "0" * 64  # what the first seal stands on
_encoder = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def row_hash(values: Mapping[str, Any], texts: Collection[str], *, parts: Callable[[str], str] = parts_hash) -> str:
    """SHA-256 (hex) of a row: its columns by name, `texts` (stored Content) as the hash of their `parts`.

    Empty columns are left out, so that a column added later leaves old seals alone.
    """
    filled = {name: value for name, value in values.items() if value or not (value in _EMPTY or value is False)}
    return _sha256({name: parts(value) if name in texts else _plain(value) for name, value in filled.items()})


def link(previous: str, *, number: int, row: tuple[str, int, str], row_hash: str) -> str:
    """The seal (hex) of one event: which row of which table, what happened to it, and the seal before."""
    return _sha256([previous, number, *row, row_hash])


def sign(key: str, *, count: int, last: str) -> str:
    """HMAC-SHA-256 (hex) over the head of the chain: how many seals there are, and the last."""
    return hmac.new(key.encode(), _json([count, last]), hashlib.sha256).hexdigest()


def is_signed(key: str, signature: str, *, count: int, last: str) -> bool:
    """Whether the head was signed with this key."""
    return hmac.compare_digest(sign(key, count=count, last=last), signature)


def _plain(value: Any) -> Any:
    if type(value) is str:
        return value  # most are
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # the instant, whatever zone the engine tells it in
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, _AS_IT_IS) else str(value)


def _json(value: Any) -> bytes:
    return _encoder.encode(value).encode()


def _sha256(value: Any) -> str:
    return hashlib.sha256(_json(value)).hexdigest()
