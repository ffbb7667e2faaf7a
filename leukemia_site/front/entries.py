"""A kept answer: ready to be sent in every encoding, with the headers that Django would send."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leukemia_site.front import encoding
from leukemia_site.front.encoding import Form

Headers = tuple[tuple[str, str], ...]
OK = "200 OK"
_OVERHEAD = 2_000  # bytes of an entry beside its words, about
# Of the words themselves, so that each encoding has its own.
_OF_FORM = {"content-length", "content-encoding", "etag"}
# What "not modified" repeats of a page (RFC 9110, 15.4.5), and what our middleware adds to every answer.
_REPEATED = {"cache-control", "content-location", "date", "expires", "last-modified", "vary"} | {
    *("x-frame-options", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy"),
    *("permissions-policy", "strict-transport-security"),
}


@dataclass(frozen=True, slots=True)
class Ready:
    """One encoding of an answer, with all of its headers, and those that say that the visitor has it already."""

    form: Form
    etag: str  # "" where the answer has none
    headers: Headers
    not_modified: Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An answer, and how long it is right: what Offer says of it, and what number of the log was known before it was
    made. `later` is the same page as it reads from `wrong_from` on."""

    status: str
    headers: Headers
    ready: Mapping[str, Ready]
    leans_on: frozenset[str]
    number: int
    valid_until: float | None = None
    wrong_from: float | None = None
    later: "Entry | None" = None

    @property
    def size(self) -> int:
        """Bytes, about; with what comes later."""
        packed = sum(ready.form.length for ready in self.ready.values() if ready.form.is_whole)
        return _OVERHEAD + packed + (self.later.size if self.later else 0)

    @property
    def body(self) -> bytes:
        """The words, packed in no way."""
        return self.ready[encoding.IDENTITY].form.body

    def is_right(self, at: float) -> bool:
        """Whether it reads as it would if it were made then, as far as nobody wrote."""
        return self.valid_until is None or at < self.valid_until

    def reads_as(self, other: "Entry") -> bool:
        """Whether it will read the same: made of the same, and until the same moment."""
        return (self.number, self.wrong_from) == (other.number, other.wrong_from)

    def harmless(self, at: float) -> "Entry | None":
        """What may be shown then while nothing can be made: this, or what comes later."""
        if self.wrong_from is None or at < self.wrong_from:
            return self
        return self.later.harmless(at) if self.later else None

    def chain(self) -> Iterator["Entry"]:
        """This, and all that comes later."""
        yield self
        yield from self.later.chain() if self.later else ()


def ready(status: str, headers: Iterable[tuple[str, str]], forms: Mapping[str, Form]) -> dict[str, Ready]:
    """All encodings of an answer."""
    common = tuple((name, value) for name, value in headers if name.lower() not in _OF_FORM)
    repeated = tuple((name, value) for name, value in common if name.lower() in _REPEATED)
    named = bool(forms[encoding.IDENTITY].length)
    return {coding: _ready(form, common, repeated, etag=form.etag if named else "") for coding, form in forms.items()}


def _ready(form: Form, common: Headers, repeated: Headers, *, etag: str) -> Ready:
    name = (("ETag", etag),) if etag else ()
    packed = (("Content-Encoding", form.coding),) if form.coding else ()
    return Ready(
        form=form,
        etag=etag,
        headers=(*common, ("Content-Length", str(form.length)), *packed, *name),
        not_modified=(*repeated, *name, ("Content-Length", "0")),
    )
