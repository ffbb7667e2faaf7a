"""Edition: number n of an article as published. Immutable; closed once."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import Content
from articles.models.article import Article
from articles.models.review import Review
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class EditionQuerySet(FrozenQuerySet["Edition"]):
    def open(self) -> "EditionQuerySet":
        """Editions that readers see now."""
        return self.filter(closed_how="")


class Edition(SealedModel):
    """The words as published, with the review that covers them; without one after an emergency, whose reason stands."""

    class Change(models.TextChoices):
        FIRST = "first", _("First publication")
        CORRECTION = "correction", _("Correction")
        EVIDENCE = "evidence", _("Evidence update")
        WORDING = "wording", _("Wording")
        HOUSEKEEPING = "housekeeping", _("Housekeeping")

    class Closed(models.TextChoices):
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    fill_once: ClassVar[tuple[str, ...]] = ("closed_how", "closed_by", "closed_at", "closed_reason", "closed_instead")
    texts: ClassVar[tuple[str, ...]] = ("content",)

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    full_hash = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="editions")
    change_class = models.CharField(max_length=12, choices=Change)
    change_note = models.TextField()
    emergency_reason = models.TextField(blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    closed_how = models.CharField(max_length=10, choices=Closed, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(blank=True)
    # Where readers of a withdrawn page should go instead.
    closed_instead = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering: ClassVar = ["article", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(closed_how=""), name="edition_one_open_per_article"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_how="", closed_at__isnull=True)
                | (~models.Q(closed_how="") & models.Q(closed_at__isnull=False)),
                name="edition_closure_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(review__isnull=False) | ~models.Q(emergency_reason=""),
                name="edition_unreviewed_has_reason",
            ),
        ]
        indexes: ClassVar = [
            # The feed of changes asks for them, and to look through the words of every edition would take long.
            models.Index(fields=["closed_how", "closed_at"], name="edition_closed")
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"

    def words(self) -> Content:
        """The published words."""
        return Content.from_json(self.content)

    def close(self, how: str, *, by: Any, at: datetime, reason: str = "", instead: Article | None = None) -> None:
        """Close, once. Raises AlreadyFilled if it was closed meanwhile."""
        self._fill(closed_how=how, closed_by=by, closed_at=at, closed_reason=reason, closed_instead=instead)


class Cover(SealedModel):
    """One of the reviews that an edition was published with: each is named on the page."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="covers")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="covers")

    objects = FrozenQuerySet["Cover"].as_manager()

    class Meta:
        verbose_name = _("covering review")
        verbose_name_plural = _("covering reviews")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "review"], name="cover_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.review}"
