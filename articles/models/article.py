"""Article and Section: the working text of one page."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import INSTITUTIONAL, MEDICAL, CitedSource, Content, SectionContent
from articles.fields import RichTextField
from articles.models.condition import Condition
from references.models import Source

# First segments of addresses that belong to the site itself, now or later.
_RESERVED = """
a-z accounts admin api article articles editorial-policy en es feeds glossary healthz history
infobutton media metrics readyz reviewers robots search sitemap static stories topics well-known
"""
RESERVED_SLUGS = frozenset(_RESERVED.split())


def validate_slug_free(slug: str) -> None:
    """Refuse addresses that the site needs itself."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("“%(slug)s” is an address of the site itself. Choose another."), params={"slug": slug})


class Article(models.Model):
    """The working text of one page; mutable; what readers see is an Edition."""

    class Tier(models.TextChoices):
        HIGH = "high", _("High")
        STANDARD = "standard", _("Standard")
        LOW = "low", _("Low")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        validators=[validate_slug_free],
        help_text=_("The page's address. If it changes after publication, the old address leads here."),
    )
    summary = RichTextField(_("summary"), blank=True, help_text=_("What a reader needs first: two or three sentences."))
    language = models.CharField(_("language"), max_length=10, default="en")
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("condition")
    )
    risk_tier = models.CharField(_("risk tier"), max_length=10, choices=Tier, default=Tier.STANDARD)
    cadence_months = models.PositiveSmallIntegerField(
        _("own review cadence"), null=True, blank=True, help_text=_("Months; empty: the risk tier's.")
    )
    uncited = models.ManyToManyField(Source, blank=True, related_name="uncited_in", verbose_name=_("uncited sources"))
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    # Counts changes of words, and nothing else: a changed cadence must not make a writer's form stale.
    revision = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(editable=False)
    binned_at = models.DateTimeField(null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering: ClassVar = ["title", "pk"]
        permissions: ClassVar = [
            ("request_review", "Can request and recall reviews"),
            ("attest_article", "Can sign as a medical reviewer"),
            ("sign_language", "Can sign for plain language and editorial quality"),
            ("reassign_review", "Can give a review request to somebody else"),
            ("accept_corrections", "Can accept a reviewer's corrections"),
            ("publish_article", "Can publish"),
            ("withdraw_article", "Can withdraw a published page"),
            ("keep_dates", "Can change cadence, tier and due dates"),
            ("record_review", "Can record a review on a reviewer's behalf"),
            ("ask_redaction", "Can ask for a redaction"),
            ("confirm_redaction", "Can confirm a redaction"),
            ("keep_people", "Can invite people and record that they left"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(risk_tier__in=["high", "standard", "low"]), name="article_tier_known"
            ),
            models.CheckConstraint(
                condition=models.Q(cadence_months__isnull=True)
                | models.Q(cadence_months__gte=1, cadence_months__lte=120),
                name="article_cadence_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def content(self) -> Content:
        """What a reader would read if this text were published now. Two queries."""
        sections = tuple(section.content() for section in self.sections.all())
        words = Content(title=self.title, summary=self.summary, language=self.language, sections=sections)
        cited = Source.objects.filter(key__in=words.cited_keys()).order_by("key")
        return Content(
            title=words.title,
            summary=words.summary,
            language=words.language,
            sections=sections,
            sources=tuple(cited_source(source) for source in cited),
        )


class Section(models.Model):
    """Heading and rich text, in order."""

    class Kind(models.TextChoices):
        MEDICAL = MEDICAL, _("Medical")
        INSTITUTIONAL = INSTITUTIONAL, _("Institutional (not part of the medical review)")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.MEDICAL)
    heading = models.CharField(_("heading"), max_length=200)
    heading_proposed = models.BooleanField(
        _("heading is a proposal"),
        default=False,
        help_text=_("Made by the importer. Untick it to confirm the heading."),
    )
    body = RichTextField(_("text"), blank=True)
    claim_owner = models.CharField(
        _("who answers for the claim"),
        max_length=200,
        blank=True,
        help_text=_("For an institutional section that claims something, such as a rank or a first."),
    )
    claim_from = models.DateField(_("claim true since"), null=True, blank=True)
    claim_until = models.DateField(_("claim good until"), null=True, blank=True)
    anchor = models.SlugField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=[MEDICAL, INSTITUTIONAL]), name="section_kind_known"),
            models.UniqueConstraint(
                fields=["article", "anchor"], condition=~models.Q(anchor=""), name="section_anchor_once"
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def content(self) -> SectionContent:
        """This section as a value."""
        return SectionContent(
            anchor=self.anchor,
            heading=self.heading,
            body=self.body,
            kind=self.kind,
            claim_owner=self.claim_owner,
            claim_from=self.claim_from.isoformat() if self.claim_from else "",
            claim_until=self.claim_until.isoformat() if self.claim_until else "",
        )


def cited_source(source: Source) -> CitedSource:
    """A library record as the value that is frozen with the words."""
    copied = "key kind organization title container publisher published edition volume issue pages url doi pmid"
    return CitedSource(
        authors=source.author_names(),
        accessed=source.accessed.isoformat() if source.accessed else "",
        **{name: getattr(source, name) for name in copied.split()},
    )
