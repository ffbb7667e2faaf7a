"""Figure: a picture of the library. Showing: that readers may see it, because a page shows it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Figure(models.Model):
    """One picture, known by the SHA-256 of its bytes as we keep them; its files stand in articles/pictures/store.py.

    `saved` says that an article has, or had, it in a saved state: such a picture stays. `erased_at` says that its files
    are gone for legal reasons, and that it may not come back.
    """

    hash = models.CharField(_("picture"), max_length=64, primary_key=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    saved = models.BooleanField(_("in an article"), default=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering: ClassVar = ["-uploaded_at", "hash"]

    def __str__(self) -> str:
        return self.file_name or self.hash[:12]

    @property
    def size(self) -> str:
        """Width and height in pixels, as in Content: "1280x720"."""
        return f"{self.width}x{self.height}"


class Showing(models.Model):
    """An edition of this article shows this picture to readers. Derived (articles/showings.py)."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="showings")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="showings")

    class Meta:
        verbose_name = _("shown figure")
        verbose_name_plural = _("shown figures")
        ordering: ClassVar = ["article", "figure"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "figure"], name="showing_once")]

    def __str__(self) -> str:
        return f"{self.article}: {self.figure}"
