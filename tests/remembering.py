"""Worlds that hundreds of tests begin with: made by the deeds once in each process, then put back row by row.

Only into an empty database, so that nothing of the test can be in the way, and only when the house's own settings hold,
so that every row is what the deeds would write again.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from types import SimpleNamespace
from typing import Any

from django.conf import UserSettingsHolder, settings
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils import timezone, translation

from tests import rows

_now = timezone.now
_worlds: dict[Hashable, "World"] = {}
_making: list[str] = []


@dataclass(frozen=True)
class World:
    """Statements that fill the tables, what the maker returned, and what waits for the commit."""

    statements: list[str]
    returned: Any
    waiting: list[tuple[Callable[[], None], bool]]

    @classmethod
    def of(cls, returned: Any, waiting: list[Any]) -> "World":
        tables = [rows.insert(table) for table in rows.filled()]
        return cls(tables, _noted(returned), [(act, robust) for _savepoints, act, robust in waiting])

    def put_back(self) -> Any:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
            for act, robust in self.waiting:
                transaction.on_commit(act, robust=robust)
        return _found(self.returned)


def remembered(make: Callable[..., Any]) -> Callable[..., Any]:
    """For a function that makes a world of nothing but what it is given: words and dates."""

    @wraps(make)
    def world(*args: Any, **kwargs: Any) -> Any:
        # Whether there is nobody is found out sooner than whether there is nothing.
        if _making or not _is_plain(args, kwargs) or User.objects.exists() or rows.filled():
            return make(*args, **kwargs)
        moment = None if timezone.now is _now else timezone.now()
        key = (make, args, tuple(sorted(kwargs.items())), moment, translation.get_language())
        if key in _worlds:
            return _worlds[key].put_back()
        _making.append(make.__name__)
        try:
            with transaction.atomic():
                before = len(connection.run_on_commit)
                returned = make(*args, **kwargs)
                _worlds[key] = World.of(returned, connection.run_on_commit[before:])
        finally:
            _making.pop()
        return returned

    return world


def forget() -> None:
    """Roles and permissions have other numbers now, and rows name them."""
    _worlds.clear()


def _is_plain(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    given = (*args, *kwargs.values())
    return all(isinstance(one, str | datetime) for one in given) and not isinstance(
        settings._wrapped, UserSettingsHolder
    )


def _noted(returned: Any) -> Any:
    match returned:
        case models.Model():
            return type(returned), returned.pk
        case SimpleNamespace():
            return SimpleNamespace(**{name: _noted(one) for name, one in vars(returned).items()})
        case dict():
            return {name: _noted(one) for name, one in returned.items()}
        case None:
            return None
    raise TypeError(f"a world returns rows, not {returned!r}")


def _found(noted: Any) -> Any:
    match noted:
        case (model, pk):
            return model._default_manager.get(pk=pk)
        case SimpleNamespace():
            return SimpleNamespace(**{name: _found(one) for name, one in vars(noted).items()})
        case dict():
            return {name: _found(one) for name, one in noted.items()}
    return None
