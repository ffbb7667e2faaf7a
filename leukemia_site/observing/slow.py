"""Slow questions to the database: their SQL with placeholders, how long they took, and what they were asked for.

What stood in the place of the placeholders is never written down.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

from leukemia_site.observing import counting

HEAD, TAIL = 300, 1_700  # characters of SQL in a line: what is asked for is long, and where it is sought comes last

log = logging.getLogger(__name__)


@contextmanager
def watched(asked_for: Callable[[], str]) -> Iterator[None]:
    """Log each slow question of this thread meanwhile. SLOW_QUERY_MS says what is slow; 0: nothing is."""
    if not settings.SLOW_QUERY_MS:
        yield
        return
    with ExitStack() as stack:
        for one in connections.all():  # readers may be sent to a copy
            stack.enter_context(one.execute_wrapper(_Watch(asked_for)))
        yield


class _Watch:
    def __init__(self, asked_for: Callable[[], str]) -> None:
        self._asked_for = asked_for

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            milliseconds = round((time.perf_counter() - began) * 1000)
            if milliseconds >= settings.SLOW_QUERY_MS:
                self._tell(" ".join(str(sql).split()), milliseconds)

    def _tell(self, sql: str, milliseconds: int) -> None:
        counting.slow_query()
        told = sql if len(sql) <= HEAD + TAIL else f"{sql[:HEAD]} … {sql[-TAIL:]}"
        fields = {"milliseconds": milliseconds, "asked_for": self._asked_for(), "sql": told}
        log.warning("slow query", extra={"fields": fields})
