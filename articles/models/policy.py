"""ReviewPolicy: how long a review is good for, by risk tier. Append-only; the latest counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.due import Policy, Terms
from articles.models.article import Article
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet

EVENT_DAYS = {Article.Tier.HIGH: 7, Article.Tier.STANDARD: 30, Article.Tier.LOW: 90}  # until somebody sets a policy
MAXIMUM_MONTHS = 36  # NHS standard for creating health content: nothing goes unread for more than three years


def initial() -> Policy:
    """What counts until somebody has set a policy: the settings."""
    months = settings.REVIEW_CADENCE_MONTHS
    tiers = {tier.value: Terms(months=months[tier], event_days=EVENT_DAYS[tier]) for tier in Article.Tier}
    return Policy(tiers=tiers, maximum_months=max(MAXIMUM_MONTHS, *months.values()))


class ReviewPolicyQuerySet(FrozenQuerySet["ReviewPolicy"]):
    def in_force(self) -> "ReviewPolicy | None":
        """The latest; None where nobody has set one, and settings count. Two queries."""
        return self.order_by("-pk").prefetch_related("terms").first()

    def current(self) -> Policy:
        """What counts now. Two queries."""
        row = self.in_force()
        return row.value() if row else initial()


class ReviewPolicy(SealedModel):
    """One version, with its terms. `lead` hears of pages that nobody has reviewed in time, then the `mailbox`."""

    maximum_months = models.PositiveSmallIntegerField(_("maximum, in months"))
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead"),
    )
    mailbox = models.EmailField(_("mailbox"), blank=True)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReviewPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("review policy")
        verbose_name_plural = _("review policies")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="policy_has_reason"),
            models.CheckConstraint(
                condition=models.Q(maximum_months__gte=1, maximum_months__lte=120), name="policy_maximum_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason[:60]}"

    def value(self) -> Policy:
        """As the derivation takes it."""
        return Policy(tiers={term.tier: term.value() for term in self.terms.all()}, maximum_months=self.maximum_months)


class PolicyTerm(SealedModel):
    """What one version says of one risk tier (articles/due.py, Terms)."""

    policy = models.ForeignKey(ReviewPolicy, on_delete=models.PROTECT, related_name="terms")
    tier = models.CharField(_("risk tier"), max_length=10, choices=Article.Tier)
    months = models.PositiveSmallIntegerField()
    event_days = models.PositiveSmallIntegerField()
    grace_days = models.PositiveSmallIntegerField()
    withdraw_after = models.PositiveSmallIntegerField(null=True)

    objects = FrozenQuerySet["PolicyTerm"].as_manager()

    class Meta:
        verbose_name = _("terms of a risk tier")
        verbose_name_plural = _("terms of risk tiers")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "tier"], name="policy_term_once"),
            models.CheckConstraint(condition=models.Q(months__gte=1, months__lte=120), name="policy_months_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.tier}"

    def value(self) -> Terms:
        """As the derivation takes it."""
        return Terms(
            months=self.months,
            event_days=self.event_days,
            grace_days=self.grace_days,
            withdraw_after=self.withdraw_after,
        )
