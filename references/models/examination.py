"""Examination: one look at a source's address, kept for ever."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from references.models.frozen import FrozenModel, FrozenQuerySet


class Examination(FrozenModel):
    """What was asked, where it led, what came back, and what we made of it (docs/source-health.md)."""

    source = models.ForeignKey("references.Source", models.PROTECT, related_name="examinations")
    at = models.DateTimeField(_("at"))
    asked = models.TextField(_("asked for"))
    final = models.TextField(_("led to"), blank=True)
    redirects = models.TextField(_("redirects"), blank=True, help_text=_("JSON: pairs of address and status."))
    status = models.PositiveIntegerField(_("status"), help_text=_("0: nothing answered."))
    outcome = models.CharField(_("outcome"), max_length=12)
    sign = models.CharField(_("sign"), max_length=8)
    health = models.CharField(_("health"), max_length=10, help_text=_("Of the source after this look."))
    fingerprint = models.CharField(_("fingerprint"), max_length=25, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    detail = models.TextField(_("detail"), blank=True)

    objects = FrozenQuerySet["Examination"].as_manager()

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.asked}: {self.sign}"
