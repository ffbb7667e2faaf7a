"""Revision and Manuscript: every state the words were in, who made it, and the document they came from."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import Content
from articles.models.article import Article
from articles.models.frozen import FrozenModel, FrozenQuerySet


class Revision(FrozenModel):
    """The words after one save. Contributors are read from here: nobody signs alone what they wrote."""

    class How(models.TextChoices):
        IMPORT = "import", _("imported")
        EDIT = "edit", _("edited")
        CORRECTION = "correction", _("corrected by the reviewer")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    full_hash = models.CharField(max_length=64)
    how = models.CharField(max_length=12, choices=How)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FrozenQuerySet["Revision"].as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering: ClassVar = ["article", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"

    def words(self) -> Content:
        """The words as a value."""
        return Content.from_json(self.content)


class Manuscript(FrozenModel):
    """The document an article was made from, and what it said about itself. Never taken for a review."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="manuscripts")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    said = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FrozenQuerySet["Manuscript"].as_manager()

    class Meta:
        verbose_name = _("manuscript")
        verbose_name_plural = _("manuscripts")
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.file_name
