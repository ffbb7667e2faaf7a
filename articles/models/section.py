"""Section: one part of the working text of a page."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.blocks import LABELS
from articles.content import FIGURE, GLANCE, HELP, INSTITUTIONAL, MEDICAL, QUESTIONS, STORY, SectionContent
from articles.fields import RichTextField
from articles.models.article import Article
from articles.models.story import PatientStory

_FORMS = (*GLANCE, *HELP, QUESTIONS, FIGURE, STORY)


class Section(models.Model):
    """Heading and rich text, in order; `form` says what kind of block it is."""

    class Kind(models.TextChoices):
        MEDICAL = MEDICAL, _("Medical")
        INSTITUTIONAL = INSTITUTIONAL, _("Institutional (not part of the medical review)")

    class Form(models.TextChoices):
        TEXT = "", LABELS[""]
        WHAT = GLANCE[0], LABELS[GLANCE[0]]
        COMMON = GLANCE[1], LABELS[GLANCE[1]]
        SYMPTOMS = GLANCE[2], LABELS[GLANCE[2]]
        NOW = GLANCE[3], LABELS[GLANCE[3]]
        EMERGENCY = HELP[0], LABELS[HELP[0]]
        URGENT = HELP[1], LABELS[HELP[1]]
        NONURGENT = HELP[2], LABELS[HELP[2]]
        QUESTIONS = QUESTIONS, LABELS[QUESTIONS]
        FIGURE = FIGURE, LABELS[FIGURE]
        STORY = STORY, LABELS[STORY]

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.MEDICAL)
    form = models.CharField(_("kind of block"), max_length=15, choices=Form, default=Form.TEXT, blank=True)
    heading = models.CharField(_("heading"), max_length=200)
    heading_proposed = models.BooleanField(
        _("heading is a proposal"),
        default=False,
        help_text=_("Made by the importer. Untick it to confirm the heading."),
    )
    body = RichTextField(_("text"), blank=True)
    story = models.ForeignKey(
        PatientStory,
        on_delete=models.PROTECT,
        to_field="key",
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("patient story"),
    )
    story_hash = models.CharField(max_length=64, blank=True, editable=False)
    claim_owner = models.CharField(
        _("who answers for the claim"),
        max_length=200,
        blank=True,
        help_text=_("For an institutional section that claims something, such as a rank or a first."),
    )
    claim_from = models.DateField(_("claim true since"), null=True, blank=True)
    claim_until = models.DateField(_("claim good until"), null=True, blank=True)
    # Of a figure: which picture of the library, its size, what it shows in words, and whom it is owed to.
    figure = models.CharField(_("picture"), max_length=64, blank=True)
    size = models.CharField(max_length=11, blank=True, editable=False)
    alt = models.CharField(
        _("the picture in words"),
        max_length=500,
        blank=True,
        help_text=_(
            "For everybody who does not see the picture: say in a sentence or two what there is to see and to learn. No"
            " file name, no “image of”, and not the caption once more."
        ),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Whom the picture is from, and under which license. May be empty."),
    )
    anchor = models.SlugField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=[MEDICAL, INSTITUTIONAL]), name="section_kind_known"),
            models.CheckConstraint(condition=models.Q(form__in=["", *_FORMS]), name="section_form_known"),
            models.CheckConstraint(
                condition=~models.Q(form__in=[*GLANCE, *HELP, QUESTIONS]) | models.Q(kind=MEDICAL),
                name="section_help_is_medical",
            ),
            models.CheckConstraint(
                condition=~models.Q(form=STORY) | models.Q(kind=INSTITUTIONAL), name="section_story_is_institutional"
            ),
            # A story's words live in its own rows alone, where a withdrawal finds them.
            models.CheckConstraint(
                condition=~models.Q(form=STORY) | models.Q(body=""), name="section_story_has_no_text"
            ),
            models.CheckConstraint(
                condition=models.Q(form=STORY) | models.Q(story=None, story_hash=""), name="section_story_is_of_a_story"
            ),
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
            form=self.form,
            figure=self.figure,
            size=self.size,
            alt=self.alt,
            credit=self.credit,
            story=self.story_id or "",
            story_hash=self.story_hash,
            claim_owner=self.claim_owner,
            claim_from=self.claim_from.isoformat() if self.claim_from else "",
            claim_until=self.claim_until.isoformat() if self.claim_until else "",
        )
