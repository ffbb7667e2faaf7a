"""Source: one work we lean on, one record, reused everywhere."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references import archiving, identifiers, titles
from references.models.change import SourceChange
from references.models.derived import DerivedCharField, WordsField
from references.models.likeness import Likeness
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
    def unmerged(self) -> "SourceQuerySet":
        """Records that stand for themselves: what lists, searches and exports show."""
        return self.filter(merged_into=None)

    def by_key(self, keys: Iterable[str]) -> "dict[str, Source]":
        """The record that stands behind each key, in the order of keys: an alias leads on. One query."""
        found = self.filter(key__in=set(keys)).select_related("merged_into").order_by("key")
        return {source.key: source.kept() for source in found}

    def hold(self, pks: Iterable[int]) -> None:
        """Wait for whoever is merging these records, and let nobody merge them before this transaction ends.

        A row that names one takes the same lock, but not before the commit: constraints are deferred.
        """
        if connection.vendor == "postgresql":  # elsewhere one writes at a time
            with connection.cursor() as cursor:
                held = "SELECT id FROM references_source WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"
                cursor.execute(held, [list(pks)])

    def of_work(self, pk: Any) -> "SourceQuerySet":
        """The record with this key (pk) and all that were merged into it."""
        return self.filter(Q(pk=pk) | Q(merged_into=pk)).order_by()

    def same_work(self, *, doi: str, pmid: str, url: str) -> "SourceQuerySet":
        """Sources that share an identifier: DOI, PMID or normalized URL. Records that stand for themselves first.

        What was merged away is still recognized, so ask `kept()` of what is found.
        """
        match = Q(pk__in=[])
        if doi:
            match |= Q(doi=doi)
        if pmid:
            match |= Q(pmid=pmid)
        if url:
            match |= Q(url_normal=identifiers.normalize_url(url))
        return (
            self.filter(match).select_related("merged_into").order_by(F("merged_into_id").asc(nulls_first=True), "pk")
        )

    def same_title(self, *, title: str, published: str, container: str) -> "SourceQuerySet":
        """Sources with this title, date and journal: what is known of a work without identifiers."""
        # The first words are asked for because they have an index.
        found = self.filter(title_head=titles.ends(title)[0], title__iexact=title)
        return found.filter(published=published, container=container).select_related("merged_into").order_by("pk")

    def with_address(self) -> "SourceQuerySet":
        """Those of which there is something to look at."""
        return self.unmerged().exclude(url="", doi="", pmid="")

    def due(self, at: datetime) -> "SourceQuerySet":
        """Sources to look at now, those that wait longest first."""
        found = self.with_address().filter(Q(next_look_due=None) | Q(next_look_due__lte=at))
        return found.order_by(F("next_look_due").asc(nulls_first=True), "pk")

    def matching(self, words: str) -> "SourceQuerySet":
        """Sources in which a word begins with each of `words`: title, author, organization, publisher, container,
        DOI, PMID or key. A web address finds its own source."""
        wanted: list[str] = []
        for word in words.replace("\x00", "").split():
            if "://" in word and not identifiers.normalize_doi(word):
                return self.filter(url_normal=identifiers.normalize_url(word))
            doi = word.casefold().removeprefix("doi:")
            bare = identifiers.normalize_doi(word) or (doi if doi.startswith("10.") else "")
            wanted += [titles.squeezed(bare)] if bare else titles.words(word)
        found: Any = self  # the plugin knows no lookup of ours
        return found.filter(words__holds=wanted) if wanted else self.filter(pk__in=[]) if words.strip() else self


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
    archived = models.URLField(
        _("archived copy"),
        max_length=2100,
        blank=True,
        validators=[archiving.validate_copy],
        help_text=_("Readers are offered it while the original can not be reached."),
    )
    # The record that stands for this one, which was merged into it, at once or by way of others.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="aliases", verbose_name=_("merged into")
    )
    words = WordsField(default="", editable=False)
    title_head = DerivedCharField(max_length=60, default="", editable=False)
    title_tail = DerivedCharField(max_length=60, default="", editable=False)

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
                condition=Q(~Q(**{name: ""}), merged_into=None),
                name=f"source_{name}_once",
                violation_error_message=_("This source is already in the library."),
            )
            for name in ("doi", "pmid", "url_normal")
        ]
        indexes: ClassVar = [
            models.Index(fields=["title", "id"]),
            # The indexes of the constraints know but records that stand for themselves.
            *(models.Index(fields=[name]) for name in ("doi", "pmid", "url_normal", "title_head", "title_tail")),
            models.Index(fields=["kind", "title", "id"]),
            models.Index(fields=["health", "title", "id"]),
            models.Index(fields=["published", "title", "id"]),
            # Few were merged, and the list of these has its order too.
            models.Index(fields=["title", "id"], condition=Q(merged_into__isnull=False), name="source_merged_titles"),
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
            if not kwargs.get("update_fields"):
                Likeness.look([self])

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
            found = Retraction.objects.of(self.dois())
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

    def kept(self) -> "Source":
        """This record, or the one that it was merged into."""
        return self.merged_into or self

    def successor(self) -> "Source | None":
        """The record that took its place, wherever that stands now."""
        newer: Any = self.superseded_by
        return newer.kept() if newer else None

    def derived_words(self) -> str:
        """What it is found by: words of what is printed, identifiers as one word each, and the words of a DOI."""
        printed = (self.title, self.authors, self.organization, self.publisher, self.container)
        suffix = titles.words(self.doi.partition("/")[2])
        named = (self.key, self.pmid, titles.squeezed(self.doi), titles.squeezed("".join(suffix)), *suffix)
        return " ".join(dict.fromkeys((*titles.words(" ".join(printed)), *filter(None, named))))

    def derived_title_head(self) -> str:
        return titles.ends(self.title)[0]

    def derived_title_tail(self) -> str:
        return titles.ends(self.title)[1]

    def keys(self) -> set[str]:
        """Every key that leads here: its own, and those of the records that were merged into it."""
        return {self.key, *(alias.key for alias in self.aliases.all())}

    def dois(self) -> set[str]:
        """Every DOI by which this work is known: its own, and those of the records that were merged into it."""
        aliases = self.aliases.values_list("doi", flat=True) if self.pk else ()
        return {self.doi, *aliases}

    def author_names(self) -> tuple[str, ...]:
        """Authors, one name each; the organization is not among them."""
        return tuple(line.strip() for line in self.authors.splitlines() if line.strip())

    def by_line(self) -> str:
        """Who stands behind it, short: first author or organization or publisher."""
        names = self.author_names()
        return names[0] if names else self.organization or self.publisher
