"""Merge: two records were one work. The record that goes stays as an alias, so that its key leads on for ever."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from references.models.frozen import FrozenModel, FrozenQuerySet


class MergeQuerySet(FrozenQuerySet["Merge"]):
    def standing(self) -> "MergeQuerySet":
        """Merges that nobody has undone."""
        return self.filter(undone_at=None)


class Merge(FrozenModel):
    """`filled` is JSON: the fields that were empty in the record that stays, with the values they got.

    `noted` is what those who lean on the two records wrote down to be able to undo it; the library never reads it.
    """

    fill_once: ClassVar[tuple[str, ...]] = ("undone_at", "undone_by")

    keep = models.ForeignKey("references.Source", models.PROTECT, related_name="took_in", verbose_name=_("stays"))
    gone = models.ForeignKey("references.Source", models.PROTECT, related_name="merges", verbose_name=_("goes"))
    filled = models.TextField(_("filled in"), blank=True)
    noted = models.TextField(_("noted"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="merge_one_standing_per_record"
            ),
            models.CheckConstraint(condition=~models.Q(keep=models.F("gone")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone.key} → {self.keep.key}"

    def undo(self, *, by: Any, at: datetime) -> None:
        """Write down that it no longer stands, once. Raises AlreadyFilled."""
        self._fill(undone_at=at, undone_by=by)
