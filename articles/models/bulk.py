"""BulkRun: one deed for many articles, remembered row by row, so that a killed run goes on where it stopped."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class BulkRun(models.Model):
    """What is to be done, to how many, and how far it is. `claimed_until` is the lease of who is doing it."""

    deed = models.CharField(max_length=20)
    terms = models.JSONField(default=dict)  # what the person filled in
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)  # confirmed; before that it is a preview
    claimed_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("work on many articles")
        verbose_name_plural = _("work on many articles")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.deed}"


class BulkRow(models.Model):
    """One article of a run. `seen` is the mark of what the preview showed of it; `undo` what was there before."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        LEFT = "left", _("Left out")
        UNDONE = "undone", _("Undone")

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")
    given = models.CharField(max_length=200, blank=True)  # the line that was pasted or uploaded
    terms = models.JSONField(default=dict, blank=True)  # what this row has of its own: a date of its line
    seen = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    said = models.TextField(blank=True)
    undo = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("row of work on many articles")
        verbose_name_plural = _("rows of work on many articles")
        ordering: ClassVar = ["run", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "position"], name="bulk_row_once")]
        indexes: ClassVar = [models.Index(fields=["run", "state", "position"], name="bulk_row_state")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.position}"
