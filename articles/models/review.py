"""Review: a request that freezes its Content, answered once. Acceptance: a second person's yes to corrections."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import Content
from articles.dates import Attestation
from articles.models.article import Article
from articles.models.people import NO_INTERESTS, Reviewer, declared
from articles.models.seal import SealedModel
from references.models.frozen import FrozenQuerySet

AS_SIGNED = ("name", "credentials", "role", "department", "institution")


class ReviewQuerySet(FrozenQuerySet["Review"]):
    def open(self) -> "ReviewQuerySet":
        """Requests without an answer."""
        return self.filter(answer="")

    def attested(self) -> "ReviewQuerySet":
        """Signed reviews; of those that staff recorded, those that whoever they name has not denied."""
        # By article, too: of `corrects`, empty almost everywhere, SQLite once analyzed believes that no index helps.
        same = {"article": models.OuterRef("article"), "corrects": models.OuterRef("pk")}
        denied = models.Exists(Review.objects.filter(**same, answer=Review.Answer.RECALLED))
        by_staff = models.Q(origin__in=Review.BY_STAFF)
        return self.filter(~by_staff | ~models.Q(denied), answer=Review.Answer.ATTESTED)

    def clinical(self) -> "ReviewQuerySet":
        """Reviews of the medicine, the only ones that move dates."""
        return self.filter(kind=Review.Kind.CLINICAL)


class Review(SealedModel):
    """By this reviewer, with these credentials, of exactly these words, then."""

    class Kind(models.TextChoices):
        CLINICAL = "clinical", _("Clinical")
        PLAIN = "plain", _("Plain language")
        EDITORIAL = "editorial", _("Editorial")

    class Scope(models.TextChoices):
        FULL = "full", _("The whole page")
        CHANGES = "changes", _("The changes")

    class Origin(models.TextChoices):
        REQUEST = "request", _("Requested here")
        CORRECTION = "correction", _("Reviewer's corrections")
        ON_BEHALF = "on_behalf", _("Recorded by staff")
        PRIOR = "prior", _("Done before import, recorded by staff")
        UNCHANGED = "unchanged", _("Read again, and nothing to change")

    class Answer(models.TextChoices):
        ATTESTED = "attested", _("Attested")
        CHANGES_REQUESTED = "changes", _("Changes requested")
        HANDED_ON = "handed_on", _("Handed on")
        RECALLED = "recalled", _("Recalled")
        SUPERSEDED = "superseded", _("Superseded")

    fill_once: ClassVar[tuple[str, ...]] = (
        "answer",
        "answered_by",
        "answered_at",
        "reason",
        "scope",
        "interests",
        "reviewed_on",
        *(f"signed_{part}" for part in AS_SIGNED),
    )

    texts: ClassVar[tuple[str, ...]] = ("content",)

    NO_INTERESTS: ClassVar[str] = NO_INTERESTS

    BY_STAFF: ClassVar[tuple[str, ...]] = (Origin.ON_BEHALF.value, Origin.PRIOR.value)

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CLINICAL)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.REQUEST)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="reviews")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    base_digest = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    # The request whose words were corrected; or the review that staff recorded and this one denies.
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    # The request that was handed on, or given to somebody else, and goes on here.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()

    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    scope = models.CharField(max_length=8, choices=Scope, blank=True)  # what was signed; empty until then
    interests = models.TextField(blank=True)  # declared with the signature
    reviewed_on = models.DateField(null=True)
    signed_name = models.CharField(max_length=200, blank=True)
    signed_credentials = models.CharField(max_length=100, blank=True)
    signed_role = models.CharField(max_length=200, blank=True)
    signed_department = models.CharField(max_length=200, blank=True)
    signed_institution = models.CharField(max_length=200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar = ["-requested_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "kind", "reviewer"], condition=models.Q(answer=""), name="review_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="review_answer_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="attested")
                | (models.Q(reviewed_on__isnull=False, scope__in=["full", "changes"]) & ~models.Q(signed_name="")),
                name="review_attested_has_signature",
            ),
            models.CheckConstraint(
                condition=~models.Q(scope="changes") | ~models.Q(base_digest=""), name="review_changes_has_base"
            ),
            models.CheckConstraint(
                condition=~models.Q(origin__in=["on_behalf", "prior"]) | ~models.Q(evidence=""),
                name="review_on_behalf_has_evidence",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requested_by", "answer"], name="review_asked_by"),
            models.Index(fields=["answered_at"], condition=models.Q(origin="correction"), name="review_corrected"),
            # Of reviews that staff recorded: whether somebody denies it. Asked wherever signatures are read.
            models.Index(
                fields=["article", "corrects"], condition=models.Q(corrects__isnull=False), name="review_corrects"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.reviewer}"

    def words(self) -> Content:
        """The frozen words."""
        return Content.from_json(self.content)

    @property
    def signed_as(self) -> str:
        """Name and credentials as printed after a signature."""
        return ", ".join(part for part in (self.signed_name, self.signed_credentials) if part)

    @property
    def declared(self) -> str:
        """The interests that were declared with the signature, in words; "" where nobody was asked."""
        return declared(self.interests)

    def answer_with(self, answer: str, *, by: Any, at: datetime, **more: Any) -> None:
        """Answer, once. Raises AlreadyFilled if it was answered, recalled or superseded meanwhile."""
        self._fill(answer=answer, answered_by=by, answered_at=at, **more)

    def attestation(self) -> Attestation:
        """This review as much as dates need of it."""
        return Attestation(
            digest=self.digest,
            scope=self.scope,
            on=self.reviewed_on or date.min,
            base_digest=self.base_digest,
            review_id=self.pk,
        )


class Acceptance(SealedModel):
    """Somebody other than the reviewer has read the reviewer's corrections and accepts them."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="acceptance")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FrozenQuerySet["Acceptance"].as_manager()

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")

    def __str__(self) -> str:
        return str(self.review)
