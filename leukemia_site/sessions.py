"""Sessions in the database, found sooner in the shared cache."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import cached_db
from django.core.cache import caches

SECONDS = 60  # at most so long does the cache go on about a session of which it missed the end, being away just then


class Briefly:
    """The cache, in which nothing stays for long."""

    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def set(self, key: str, value: Any, timeout: float) -> None:
        self._cache.set(key, value, min(timeout, SECONDS))

    def get(self, key: str) -> Any:
        return self._cache.get(key)

    def delete(self, key: str) -> None:
        self._cache.delete(key)

    def __contains__(self, key: str) -> bool:
        return key in self._cache


class SessionStore(cached_db.SessionStore):
    """Whatever becomes of the cache, the database counts."""

    cache_key_prefix = "sessions."

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache: Any = Briefly(caches[settings.SESSION_CACHE_ALIAS])
