"""Asking Django for a page, and keeping what it says may be kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from leukemia_site.front import encoding
from leukemia_site.front.entries import Entry, Headers, ready
from leukemia_site.front.offer import ENVIRON, Offer
from leukemia_site.front.rules import Environ

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
# Of whoever asked first; never of those who get the kept page.
OF_ONE_REQUEST = {"x-request-id", "cache-status"}


@dataclass(slots=True)
class Reply:
    """What Django said: status, headers, and a body that may still be on its way."""

    offer: Offer
    body: Iterable[bytes] = ()
    said: tuple[Any, ...] = field(default=("500 Internal Server Error", []))

    def start(self, *said: Any) -> None:
        """As a server is told."""
        self.said = said

    def entry(self) -> Entry:
        """It, to be kept, in every encoding."""
        status, headers = self.said[:2]
        forms = encoding.forms(self._whole())
        kept: Headers = tuple((str(name), str(value)) for name, value in headers if name.lower() not in OF_ONE_REQUEST)
        return Entry(
            status=status,
            headers=kept,
            ready=ready(status, kept, forms),
            leans_on=self.offer.leans_on or frozenset(),
            number=self.offer.number,
            valid_until=self.offer.valid_until,
            wrong_from=self.offer.wrong_from,
        )

    def _whole(self) -> bytes:
        try:
            return b"".join(self.body)
        finally:
            close(self.body)


def close(body: Iterable[bytes]) -> None:
    """Nobody wants the rest of it."""
    closing = getattr(body, "close", None)
    if closing:
        closing()


def ask(application: Application, environ: Environ, *, number: int = 0, at: float | None = None) -> Reply:
    """What Django says to this request, with an offer to keep it."""
    reply = Reply(Offer(at=at, number=number))
    reply.body = application({**environ, ENVIRON: reply.offer}, reply.start)
    return reply
