"""Heads of the chain of seals, kept outside the database: what shows that a tail was cut."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from articles import seals
from articles.models import Chain


class Unreadable(Exception):
    """A line that is no head; str() says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How many seals there were at that time (ISO), the last of them, and the signature of both."""

    at: str
    count: int
    last: str
    signature: str

    def is_signed(self, key: str) -> bool:
        """Whether it was signed with this key."""
        return seals.is_signed(key, self.signature, count=self.count, last=self.last)


def now(at: datetime) -> Head | None:
    """The head as it stands; None before anything was sealed."""
    head = Chain.objects.first()
    return Head(at=at.isoformat(), count=head.count, last=head.last, signature=head.signature) if head else None


def keep(path: Path, *, at: datetime) -> Head | None:
    """Append the head to a file of one line a head. Returns it, or None when it is the last line already."""
    head = now(at)
    known = read(path) if path.exists() else ()
    if head is None or (known and known[-1].count == head.count):
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line(head) + "\n")
    return head


def line(head: Head) -> str:
    """One line, as it is kept and mailed."""
    return json.dumps(asdict(head))


def read(path: Path) -> Sequence[Head]:
    """The heads of a file. Raises Unreadable, OSError."""
    return [
        _parsed(text, number) for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.strip()
    ]


def _parsed(text: str, number: int) -> Head:
    try:
        head = Head(**json.loads(text))
        if not (isinstance(head.count, int) and isinstance(head.last, str) and isinstance(head.signature, str)):
            raise TypeError
    except (ValueError, TypeError) as error:
        raise Unreadable(f"line {number} is no head of the chain") from error
    return head
