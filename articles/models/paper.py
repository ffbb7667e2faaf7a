"""ReviewPaper: the file that proves a review which staff recorded for somebody."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.review import Review
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet


class ReviewPaper(SealedModel):
    """A letter, a form, a message. `file` names it where papers lie; `hash` is the SHA-256 of its bytes."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=200)  # as it was called by who brought it
    file = models.CharField(max_length=80)
    hash = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes

    objects = FrozenQuerySet["ReviewPaper"].as_manager()

    class Meta:
        verbose_name = _("paper of a review")
        verbose_name_plural = _("papers of reviews")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
