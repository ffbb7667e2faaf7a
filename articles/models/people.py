"""Reviewer: a named clinician who reads, corrects and signs."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.fields import RichTextField

NO_INTERESTS = "none"  # as stored when somebody said so; "" where nobody has said anything


def called(person: User) -> str:
    """The name that people know each other by; the name of the account where nobody gave one."""
    return person.get_full_name() or person.get_username()


# Screens, mails and the timeline print accounts, and Django's own way would show what somebody types to sign in.
User.add_to_class("__str__", called)


def declared(interests: str) -> str:
    """Stored interests in words; "" where nobody has said anything."""
    return str(_("no interests to declare")) if interests == NO_INTERESTS else interests


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    def valid(self, on: date) -> "ReviewerQuerySet":
        """Active reviewers whose credentials have not lapsed on that day."""
        return self.filter(Q(credentials_until__isnull=True) | Q(credentials_until__gte=on), active=True)


class Reviewer(models.Model):
    """A person with credentials; may or may not have an account. Never deleted: the name stays on what was signed."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address part"), max_length=200, unique=True)
    credentials = models.CharField(
        _("credentials"),
        max_length=100,
        blank=True,
        help_text=_("As printed after the name: MD, PhD. Without them nobody signs for the medicine."),
    )
    credentials_until = models.DateField(_("credentials valid until"), null=True, blank=True)
    role = models.CharField(_("role"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewer"
    )
    active = models.BooleanField(_("active"), default=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    interests = models.TextField(
        _("interests to declare"),
        blank=True,
        help_text=_(
            "Proposed with each signature, and shown on the public page. If there are none, write “None”; empty means "
            "that this person has not said, and the public page says that, too."
        ),
    )
    profile = RichTextField(
        _("profile"), blank=True, help_text=_("A few sentences for patients: training, field, languages.")
    )
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    npi = models.CharField(_("NPI"), max_length=10, blank=True)
    web_profile = models.URLField(
        _("profile elsewhere"), blank=True, help_text=_("A page about this person, at the hospital or a university.")
    )
    page_wanted = models.BooleanField(
        _("wants a public page"),
        default=False,
        help_text=_(
            "Shown before the first signature is public. Whoever signed a page that went online has one anyway."
        ),
    )
    is_demo = models.BooleanField(_("invented, for the demonstration"), default=False, editable=False)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def is_valid(self, on: date) -> bool:
        """Whether this person may sign on that day."""
        return self.active and (self.credentials_until is None or self.credentials_until >= on)

    def may_sign_medicine(self, on: date) -> bool:
        """Whether the credentials to sign for the medicine are there and valid on that day."""
        return bool(self.credentials) and self.is_valid(on)

    def is_away(self, on: date) -> bool:
        """Whether this person has said to be away on that day."""
        return self.away_until is not None and self.away_until >= on
