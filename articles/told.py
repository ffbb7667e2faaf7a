"""Told: what a patient tells, as a value; its stored text, and the hash by which editions name it. Pure."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from articles.content import sha256

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story in one wording: its title, whom readers see as its teller, its language, its cleaned HTML."""

    title: str
    name: str
    body: str
    language: str = "en"

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, the number of its schema inside."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """Read stored text back. Raises ValueError for what is none."""
        row = json.loads(stored)
        if row.pop("schema", None) != SCHEMA:
            raise ValueError("a story of a schema that this release does not know")
        return cls(**row)

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the stored text."""
        return sha256(self.to_json())
