"""SavedFilter: a question that somebody asks again and again. Calendar: the private address of somebody's due dates."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A name for the query of the list of due dates; `shared` with everybody who keeps dates."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(_("for everybody"), default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="filter_name_once")]

    def __str__(self) -> str:
        return self.name


class Calendar(models.Model):
    """Whoever knows the secret reads the due dates of this person; only its hash is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    query = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("calendar of due dates")
        verbose_name_plural = _("calendars of due dates")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.made_at:%Y-%m-%d}"
