"""Autosave: text that was typed and not saved. Presence: who has an article open. Neither is part of the article."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Autosave(models.Model):
    """The fields of one person's form, as typed: name → values.

    One row for each opened form (`draft_key`), so that what is typed today never takes the place of yesterday's text.
    `article` is empty for an article that was never saved.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="autosaves")
    draft_key = models.CharField(max_length=40)
    base_revision = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "draft_key"], name="autosave_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.article or self.draft_key}"


class Presence(models.Model):
    """Somebody had this article's form open at that moment."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "article"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.article}"
