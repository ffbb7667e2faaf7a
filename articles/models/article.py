"""Article: the working text of one page."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import CitedSource, Content, SectionContent
from articles.fields import RichTextField
from articles.models.condition import Condition
from references.models import Source

# First segments of addresses that belong to the site itself, now or later.
_RESERVED = """
a-z about accessibility accounts admin api article articles brand calendars contact editorial-policy en es feeds figures
glossary healthz history infobutton language-help media metrics not-a-substitute privacy readyz reviewers robots search
sitemap static stories topics well-known
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
    # Who is asked to read it when it is due; not who read it last, which the reviews say.
    reviewer = models.ForeignKey(
        "articles.Reviewer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("assigned reviewer"),
    )
    uncited = models.ManyToManyField(Source, blank=True, related_name="uncited_in", verbose_name=_("uncited sources"))
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    # Counts changes of words, and nothing else: a changed cadence must not make a writer's form stale.
    revision = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    # Whether somebody may have to do something about these words: they are, or were for a while, not those that readers
    # see. Of a hundred thousand articles few are, and desks and lists find them by the index of these.
    in_hand = models.BooleanField(default=True, editable=False)
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
            ("keep_dates", "Can change cadence, tier and due dates, and assign reviewers"),
            ("set_policy", "Can set the review policy"),
            ("decide_news", "Can decide what news about a source means for a page"),
            ("record_review", "Can record a review on a reviewer's behalf"),
            ("ask_redaction", "Can ask for a redaction"),
            ("confirm_redaction", "Can confirm a redaction"),
            ("merge_sources", "Can merge sources of the library"),
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
        indexes: ClassVar = [
            models.Index(fields=["started_by"], condition=models.Q(in_hand=True), name="article_in_hand"),
            # The first lines of the list, and how many there are.
            models.Index(fields=["title", "id"], condition=models.Q(binned_at=None), name="article_listed"),
        ]

    def __str__(self) -> str:
        return self.title

    def content(self) -> Content:
        """What a reader would read if this text were published now. Two queries."""
        words = self.uncited_words()
        cited = Source.objects.by_key(words.cited_keys())
        return replace(words, sources=tuple(cited_source(source, key) for key, source in cited.items()))

    def uncited_words(self) -> Content:
        """The same without the sources. One query."""
        return self.words_of(section.content() for section in self.sections.all())

    def words_of(self, sections: Iterable[SectionContent]) -> Content:
        """The same, of its sections, which somebody has read already."""
        return Content(title=self.title, summary=self.summary, language=self.language, sections=tuple(sections))


def cited_source(source: Source, key: str = "") -> CitedSource:
    """A library record as the value that is frozen with the words; `key` where the text has an alias of it."""
    copied = "kind organization title container publisher published edition volume issue pages url doi pmid"
    return CitedSource(
        key=key or source.key,
        authors=source.author_names(),
        accessed=source.accessed.isoformat() if source.accessed else "",
        **{name: getattr(source, name) for name in copied.split()},
    )
