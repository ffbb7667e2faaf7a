"""FindingAnswer: why a finding of the automatic checks needs no mending, said by a person."""

import html
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import markup
from articles.content import Content
from articles.models.article import Article
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class FindingAnswerQuerySet(FrozenQuerySet["FindingAnswer"]):
    def standing(self) -> "FindingAnswerQuerySet":
        """Answers that nobody has taken back."""
        return self.filter(withdrawn_at__isnull=True)


class FindingAnswer(SealedModel):
    """`about` is the key of the finding: its rule, and the sentence, source or place it speaks of.

    `anchor` and `sentence` are where and what that was; `digest` that of the saved words it was answered beside. The
    sentence is kept as Content, so that a redaction reaches it like any other words of the page.
    """

    class Reason(models.TextChoices):
        COMMON = "common", _("Common knowledge")
        OURS = "ours", _("Our own figure")
        OTHER = "other", _("Another reason")

    fill_once: ClassVar[tuple[str, ...]] = ("withdrawn_at", "withdrawn_by")
    texts: ClassVar[tuple[str, ...]] = ("content",)

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="finding_answers")
    rule = models.CharField(max_length=40)
    about = models.CharField(max_length=64)
    anchor = models.SlugField(max_length=80, blank=True)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = FindingAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a remark")
        verbose_name_plural = _("answers to remarks")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "about"], condition=models.Q(withdrawn_at=None), name="finding_answered_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="other") | ~models.Q(note=""), name="finding_answer_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sentence[:80]}: {self.said}"

    @staticmethod
    def keep(sentence: str) -> str:
        """A sentence as `content`."""
        return Content(title="", summary=html.escape(sentence, quote=False)).to_json()

    def words(self) -> Content:
        """The sentence as words of a page."""
        return Content.from_json(self.content)

    @property
    def sentence(self) -> str:
        """What was answered for."""
        words = self.words()
        return str(_("removed for legal reasons")) if words.redacted else markup.text(words.summary)

    @property
    def said(self) -> str:
        """The reason in words."""
        return self.note if self.reason == self.Reason.OTHER else ". ".join(filter(None, (self.named, self.note)))

    @property
    def named(self) -> str:
        """The chosen reason in words."""
        return str(self.Reason(self.reason).label)

    def withdraw(self, *, by: Any, at: datetime) -> None:
        """Take it back, once. Raises AlreadyFilled."""
        self._fill(withdrawn_at=at, withdrawn_by=by)
