"""Copies of the database that follow the first one, a moment behind: who may read from one, and when.

Only a public page, for a visitor without a session, and only from a copy that holds at least what this process has
heard of as changed (docs/decisions/0051). Everything else, and whatever is written, goes to the first database.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from leukemia_site.front.changes import Answer
from leukemia_site.front.offer import ENVIRON, Offer
from leukemia_site.front.watching import STALE_AFTER

View = Callable[..., HttpResponse]
REST = 10.0  # seconds that a copy which failed is not asked again, so that not every reader waits for it
OLD = "leukemia_site; fwd=miss; detail=stale"  # Cache-Status of what may be older than it should

_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


class Router:
    """Reads go where this request was sent, and by default to the first database, as does all that is written."""

    def db_for_read(self, model: object, **hints: Any) -> str:
        return _reading.get()

    def db_for_write(self, model: object, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: object, other: object, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Copies:
    """What this process knows of the copies: how far the first database is, and which of them failed lately."""

    def __init__(self, aliases: Iterable[str]) -> None:
        self.heard: int | None = None  # the newest number of the log of changes
        self.heard_at = float("-inf")
        self._aliases = tuple(aliases)
        self._resting: dict[str, float] = {}

    def rest(self, alias: str) -> None:
        """This one failed."""
        self._resting[alias] = time.monotonic() + REST

    def awake(self) -> list[str]:
        """Those that did not fail lately, in any order, so that each has its share."""
        now = time.monotonic()
        found = [alias for alias in self._aliases if self._resting.get(alias, now) <= now]
        random.shuffle(found)
        return found

    def hear(self, number: int, *, at: float) -> None:
        """How far the first database was then."""
        self.heard, self.heard_at = number, at

    def is_old(self) -> bool:
        """Whether it is too long ago that it was asked, so that a copy may be behind though it holds all."""
        return time.monotonic() - self.heard_at > STALE_AFTER

    def choose(self, number_at: Callable[[str], int], *, known: int = 0) -> str:
        """A copy that holds all that was heard of, also by other processes that told us of it (`known`); else the first
        database, also while nothing was heard at all."""
        if self.heard is None:
            return DEFAULT_DB_ALIAS
        wanted = max(self.heard, known)
        for alias in self.awake():
            try:
                if number_at(alias) >= wanted:
                    return alias
            except Error:  # it can not be reached, or is not yet what it should be
                self.rest(alias)
        return DEFAULT_DB_ALIAS


copies = Copies(alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS)


def hearing(ask: Callable[[int], Answer]) -> Callable[[int], Answer]:
    """The question what has changed, whose answer also says how far the first database is. Before whoever keeps pages
    counts with it: what is made from then on must not be older."""

    def asked(number: int) -> Answer:
        began = time.monotonic()
        answer = ask(number)
        copies.hear(answer.number, at=began)
        return answer

    return asked


def reading(view: View, *, number_at: Callable[[str], int]) -> View:
    """A public view, which may read from a copy. Where that fails on the way, it reads from the first database."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        offer: Offer = request.META.get(ENVIRON) or Offer()
        alias = DEFAULT_DB_ALIAS if _is_personal(request) else copies.choose(number_at, known=offer.number)
        if alias != DEFAULT_DB_ALIAS:
            try:
                with _from(alias):
                    return _marked(view(request, *args, **kwargs), offer)
            except (OperationalError, InterfaceError):
                copies.rest(alias)
        return view(request, *args, **kwargs)

    return read


def _marked(response: HttpResponse, offer: Offer) -> HttpResponse:
    """Who keeps pages says by itself how old they are, and for longer than now."""
    offer.of_copy = True
    if copies.is_old():
        response.headers["Cache-Status"] = OLD
    return response


@contextmanager
def _from(alias: str) -> Iterator[None]:
    before = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(before)


def _is_personal(request: HttpRequest) -> bool:
    """Whether somebody asks who may just have written something."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META
