"""A command is seen like a request: an id in all its log lines, and its slow questions."""

from collections.abc import Iterator
from contextlib import contextmanager

from leukemia_site.observing import request_ids, slow


@contextmanager
def seen(name: str) -> Iterator[None]:
    """Run it in here; the name says in the log what was asked for."""
    with request_ids.during(request_ids.of({}, trusted=False)), slow.watched(lambda: name):
        yield
