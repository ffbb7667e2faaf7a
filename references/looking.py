"""One look at an address, or one answer of a service: what was asked and what came back. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How a look ended. Everything but ANSWERED is without a page."""

    ANSWERED = "answered"
    REFUSED = "refused"  # by us: an address that we do not open
    NO_HOST = "no-host"  # the name is not in the DNS
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    BROKEN = "broken"  # what came was no HTTP, or ended before its end
    ASTRAY = "astray"  # redirects that lead round in a ring, to nowhere, or on and on


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the address that sent us on, and the status with which it did."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a visitor reads. `opening` are the first few thousand characters of the text."""

    title: str = ""
    heading: str = ""
    opening: str = ""
    words: int = 0
    fingerprint: str = ""  # "" where there is too little text to know again
    free: bool = True  # False: the page itself says that it is not for everybody


@dataclass(frozen=True, slots=True)
class Look:
    """`status` is 0 unless something answered. `retry_after` is in seconds."""

    asked: str
    outcome: Outcome
    final: str = ""
    hops: tuple[Hop, ...] = ()
    status: int = 0
    page: Page = field(default_factory=Page)
    challenged: bool = False  # a header says that a wall against robots stands here
    retry_after: int = 0
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service that speaks to programs said. `status` is 0 unless something answered."""

    outcome: Outcome
    status: int = 0
    body: bytes = b""
    retry_after: int = 0  # seconds
