"""Alert: news that a person has brought, about pages they named: a new guideline, a warning, a reader's report."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class Alert(SealedModel):
    """What there is to know. It waits on each of its pages until somebody decides what it means there."""

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", _("New guideline")
        SAFETY = "safety", _("Safety warning")
        EVIDENCE = "evidence", _("New evidence")
        READER = "reader", _("A reader reported an error")
        OTHER = "other", _("Other news")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what there is to know"), blank=True)
    url = models.URLField(_("where it can be read"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FrozenQuerySet["Alert"].as_manager()

    class Meta:
        verbose_name = _("news from a person")
        verbose_name_plural = _("news from people")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(title=""), name="alert_has_title")]

    def __str__(self) -> str:
        return self.title


class AlertPage(SealedModel):
    """The alert is about this article."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="pages")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="alerts")

    objects = FrozenQuerySet["AlertPage"].as_manager()

    class Meta:
        verbose_name = _("page of news")
        verbose_name_plural = _("pages of news")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "article"], name="alert_page_once")]

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.article_id}"
