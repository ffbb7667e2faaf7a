"""Rows that are written once. Database triggers (articles/triggers.py) hold the same line beneath the ORM."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models


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


class FrozenModel(models.Model):
    """Append-only. `fill_once` names the columns of its one later change, all empty until then."""

    fill_once: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(f"{type(self).__name__} {self.pk} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(f"{type(self).__name__} {self.pk} is append-only")

    def _fill(self, **values: Any) -> None:
        """Make the named change, once. Raises AlreadyFilled when another hand was first."""
        unknown = set(values) - set(self.fill_once)
        if unknown:
            raise Frozen(f"{type(self).__name__}: {', '.join(sorted(unknown))} can not change")
        marker = self.fill_once[0]
        empty = (
            {marker: ""} if isinstance(self._meta.get_field(marker), models.CharField) else {f"{marker}__isnull": True}
        )
        plain: models.QuerySet[Any] = models.QuerySet(type(self))
        if not plain.filter(pk=self.pk, **empty).update(**values):
            raise AlreadyFilled(f"{type(self).__name__} {self.pk}")
        for name, value in values.items():
            setattr(self, name, value)
