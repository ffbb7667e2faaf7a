"""Fact: a figure with its date, its source and its end. What it says is a FactValue; where it stands, a FactMention."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.condition import Condition
from articles.models.edition import Edition
from articles.models.seal import SealedModel
from references.models import Source
from references.models.frozen import FrozenQuerySet
from references.models.source import new_key


class Fact(models.Model):
    """One statistic, whatever it says this year: "New cases of acute lymphocytic leukemia, United States"."""

    key = models.CharField(_("key"), max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True, help_text=_("What is counted, where, by whom."))
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, null=True, blank=True, related_name="facts", verbose_name=_("condition")
    )
    # The number of its newest value; 0 before there is one.
    latest = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [("keep_facts", "Can record facts and their new values")]

    def __str__(self) -> str:
        return self.name


class FactValueQuerySet(FrozenQuerySet["FactValue"]):
    def newest(self) -> "FactValueQuerySet":
        """Of each fact the one that counts."""
        return self.filter(number=F("fact__latest"))

    def by_ref(self, refs: Iterable[str]) -> "dict[str, FactValue]":
        """Values by the name that texts give them, as far as they are on record, with facts and sources. One query,
        none without names."""
        wanted = set(refs)
        if not wanted:
            return {}
        found = self.filter(fact__key__in={ref.partition(".")[0] for ref in wanted}).select_related(
            "fact", "source__merged_into"
        )
        return {value.ref: value for value in found if value.ref in wanted}

    def expired(self, on: date) -> "FactValueQuerySet":
        """Values that were good until a day before this one."""
        return self.filter(expires__lt=on)


class FactValue(SealedModel):
    """What a fact says: number n of it. Never changed; a new one takes its place. It is good through `expires`."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="values")
    number = models.PositiveIntegerField()
    value = models.CharField(_("value"), max_length=60)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    as_of = models.DateField(_("as of"))
    expires = models.DateField(_("good until"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="fact_values", verbose_name=_("source"))
    locator = models.CharField(_("place in the source"), max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FactValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of a fact")
        verbose_name_plural = _("values of facts")
        ordering: ClassVar = ["fact", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "number"], name="fact_value_once"),
            models.CheckConstraint(condition=Q(expires__gt=F("as_of")), name="fact_expires_later"),
            models.CheckConstraint(condition=~Q(value=""), name="fact_has_value"),
        ]

    def __str__(self) -> str:
        return self.printed

    @property
    def printed(self) -> str:
        """As a page prints it: value, unit and year."""
        return " ".join([*filter(None, (self.value, self.unit)), f"({self.as_of.year})"])

    @property
    def ref(self) -> str:
        """How a text names it: "KEY.3"."""
        return f"{self.fact.key}.{self.number}"


class FactMention(models.Model):
    """This article prints this value: in its draft, or (`edition`) on the page that readers see. Derived."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="fact_mentions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="fact_mentions")
    value = models.ForeignKey(FactValue, on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        verbose_name = _("mention of a fact")
        verbose_name_plural = _("mentions of facts")
        ordering: ClassVar = ["article", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "value"], condition=Q(edition__isnull=True), name="mention_in_draft_once"
            ),
            models.UniqueConstraint(
                fields=["article", "value"], condition=Q(edition__isnull=False), name="mention_online_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.value}"
