"""Citation: this place leans on that source. Derived from the <cite> marks of the text, never edited alone.

`key` is what stands in the text: that of the source, or of a record that was merged into it.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import markup
from articles.models.article import Article
from articles.models.section import Section
from references.models import Source


class Citation(models.Model):
    """One mark in the text, in reading order. `section` is empty for a mark in the summary."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    key = models.CharField(max_length=12)
    position = models.PositiveIntegerField()
    locator = models.CharField(max_length=markup.LOCATOR_LIMIT, blank=True)
    quote = models.CharField(_("supporting quote"), max_length=markup.QUOTE_LIMIT, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "position"], name="citation_position_once")]
        indexes: ClassVar = [models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"{self.article}: {self.source}"
