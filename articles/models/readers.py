"""What readers may see otherwise since: the log that every process asks once a second (docs/decisions/0047, 0048)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderChange(models.Model):
    """One change. Written by triggers alone (articles/outdated), so that no writer can forget it.

    `kind` and `key` say of what, as articles/outdated/watched.py has them. On PostgreSQL the number is given at commit,
    and nobody else ever sees a row without; all changes of one transaction have the same.
    """

    number = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change that readers see")
        verbose_name_plural = _("changes that readers see")
        ordering: ClassVar = ["number", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.key}"


class ReaderCounter(models.Model):
    """The newest number, and the one up to which the log is forgotten. One row, locked from the numbering of a
    transaction's changes until its commit: so numbers appear in order and none is missing."""

    number = models.BigIntegerField()
    floor = models.BigIntegerField()

    class Meta:
        verbose_name = _("counter of changes that readers see")
        verbose_name_plural = _("counters of changes that readers see")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)
