"""What was asked once need not be asked again while nothing can change: for whoever reads many pages of one moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_memory: ContextVar[dict[Any, Any] | None] = ContextVar("memory", default=None)
_settled: ContextVar[dict[Any, Any] | None] = ContextVar("settled", default=None)


@contextmanager
def still(settled: dict[Any, Any] | None = None) -> Iterator[None]:
    """Inside, the database is promised to stand still, and answers are remembered. A request has no such promise.

    `settled` outlasts it: what no page changes (`settle`), for as long as no setting does.
    """
    tokens = _memory.set({}), _settled.set({} if settled is None else settled)
    try:
        yield
    finally:
        _memory.reset(tokens[0])
        _settled.reset(tokens[1])


def once(ask: Callable[P, R]) -> Callable[P, R]:
    """A question whose answer is remembered where nothing changes: its arguments are the key, and nobody alters it."""

    @wraps(ask)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        return remember((ask, args, tuple(named.items())), lambda: ask(*args, **named))

    return asked


def remember(key: Any, make: Callable[[], R]) -> R:
    """What is made of answers, made once where nothing changes."""
    return _kept(_memory.get(), key, make)


def answer(asked: Callable[..., R], found: R, *args: Any) -> None:
    """Remember the answer to a question that nobody has asked yet: it was found together with many others."""
    memory = _memory.get()
    if memory is None:
        raise RuntimeError("answers are remembered only while nothing changes")
    memory[(asked.__wrapped__, args, ())] = found  # type: ignore[attr-defined]


def settle(key: Any, make: Callable[[], R]) -> R:
    """What is the same on all pages, made once where nothing changes."""
    return _kept(_settled.get(), key, make)


def _kept(memory: dict[Any, Any] | None, key: Any, make: Callable[[], R]) -> R:
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    found: R = memory[key]
    return found
