"""What was asked once need not be asked again while nothing can change: for whoever reads many pages of one moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_memory: ContextVar[dict[Any, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def still() -> Iterator[None]:
    """Inside, the database is promised to stand still, and answers are remembered. A request has no such promise."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def once(ask: Callable[P, R]) -> Callable[P, R]:
    """A question whose answer is remembered where nothing changes: its arguments are the key, and nobody alters it."""

    @wraps(ask)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        memory = _memory.get()
        if memory is None:
            return ask(*args, **named)
        key = (ask, args, tuple(named.items()))
        if key not in memory:
            memory[key] = ask(*args, **named)
        found: R = memory[key]
        return found

    return asked
