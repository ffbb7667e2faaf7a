"""Reminder: somebody was told that a page is due. Digest: the one mail of a day. Snooze: not now, and why."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.outbox import Message
from articles.models.seal import SealedModel
from references.models.frozen import FrozenModel, FrozenQuerySet


class Reminder(FrozenModel):
    """One rung of the ladder for one due date of one page, and whom it reached. Written with the message, once."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="reminders")
    due = models.DateField()
    rung = models.CharField(max_length=20)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    mailbox = models.EmailField(blank=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reminders")
    at = models.DateTimeField()

    objects = FrozenQuerySet["Reminder"].as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "due", "rung", "person"], condition=Q(person__isnull=False), name="reminder_once"
            ),
            models.UniqueConstraint(
                fields=["article", "due", "rung", "mailbox"], condition=~Q(mailbox=""), name="reminder_mailbox_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, mailbox="") | (Q(person__isnull=True) & ~Q(mailbox="")),
                name="reminder_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.rung}"


class Digest(models.Model):
    """Everything that waited for the morning, as one mail: one a person (or mailbox) and day, by constraint.

    `sent_at` is empty while nobody knows whether it went: then nobody sends it again by himself.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    mailbox = models.EmailField(blank=True)
    day = models.DateField()
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering: ClassVar = ["-day", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "day"], condition=Q(person__isnull=False), name="digest_one_a_day"
            ),
            models.UniqueConstraint(
                fields=["mailbox", "day"], condition=~Q(mailbox=""), name="digest_mailbox_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.mailbox}: {self.day}"


class SnoozeQuerySet(FrozenQuerySet["Snooze"]):
    def asleep(self, on: date) -> "SnoozeQuerySet":
        """Those that keep reminders away on that day: of each page the latest counts, also where it ended the pause."""
        later = Snooze.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), until__gte=on)


class Snooze(SealedModel):
    """No reminders of this page through `until`. The due date stays where it is."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="snoozes")
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of reminders")
        verbose_name_plural = _("pauses of reminders")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="snooze_has_reason")]

    def __str__(self) -> str:
        return f"{self.article}: {self.until}"
