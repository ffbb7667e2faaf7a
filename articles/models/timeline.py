"""TimelineEntry: who did what, when, to which article. Deferral: who put off a due date, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class TimelineEntry(SealedModel):
    """One deed."""

    class What(models.TextChoices):
        STARTED = "started", _("started")
        REVISED = "revised", _("revised the words")
        MOVED = "moved", _("changed the address")
        REVIEW_REQUESTED = "review_requested", _("requested a review")
        ATTESTED = "attested", _("attested")
        CORRECTED = "corrected", _("corrected and attested")
        ACCEPTED = "accepted", _("accepted the corrections")
        CHANGES_REQUESTED = "changes_requested", _("requested changes")
        RECALLED = "recalled", _("recalled the request")
        HANDED_ON = "handed_on", _("handed the request on")
        REASSIGNED = "reassigned", _("gave the request to somebody else")
        COMMENTED = "commented", _("commented")
        RESOLVED = "resolved", _("resolved a comment")
        ANSWERED = "answered", _("answered a remark")
        UNANSWERED = "unanswered", _("took the answer to a remark back")
        SUPERSEDED = "superseded", _("changed words under review; the request was closed")
        PUBLISHED = "published", _("published")
        EMERGENCY = "emergency", _("published in an emergency")
        HOUSEKEEPING = "housekeeping", _("published a housekeeping edition")
        SCHEDULED = "scheduled", _("scheduled a publication")
        UNSCHEDULED = "unscheduled", _("cancelled the scheduled publication")
        REFUSED = "refused", _("could not publish as scheduled")
        WITHDRAWN = "withdrawn", _("withdrew the page")
        BROUGHT_BACK = "brought_back", _("brought earlier words back as a draft")
        BINNED = "binned", _("put the draft in the bin")
        UNBINNED = "unbinned", _("took the draft out of the bin")
        REVIEW_RECORDED = "review_recorded", _("recorded a review")
        CADENCE_SET = "cadence_set", _("changed the review cadence")
        DEFERRED = "deferred", _("deferred the due date")
        UNDEFERRED = "undeferred", _("took the deferral back")
        ASSIGNED = "assigned", _("assigned the reviewer")
        SNOOZED = "snoozed", _("paused the reminders")
        ALERTED = "alerted", _("brought news about the page")
        FACT_UPDATED = "fact_updated", _("put the new value of a fact into the draft")
        POLICY_SET = "policy_set", _("set the review policy")
        DECIDED = "decided", _("decided about news")
        REDACTION_ASKED = "redaction_asked", _("asked for a redaction")
        REDACTED = "redacted", _("redacted a part")
        STORY_WITHDRAWN = "story_withdrawn", _("took a patient story down")
        INVITED = "invited", _("invited a person")
        LEFT = "left", _("recorded that a person left")

    # Empty where a deed is about a person and not about an article.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="timeline")
    what = models.CharField(max_length=20, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest_before = models.CharField(max_length=64, blank=True)
    digest_after = models.CharField(max_length=64, blank=True)
    detail = models.TextField(blank=True)

    objects = FrozenQuerySet["TimelineEntry"].as_manager()

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"]), models.Index(fields=["what", "-at"])]

    def __str__(self) -> str:
        return f"{self.by} {self.get_what_display()}: {self.article or self.detail}"


class Deferral(SealedModel):
    """Another due date. It counts until the next full review, until another cadence is set, or it is taken back."""

    fill_once: ClassVar[tuple[str, ...]] = ("ended_at", "ended_by")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="deferrals")
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = FrozenQuerySet["Deferral"].as_manager()

    class Meta:
        verbose_name = _("deferral")
        verbose_name_plural = _("deferrals")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(reason=""), name="deferral_has_reason")]

    def __str__(self) -> str:
        return f"{self.article}: {self.until}"

    def end(self, *, by: Any, at: datetime) -> None:
        """Take it back, once. Raises AlreadyFilled."""
        self._fill(ended_at=at, ended_by=by)

    @classmethod
    def end_all(cls, rows: Sequence["Deferral"], *, by: Any, at: datetime) -> None:
        """Take all of these back, each once. Raises AlreadyFilled."""
        cls._fill_all(rows, ended_at=at, ended_by=by)
