"""Comment: something to talk about at one place of an article, open until somebody resolves it."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.review import Review
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class CommentQuerySet(FrozenQuerySet["Comment"]):
    def open(self) -> "CommentQuerySet":
        """Comments that nobody has resolved."""
        return self.filter(resolved_at__isnull=True)


class Comment(SealedModel):
    """`anchor` is a section's; empty for the page as a whole. An answer names the comment that it `answers`."""

    fill_once: ClassVar[tuple[str, ...]] = ("resolved_at", "resolved_by")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="comments")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="thread")
    anchor = models.SlugField(max_length=80, blank=True)
    heading = models.CharField(max_length=200, blank=True)  # as it read then: a section may be renamed, or go
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return self.text[:80]

    def resolve(self, *, by: Any, at: datetime) -> None:
        """Close, once. Raises AlreadyFilled."""
        self._fill(resolved_at=at, resolved_by=by)
