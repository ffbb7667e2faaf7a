"""Redaction: a text that must not remain, asked for by one person, confirmed by another. Erasure: a row it left."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class Redaction(SealedModel):
    """The texts whose SHA-256 stand in `hashes` go, wherever they stand, and leave these hashes behind."""

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    fill_once: ClassVar[tuple[str, ...]] = ("outcome", "outcome_by", "outcome_at", "outcome_reason")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="redactions")
    hashes = models.JSONField(default=list)
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)
    outcome_reason = models.TextField(blank=True)

    objects = FrozenQuerySet["Redaction"].as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(reason=""), name="redaction_has_reason")]

    def __str__(self) -> str:
        return f"{self.article}: {self.reason}"

    def end(self, outcome: str, *, by: Any, at: datetime, reason: str = "") -> None:
        """Confirm or decline, once. Raises AlreadyFilled."""
        self._fill(outcome=outcome, outcome_by=by, outcome_at=at, outcome_reason=reason)


class Erasure(SealedModel):
    """What a stored text reads after a redaction: the triggers let its row change to exactly this."""

    texts: ClassVar[tuple[str, ...]] = ("content",)

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="erasures")
    table = models.CharField(max_length=40)
    row = models.PositiveBigIntegerField()
    content = models.TextField()

    objects = FrozenQuerySet["Erasure"].as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes: ClassVar = [models.Index(fields=["table", "row"])]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
