"""Citation: this place leans on that source. Derived from the <cite> marks of the text, never edited alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Section
from references.models import Source


class Citation(models.Model):
    """One mark in the text, in reading order. `section` is empty for a mark in the summary."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField()
    locator = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "position"], name="citation_position_once")]

    def __str__(self) -> str:
        return f"{self.article}: {self.source}"
