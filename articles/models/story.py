"""PatientStory, whose words live in StoryText alone, as long as a StoryConsent allows (docs/decisions/0033)."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import blocks
from articles.content import STORY
from articles.models.seal import SealedModel
from articles.told import Told
from references.models.frozen import FrozenQuerySet
from references.models.source import new_key


def story_heading() -> str:
    """The heading of a section in which a story stands, whichever it is: headings are kept for ever."""
    return blocks.usual_heading(STORY)


class PatientStoryQuerySet(models.QuerySet["PatientStory"]):
    def valid(self, on: date) -> "PatientStoryQuerySet":
        """Stories that may be shown on that day."""
        return self.filter(withdrawn_at=None, given_on__lte=on, ends_on__gte=on)


class PatientStory(models.Model):
    """One story, known by its key. The dates are those of the latest consent, for readers' pages to look at."""

    key = models.CharField(_("key"), max_length=12, unique=True, default=new_key, editable=False)
    text_hash = models.CharField(max_length=64, editable=False)  # of the wording that drafts take now
    given_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_reason = models.TextField(blank=True, editable=False)

    objects = PatientStoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("patient story")
        verbose_name_plural = _("patient stories")
        ordering: ClassVar = ["-pk"]
        default_permissions = ()  # one permission for all of it: consents are nobody else's business
        permissions: ClassVar = [("keep_stories", "Can keep patient stories and their consents")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("given_on")), name="story_consent_ends_later"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="story_withdrawal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        # Without a word of it: this name goes into logs, where nothing can be erased.
        return gettext("Patient story %(key)s") % {"key": self.key}

    def is_valid(self, on: date) -> bool:
        """Whether it may be shown on that day."""
        return self.withdrawn_at is None and self.given_on <= on <= self.ends_on

    def told(self) -> Told | None:
        """The wording that drafts take now; None where it was erased. One query."""
        row = self.texts.filter(hash=self.text_hash, erased_at=None).first()
        return row.told() if row else None


class StoryTextQuerySet(FrozenQuerySet["StoryText"]):
    def shown(self, on: date) -> "StoryTextQuerySet":
        """Wordings that readers may see on that day."""
        return self.filter(erased_at=None, story__withdrawn_at=None, story__given_on__lte=on, story__ends_on__gte=on)


class StoryText(SealedModel):
    """One wording, named in editions by its hash; its later change is that the text goes, and the hash stays."""

    fill_once: ClassVar[tuple[str, ...]] = ("erased_at", "erased_by")
    texts: ClassVar[tuple[str, ...]] = ("content",)
    thinned: ClassVar[tuple[str, ...]] = ("content",)

    story = models.ForeignKey(PatientStory, on_delete=models.PROTECT, related_name="texts")
    hash = models.CharField(max_length=64)
    content = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StoryTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a story")
        verbose_name_plural = _("texts of stories")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["hash"], name="story_text_hash")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.hash[:8]}"

    def told(self) -> Told:
        """The wording as a value; of an erased one there is none (ValueError)."""
        return Told.from_json(self.content)

    def erase(self, *, by: Any, at: datetime) -> None:
        """Let the text go, once; `by` is None where the time has run out. Raises AlreadyFilled."""
        self._fill(erased_at=at, erased_by=by, content="")


class StoryConsent(SealedModel):
    """A consent on file: since when, until when, for what, and where the proof is; who recorded it.

    `file` names an upload in articles/papers.py. Years after it ended, all but dates and hash go.
    """

    fill_once: ClassVar[tuple[str, ...]] = ("erased_at",)
    texts: ClassVar[tuple[str, ...]] = ("covers", "evidence", "file")
    thinned: ClassVar[tuple[str, ...]] = ("covers", "evidence", "file")

    story = models.ForeignKey(PatientStory, on_delete=models.PROTECT, related_name="consents")
    given_on = models.DateField()
    ends_on = models.DateField()
    covers = models.TextField()
    evidence = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=80, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects = FrozenQuerySet["StoryConsent"].as_manager()

    class Meta:
        verbose_name = _("consent to a story")
        verbose_name_plural = _("consents to stories")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("given_on")), name="consent_ends_later"),
            models.CheckConstraint(
                condition=~Q(evidence="", file="") | Q(erased_at__isnull=False), name="consent_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.given_on} – {self.ends_on}"

    def erase(self, *, at: datetime) -> None:
        """Let all go but the dates and the hash of the file, once. Raises AlreadyFilled."""
        self._fill(erased_at=at, covers="", evidence="", file="")
