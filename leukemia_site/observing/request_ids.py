"""One random id for each request. It stands in the answer, in every log line, and on the page that says what broke.

It is made anew for every request and belongs to nobody: two requests of one reader have nothing in common.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

KEY = "leukemia_site.request_id"  # in the WSGI environment, once there is one
HEADER = "X-Request-ID"
# Hexadecimal, as proxies make them, with the hyphens of a UUID. Anything else could be a name, or a line of its own.
WELL_FORMED = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f-]{14,34}[0-9A-Fa-f]")

Headers = list[tuple[str, str]]
_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request that this code works for; "" where there is none."""
    return _current.get()


def of(environ: dict[str, Any], *, trusted: bool) -> str:
    """The id that the environment has already, or the well-formed one of a trusted proxy, or a new one."""
    if known := environ.get(KEY):
        return str(known)
    given = environ.get("HTTP_X_REQUEST_ID", "") if trusted else ""
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


@contextmanager
def during(request_id: str) -> Iterator[str]:
    """Everything that is done in here is done for this request."""
    token = _current.set(request_id)
    try:
        yield request_id
    finally:
        _current.reset(token)


class Identified:
    """A WSGI application whose every answer bears an id, whoever gave the answer.

    It stands before everything that may answer without Django, so that what is kept for other readers holds no id.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], *, trusted: bool) -> None:
        self._application = application
        self._trusted = trusted  # only behind a proxy that writes the header itself

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request_id = environ[KEY] = of(environ, trusted=self._trusted)

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, request_id)], *rest)

        token = _current.set(request_id)  # as `during` does, for which each kept page would wait a microsecond
        try:
            return self._application(environ, start)
        finally:
            _current.reset(token)
