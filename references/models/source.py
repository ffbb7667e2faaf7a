"""Source: one work we lean on, one record, reused everywhere."""

import re
import secrets
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references import identifiers
from references.models.change import SourceChange
from references.models.retraction import Retraction
from references.models.standing import Examined, News

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: keys are read aloud and typed


def new_key() -> str:
    """A permanent random key; it stands in texts and in what reviewers signed."""
    return secrets.choice(_ALPHABET[:23]) + "".join(secrets.choice(_ALPHABET) for _ in range(9))


def validate_partial_date(value: str) -> None:
    """Accept 2018, 2022-11 and 2018-10-17."""
    if not re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise ValidationError(_("Write the date as 2018, 2022-11 or 2018-10-17, as precise as it is printed."))


class SourceQuerySet(models.QuerySet["Source"]):
    def same_work(self, *, doi: str, pmid: str, url: str) -> "SourceQuerySet":
        """Sources that share an identifier: DOI, PMID or normalized URL."""
        match = Q(pk__in=[])
        if doi:
            match |= Q(doi=doi)
        if pmid:
            match |= Q(pmid=pmid)
        if url:
            match |= Q(url_normal=identifiers.normalize_url(url))
        return self.filter(match)

    def due(self, at: datetime) -> "SourceQuerySet":
        """Sources to look at now, those that wait longest first."""
        found = self.exclude(url="", doi="", pmid="").filter(Q(next_look_due=None) | Q(next_look_due__lte=at))
        return found.order_by(models.F("next_look_due").asc(nulls_first=True), "pk")

    def matching(self, words: str) -> "SourceQuerySet":
        """Sources in which each of `words` stands: title, DOI, publisher, organization, container or author."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(doi__icontains=word)
                | Q(publisher__icontains=word)
                | Q(organization__icontains=word)
                | Q(container__icontains=word)
                | Q(authors__icontains=word)
            )
        return found


class Source(Examined):
    """A web page, journal article, guideline, book, report or data set. Unknown fields are empty."""

    class Kind(models.TextChoices):
        WEB = "web", _("Web page")
        JOURNAL = "journal", _("Journal article")
        GUIDELINE = "guideline", _("Guideline")
        BOOK = "book", _("Book")
        REPORT = "report", _("Report")
        DATA = "data", _("Data set")

    key = models.CharField(_("key"), max_length=12, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WEB)
    authors = models.TextField(
        _("authors"), blank=True, help_text=_("One a line: surname and initials, such as “Roe J”.")
    )
    organization = models.CharField(
        _("organization"), max_length=300, blank=True, help_text=_("The author, where an organization wrote it.")
    )
    title = models.CharField(_("title"), max_length=600)
    container = models.CharField(_("journal or book"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    published = models.CharField(
        _("published"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("As precise as it is printed: 2018, 2022-11 or 2018-10-17."),
    )
    edition = models.CharField(_("edition"), max_length=30, blank=True)
    volume = models.CharField(_("volume"), max_length=30, blank=True)
    issue = models.CharField(_("issue"), max_length=30, blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    url = models.URLField(_("web address"), max_length=2000, blank=True)
    url_normal = models.CharField(max_length=2000, blank=True, editable=False)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    pmid = models.CharField(_("PMID"), max_length=10, blank=True)
    accessed = models.DateField(_("accessed"), null=True, blank=True, help_text=_("When somebody last read it."))

    PRINTED: ClassVar = (
        *("kind", "authors", "organization", "title", "container", "publisher", "published", "edition"),
        *("volume", "issue", "pages", "url", "doi", "pmid"),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[name],
                condition=~Q(**{name: ""}),
                name=f"source_{name}_once",
                violation_error_message=_("This source is already in the library."),
            )
            for name in ("doi", "pmid", "url_normal")
        ]

    def __str__(self) -> str:
        return ". ".join(part for part in (self.by_line(), self.title) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and say in the same transaction what is news to whoever leans on this source."""
        self.settle()
        at = timezone.now()
        with transaction.atomic(savepoint=False):
            news = [] if kwargs.get("update_fields") else self._news(at)
            super().save(*args, **kwargs)
            SourceChange.log(((self.pk, *one) for one in news), at=at)

    def _news(self, at: datetime) -> list[News]:
        before = None if self._state.adding else type(self).objects.select_for_update().filter(pk=self.pk).first()
        if before:
            # An examination may have ended while the form was open.
            for name in self.STANDING:
                setattr(self, name, getattr(before, name))
        news = self._changed_since(before) if before else []
        if before and before.address() != self.address():
            self.next_look_due, self.moved_to, self.fingerprint = None, "", ""
        if before is None or before.doi != self.doi:
            found = Retraction.objects.filter(doi=self.doi).exclude(doi="")
            news += self.heed(found.values_list("nature", flat=True).first() or "", at=at)
        return news + self.make_way(at=at)

    def _changed_since(self, before: "Source") -> list[News]:
        """What a printed reference shows, field by field."""
        pairs = ((name, str(getattr(before, name) or ""), str(getattr(self, name) or "")) for name in self.PRINTED)
        return [
            (SourceChange.Kind.RECORD, f"{name}: {old}", f"{name}: {new}") for name, old, new in pairs if old != new
        ]

    def address(self) -> str:
        """Where to look: the web address, else where the DOI or the PMID leads; "" if there is none."""
        if self.url:
            return self.url
        if self.doi:
            return f"https://doi.org/{quote(self.doi, safe='/:;()')}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""

    def clean(self) -> None:
        """Bring identifiers into the one spelling by which duplicates are found."""
        self.settle()

    def settle(self) -> None:
        """Normalize DOI, PMID and URL."""
        self.doi = identifiers.normalize_doi(self.doi)
        self.pmid = identifiers.normalize_pmid(self.pmid)
        self.url_normal = identifiers.normalize_url(self.url) if self.url else ""

    def author_names(self) -> tuple[str, ...]:
        """Authors, one name each; the organization is not among them."""
        return tuple(line.strip() for line in self.authors.splitlines() if line.strip())

    def by_line(self) -> str:
        """Who stands behind it, short: first author or organization or publisher."""
        names = self.author_names()
        return names[0] if names else self.organization or self.publisher
