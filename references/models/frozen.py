"""Rows that are written once. Database triggers (articles/triggers.py) hold the same line beneath the ORM."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar, cast

from django.db import models, transaction

from references.models.many import insert


class Frozen(Exception):
    """Somebody tried to change or delete a row that is kept for ever."""


class AlreadyFilled(Exception):
    """The row's one named change has already been made."""


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class FrozenQuerySet(models.QuerySet[Row_co]):
    """Reads like any other; writes nothing but new rows."""

    def _refuse(self) -> NoReturn:
        raise Frozen(f"{self.model.__name__} rows are append-only")

    def update(self, **kwargs: Any) -> int:
        self._refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse()

    def update_or_create(self, *args: Any, **kwargs: Any) -> tuple[Any, bool]:
        self._refuse()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if args or kwargs:  # what to do with rows that are there already; and whatever else Django will think of
            self._refuse()
        rows = list(objs)
        with transaction.atomic(savepoint=False):
            insert(rows)
            cast(type[FrozenModel], self.model).written(rows, "made")
        return rows


class FrozenModel(models.Model):
    """Append-only. `fill_once` names the columns of its one later change, all empty until then.

    `texts` are columns of stored Content, which a redaction may exchange for the same words without a part;
    `thinned` are those that the later change empties.
    """

    fill_once: ClassVar[tuple[str, ...]] = ()
    texts: ClassVar[tuple[str, ...]] = ()
    thinned: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(f"{type(self).__name__} {self.pk} is append-only")
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            self.written([self], "made")

    @classmethod
    def written(cls, rows: Sequence[Any], event: str) -> None:
        """What follows in the same transaction when rows were made, or filled."""

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(f"{type(self).__name__} {self.pk} is append-only")

    def _fill(self, **values: Any) -> None:
        """Make the named change, once. Raises AlreadyFilled when another hand was first."""
        unknown = set(values) - {*self.fill_once, *self.thinned}
        if unknown:
            raise Frozen(f"{type(self).__name__}: {', '.join(sorted(unknown))} can not change")
        marker = self.fill_once[0]
        empty = (
            {marker: ""} if isinstance(self._meta.get_field(marker), models.CharField) else {f"{marker}__isnull": True}
        )
        plain: models.QuerySet[Any] = models.QuerySet(type(self))
        with transaction.atomic(savepoint=False):
            done = plain.filter(pk=self.pk, **empty).update(**values)
            if done:
                for name, value in values.items():
                    setattr(self, name, value)
                self.written([self], "filled")
        if not done:
            raise AlreadyFilled(f"{type(self).__name__} {self.pk}")

    @classmethod
    def _fill_all(cls, rows: Sequence[Any], **values: Any) -> None:
        """The named change of many rows, whose marker is a time, at once. Raises AlreadyFilled where one has it."""
        plain: models.QuerySet[Any] = models.QuerySet(cls)
        empty = {f"{cls.fill_once[0]}__isnull": True}
        with transaction.atomic():
            done = plain.filter(pk__in=[row.pk for row in rows], **empty).update(**values)
            if done != len(rows):
                raise AlreadyFilled(cls.__name__)
            for row in rows:
                for name, value in values.items():
                    setattr(row, name, value)
            cls.written(rows, "filled")
