"""SiteText: what a page about the site itself says (privacy, contact), one row for every text that it ever had."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import RichTextField
from references.models.frozen import FrozenModel, FrozenQuerySet


class SiteTextQuerySet(FrozenQuerySet["SiteText"]):
    def of(self, page: str) -> "SiteTextQuerySet":
        """The texts of one page, the newest first."""
        return self.filter(page=page).order_by("-number")


class SiteText(FrozenModel):
    """One text of one of these pages; the newest is what readers see. Without any, they see ours."""

    class Page(models.TextChoices):  # the values are addresses, and stand among the reserved ones
        ABOUT = "about", _("About and funding")
        CONTACT = "contact", _("Contact")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        NOT_A_SUBSTITUTE = "not-a-substitute", _("Not a substitute for care")
        LANGUAGE_HELP = "language-help", _("Help in your language")

    page = models.CharField(max_length=20, choices=Page)
    number = models.PositiveIntegerField()
    body = RichTextField()
    # What is said in other languages, by language code; on the page about help in them alone.
    notices = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SiteTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("page about the site")
        verbose_name_plural = _("pages about the site")
        ordering: ClassVar = ["page", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "number"], name="site_text_number_once")]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.number})"
