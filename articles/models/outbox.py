"""Message: mail that a deed owes somebody. Run: when a timed task last did its work."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Messages that will be tried (again)."""
        return self.filter(sent_at__isnull=True, next_at__isnull=False)

    def due(self, at: datetime) -> "MessageQuerySet":
        """Waiting ones that may be tried now; not those that somebody is sending at this moment."""
        return self.waiting().filter(next_at__lte=at)

    def failed(self) -> "MessageQuerySet":
        """Messages that were given up."""
        return self.filter(sent_at__isnull=True, next_at__isnull=True)


class Message(models.Model):
    """One message to one person, written in the deed's transaction; sent at once, or with the daily digest."""

    class Kind(models.TextChoices):
        ACTION = "action", _("Somebody must act")
        DIGEST = "digest", _("For the daily digest")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    mailbox = models.EmailField(blank=True)  # of a role, where it is for no person
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.ACTION)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, default="/admin/")  # of the screen where one acts
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)  # not before; also set while somebody is sending it
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, mailbox="")
                | (models.Q(person__isnull=True) & ~models.Q(mailbox="")),
                name="message_to_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=models.Q(sent_at__isnull=True), name="message_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.mailbox}: {self.subject}"


class Run(models.Model):
    """One timed task of `run_due`, and how its last runs ended."""

    task = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("timed task")
        verbose_name_plural = _("timed tasks")
        ordering: ClassVar = ["task"]

    def __str__(self) -> str:
        return self.task
