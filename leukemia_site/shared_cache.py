"""Redis, shared by all processes. Nothing is only there: while it is away, everything goes on as if it were empty."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
Found = TypeVar("Found")
REST = 5.0  # seconds that a Redis which failed is not asked again, so that not every request waits for it


class Texts:
    """How values are kept: as JSON. Django's own way, pickle, would let whoever writes into Redis run programs here."""

    def dumps(self, value: object) -> bytes | int:
        return value if type(value) is int else json.dumps(value).encode()  # as a number Redis can count it up

    def loads(self, kept: bytes) -> Any:
        """The value; None for what is no JSON, such as what an earlier release has left."""
        try:
            return json.loads(kept)
        except ValueError:
            return None


class SharedCache(RedisCache):
    """Every question about one key has an answer: the one that an empty cache would give, if Redis gives none."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._resting_until = 0.0

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._or(True, lambda: super(SharedCache, self).add(key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._or(default, lambda: super(SharedCache, self).get(key, default, version))

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        self._or(None, lambda: super(SharedCache, self).set(key, value, timeout, version))

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._or(False, lambda: super(SharedCache, self).touch(key, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._or(False, lambda: super(SharedCache, self).delete(key, version))

    def has_key(self, key: Any, version: Any = None) -> bool:
        return self._or(False, lambda: super(SharedCache, self).has_key(key, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Raises ValueError where there is nothing to count up, also because Redis is away."""
        found = self._or(None, lambda: super(SharedCache, self).incr(key, delta, version))
        if found is None:
            raise ValueError(f"Key {key!r} not found")
        return found

    def _or(self, otherwise: Found, ask: Callable[[], Found]) -> Found:
        if time.monotonic() < self._resting_until:
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as error:
            self._resting_until = time.monotonic() + REST
            log.warning("The shared cache does not answer (%s); going on without it.", type(error).__name__)
            return otherwise
