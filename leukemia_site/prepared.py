"""Questions whose SQL is written once: Django takes longer to write it than the database takes to answer it."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
# What stands for a value while the SQL is written. Nothing is called so, and no key is negative.
TEXT, NUMBER = "\ue000the-value-that-is-asked-for", -718_281_828


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """As much of a queryset as Django's ModelIterable needs, with SQL that is there already."""

    model: type[Model]
    db: str
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    _known_related_objects: dict[Any, Any] = field(default_factory=dict)

    @property
    def query(self) -> "_Written":
        return self

    def get_compiler(self, using: str) -> Any:
        # One of its own for whoever asks: a connection belongs to one thread.
        mine = copy(self.compiler)
        mine.connection = connections[using]
        mine.as_sql = lambda: (self.sql, self.parameters)
        return mine


class Prepared(Generic[M]):
    """The rows of a queryset that depends on one value, as a parameter of its SQL and in no other way.

    `ask` makes the queryset; `mark`, TEXT or NUMBER, stands for the value there. What a queryset fetches beside its
    rows (`prefetch_related`) is not asked for.
    """

    def __init__(self, model: type[M], ask: Callable[[Any], "QuerySet[M]"], *, mark: str | int) -> None:
        self._model, self._ask, self._mark = model, ask, mark
        self._written: dict[str, _Written] = {}  # by database: their SQL differs

    def __call__(self, value: str | int) -> list[M]:
        """All rows."""
        alias = router.db_for_read(self._model)
        written = self._written.get(alias) or self._write(alias)
        parameters = tuple(value if one == self._mark else one for one in written.parameters)
        queryset: Any = replace(written, parameters=parameters)
        return list(ModelIterable(queryset))

    def _write(self, alias: str) -> _Written:
        compiler = self._ask(self._mark).using(alias).query.get_compiler(using=alias)
        sql, parameters = compiler.as_sql()
        if self._mark not in parameters:
            raise ValueError("What is prepared must hold its value as a parameter.")
        written = _Written(model=self._model, db=alias, compiler=compiler, sql=sql, parameters=tuple(parameters))
        self._written[alias] = written
        return written
