"""What is seen of each request that is answered before Django, by what its answer says of itself (RFC 9211)."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from leukemia_site.observing import store

CACHE_STATUS = "Cache-Status"  # the last header of an answer from the store
HIT = "; hit"


class Kept:
    """A WSGI application whose answers from a store of rendered pages are counted. No line of the log is written for
    one, and no number says which page it was. Answers of Django are not counted here: it does so itself."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        said = None

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal said
            name, how = headers[-1] if headers else ("", "")
            if name == CACHE_STATUS:
                said = (environ["REQUEST_METHOD"], status, how)
            return start_response(status, headers, *rest)

        body = self._application(environ, start)
        if said is None:
            return body
        if HIT in said[2]:
            store.hit(said, time.perf_counter() - began)
        else:
            store.miss()
        return body
