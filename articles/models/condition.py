"""Condition: the disease an article is about, its names and its codes."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Condition(models.Model):
    """A disease, under the name that lists show."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address part"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def told(self) -> dict[str, Any]:
        """What machines are told of it, as `Published` keeps it. Two queries."""
        return {
            "id": self.pk,
            "names": [row.name for row in self.names.all()],
            "codes": [[row.system, row.code] for row in self.codes.all()],
        }


class ConditionName(models.Model):
    """Another name: a synonym or an abbreviation."""

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("Synonym")
        ABBREVIATION = "abbreviation", _("Abbreviation")

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SYNONYM)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["condition", "name"], name="condition_name_once")]

    def __str__(self) -> str:
        return self.name


class ConditionCode(models.Model):
    """The condition's code in one coding system."""

    class System(models.TextChoices):
        ICD10CM = "icd-10-cm", _("ICD-10-CM")
        SNOMEDCT = "snomed-ct", _("SNOMED CT")
        MESH = "mesh", _("MeSH")
        UMLS = "umls", _("UMLS")

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(_("coding system"), max_length=10, choices=System)
    code = models.CharField(_("code"), max_length=30)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering: ClassVar = ["system", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["condition", "system", "code"], name="condition_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"
