"""One body in the encodings that browsers take: each made in one way, with a name (ETag) of its own."""

import functools
import gzip
import hashlib
import re
from dataclasses import dataclass, replace

import brotli

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
BEST_FIRST = (BROTLI, GZIP, IDENTITY)  # where a visitor has no preference
LEAST = 200  # bytes; what is shorter gains nothing
QUALITY = 9  # of Brotli: each step above it costs many times as much (docs/decisions/0047)
_WINDOWS = (10, 22)  # the least and the largest, as powers of two
_SUFFIX = {IDENTITY: "", GZIP: "-gz", BROTLI: "-br"}
_ETAG = re.compile(r'\A((?:W/)?"[^"]*")')


@dataclass(frozen=True, slots=True)
class Form:
    """A body in one encoding, its ETag, and its length in bytes. Of one that is packed in no way gzip's form is kept,
    which is undone for the few who ask."""

    coding: str
    kept: bytes
    etag: str
    length: int

    @property
    def body(self) -> bytes:
        """What is sent."""
        return self.kept if self.is_whole else gzip.decompress(self.kept)

    @property
    def is_whole(self) -> bool:
        """Whether it takes room of its own."""
        return len(self.kept) == self.length


def digest(body: bytes) -> str:
    """The name of a body, whatever its encoding."""
    return hashlib.sha256(body).hexdigest()[:32]


def form(body: bytes, coding: str, *, name: str = "") -> Form | None:
    """The body in this encoding; None where that would not make it shorter. `name` is its digest, where known."""
    packed = _packed(body, coding)
    if coding != IDENTITY and (len(body) < LEAST or len(packed) >= len(body)):
        return None
    return Form(coding, packed, f'"{name or digest(body)}{_SUFFIX[coding]}"', len(packed))


def forms(body: bytes) -> dict[str, Form]:
    """The body in every encoding that makes it shorter, or is none."""
    name = digest(body)
    found = {coding: form(body, coding, name=name) for coding in BEST_FIRST}
    made = {coding: one for coding, one in found.items() if one}
    if GZIP in made:
        made[IDENTITY] = replace(made[IDENTITY], kept=made[GZIP].kept)
    return made


def best(body: bytes, accepted: str) -> Form:
    """The body as a visitor with this Accept-Encoding gets it."""
    name = digest(body)
    found = (form(body, coding, name=name) for coding in wanted(accepted))
    return next(one for one in found if one)


@functools.lru_cache(maxsize=256)
def wanted(accepted: str) -> tuple[str, ...]:
    """The encodings that an Accept-Encoding allows, what the visitor likes best first; at last, always, none."""
    weights = dict(_weights(accepted))
    rest = weights.get("*", 0.0)
    known = {coding: weights.get(coding, rest) for coding in (BROTLI, GZIP)}
    known[IDENTITY] = weights.get("identity", min((weight for weight in known.values() if weight), default=1.0))
    liked = sorted((coding for coding in BEST_FIRST if known[coding]), key=lambda coding: -known[coding])
    # Better what was not asked for than nothing at all.
    return tuple(liked) if IDENTITY in liked else (*liked, IDENTITY)


def has_it(if_none_match: str, etag: str) -> bool:
    """Whether the visitor has this already (RFC 9110, 13.1.2: weak names are as good as strong ones)."""
    if if_none_match.strip() == "*":
        return True
    named = (_ETAG.match(one.strip()) for one in if_none_match.split(","))
    return etag in (one[1].removeprefix("W/") for one in named if one)


def _packed(body: bytes, coding: str) -> bytes:
    if coding == GZIP:
        return gzip.compress(body, 9, mtime=0)
    return _brotli(body) if coding == BROTLI else body


def _brotli(body: bytes) -> bytes:
    # A window that holds the body finds all there is to find. To clear a larger one takes ten times as long as to pack.
    window = min(max(len(body).bit_length(), _WINDOWS[0]), _WINDOWS[1])
    return bytes(brotli.compress(body, quality=QUALITY, mode=brotli.MODE_TEXT, lgwin=window))


def _weights(accepted: str) -> list[tuple[str, float]]:
    found = []
    for part in accepted.lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
        if coding:
            found.append(("gzip" if coding == "x-gzip" else coding, _weight(weights[0] if weights else "1")))
    return found


def _weight(text: str) -> float:
    return float(text) if re.fullmatch(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?", text) else 0.0
