"""Retraction: what the list of retractions says of one DOI. Whether we cite that work is another question."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _


class RetractionQuerySet(models.QuerySet["Retraction"]):
    def of(self, dois: Any) -> "RetractionQuerySet":
        """What the list says of a work that has these DOIs, the gravest first."""
        gravity = Case(*(When(nature=nature, then=place) for place, nature in enumerate(Retraction.GRAVEST_FIRST)))
        return self.filter(doi__in=dois).exclude(doi="").order_by(gravity, "doi")


class Retraction(models.Model):
    """`doi` is in the spelling of identifiers.normalize_doi."""

    class Nature(models.TextChoices):
        RETRACTION = "retraction", _("retracted")
        CONCERN = "concern", _("expression of concern")
        CORRECTION = "correction", _("corrected")

    doi = models.CharField(_("DOI"), max_length=200, unique=True)
    notice_doi = models.CharField(_("DOI of the notice"), max_length=200, blank=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)

    GRAVEST_FIRST: ClassVar = (Nature.RETRACTION, Nature.CONCERN, Nature.CORRECTION)

    objects = RetractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")

    def __str__(self) -> str:
        return f"{self.doi}: {self.nature}"
