"""Revision and Manuscript: every state the words were in, who made it, and the document they came from."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import Content
from articles.models.article import Article
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class Revision(SealedModel):
    """The words after one save. Contributors are read from here: nobody signs alone what they wrote.

    An old one can be thinned: its words go, and who made it, when, and the hashes of the words stay.
    """

    class How(models.TextChoices):
        IMPORT = "import", _("imported")
        EDIT = "edit", _("edited")
        CORRECTION = "correction", _("corrected by the reviewer")
        REVERT = "revert", _("brought back from an edition")
        RESTORE = "restore", _("brought back from an earlier state")
        AUTOSAVE = "autosave", _("restored from unsaved text")
        MERGE = "merge", _("merged with another's changes")
        REDACTION = "redaction", _("redacted")

    fill_once: ClassVar[tuple[str, ...]] = ("thinned_at",)
    texts: ClassVar[tuple[str, ...]] = ("content",)
    thinned: ClassVar[tuple[str, ...]] = ("content",)

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    full_hash = models.CharField(max_length=64)
    how = models.CharField(max_length=12, choices=How)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    thinned_at = models.DateTimeField(null=True, blank=True)

    objects = FrozenQuerySet["Revision"].as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering: ClassVar = ["article", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"

    def words(self) -> Content:
        """The words as a value; of a thinned revision there are none (ValueError)."""
        return Content.from_json(self.content)

    def thin(self, *, at: datetime) -> None:
        """Let the words go, once. Which ones may go is drafting's to say. Raises AlreadyFilled."""
        self._fill(thinned_at=at, content="")


class Manuscript(SealedModel):
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
