"""Schedule: words to be published at a time. SignOff: which kinds of review a risk tier asks for."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition
from articles.models.review import Review
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class ScheduleQuerySet(FrozenQuerySet["Schedule"]):
    def waiting(self) -> "ScheduleQuerySet":
        """Schedules that were neither kept, refused nor cancelled."""
        return self.filter(outcome="")

    def due(self, at: datetime) -> "ScheduleQuerySet":
        """Waiting ones whose time has come."""
        return self.waiting().filter(publish_at__lte=at)


class Schedule(SealedModel):
    """A publication of exactly these words, at that instant. `full_hash` names the words."""

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")

    fill_once: ClassVar[tuple[str, ...]] = ("outcome", "outcome_by", "outcome_at", "outcome_reason", "edition")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="schedules")
    full_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    publish_at = models.DateTimeField()
    change_class = models.CharField(max_length=12, choices=Edition.Change)
    change_note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)
    outcome_reason = models.TextField(blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        ordering: ClassVar = ["publish_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(outcome=""), name="schedule_one_waiting_per_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.publish_at}"

    def end(self, outcome: str, *, by: Any, at: datetime, reason: str = "", edition: Edition | None = None) -> None:
        """Say how it ended, once. Raises AlreadyFilled."""
        self._fill(outcome=outcome, outcome_by=by, outcome_at=at, outcome_reason=reason, edition=edition)


class SignOff(models.Model):
    """A kind of review beside the clinical one, which is always needed, for articles of a risk tier."""

    tier = models.CharField(_("risk tier"), max_length=10, choices=Article.Tier)
    kind = models.CharField(
        _("kind of review"),
        max_length=10,
        choices=[pair for pair in Review.Kind.choices if pair[0] != Review.Kind.CLINICAL],
    )
    required = models.BooleanField(
        _("required"), default=False, help_text=_("Required: nothing is published without it. Else it is only listed.")
    )

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs by risk tier")
        ordering: ClassVar = ["tier", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["tier", "kind"], name="signoff_once")]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}: {self.get_kind_display()}"
