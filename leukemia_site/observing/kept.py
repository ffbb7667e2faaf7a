"""What is seen of each request that is answered before Django, by what its answer says of itself (RFC 9211)."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from leukemia_site.observing import store

CACHE_STATUS = "Cache-Status"  # the last header of an answer from the store
HIT, STALE = "; hit", "; detail=stale"


class Kept:
    """A WSGI application whose answers from a store of rendered pages are counted. No line of the log is written for
    one, and no number says which page it was. Answers of Django are not counted here: it does so itself."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, code, how = time.perf_counter(), "", ""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal code, how
            if headers and headers[-1][0] == CACHE_STATUS:
                code, how = status, headers[-1][1]
            return start_response(status, headers, *rest)

        body = self._application(environ, start)
        if HIT in how:
            seconds = time.perf_counter() - began
            store.hit(environ["REQUEST_METHOD"], int(code[:3]), seconds, stale=how.endswith(STALE))
        elif how:
            store.miss()
        return body
