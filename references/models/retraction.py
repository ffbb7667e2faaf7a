"""Retraction: what the list of retractions says of one DOI. Whether we cite that work is another question."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Retraction(models.Model):
    """`doi` is in the spelling of identifiers.normalize_doi."""

    class Nature(models.TextChoices):
        RETRACTION = "retraction", _("retracted")
        CONCERN = "concern", _("expression of concern")
        CORRECTION = "correction", _("corrected")

    doi = models.CharField(_("DOI"), max_length=200, unique=True)
    notice_doi = models.CharField(_("DOI of the notice"), max_length=200, blank=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")

    def __str__(self) -> str:
        return f"{self.doi}: {self.nature}"
