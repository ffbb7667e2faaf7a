"""Decision: what somebody said that news means for one page. Never changed; the latest counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.alert import Alert
from articles.models.article import Article
from articles.models.edition import Edition
from articles.models.fact import FactValue
from articles.models.seal import SealedModel
from references.models import SourceChange
from references.models.frozen import FrozenQuerySet


class Decision(SealedModel):
    """About one piece of news (a change of a source, an alert, a fact that ran out) and the edition that was online
    then. A new one takes the place of an old one."""

    class Kind(models.TextChoices):
        NO_IMPACT = "no impact", _("No impact on this page")
        WORDING = "wording", _("Change the wording")
        CHANGE = "change", _("Change what the page says")
        WITHDRAW = "withdraw", _("Take the page down")
        ADDRESS = "address", _("Use the new address")
        REOPENED = "reopened", _("Open again")

    TO_BE_DONE: ClassVar = (Kind.WORDING.value, Kind.CHANGE.value, Kind.ADDRESS.value)

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="decisions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="decisions")
    change = models.ForeignKey(SourceChange, on_delete=models.PROTECT, null=True, related_name="decisions")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, related_name="decisions")
    fact_value = models.ForeignKey(FactValue, on_delete=models.PROTECT, null=True, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FrozenQuerySet["Decision"].as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind="no impact", reason=""), name="decision_no_impact_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(change__isnull=False, alert__isnull=True, fact_value__isnull=True)
                | models.Q(change__isnull=True, alert__isnull=False, fact_value__isnull=True)
                | models.Q(change__isnull=True, alert__isnull=True, fact_value__isnull=False),
                name="decision_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.kind}"
