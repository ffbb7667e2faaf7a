"""Reliance: which sources an open edition leans on. Derived (articles/reliances.py), so that news of a source finds
its pages. What is news for whom is read from here and from the changes that `references` numbers."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from articles.models import news
from articles.models.article import Article
from articles.models.decision import Decision
from articles.models.edition import Edition
from articles.models.review import Review
from references.models import Source, SourceChange

# Reviews whose reviewer had a screen of ours before them, which says how each source stands.
_READ_HERE = (Review.Origin.REQUEST, Review.Origin.CORRECTION, Review.Origin.UNCHANGED)
_YEAR = (len("published: ") + 1, 4)
_COLUMNS = {name: name for name in ("number", "kind", "before", "after")} | {"since": "at", "change": "pk"}
Kind = SourceChange.Kind


class RelianceQuerySet(models.QuerySet["Reliance"]):
    def news(self, kinds: Collection[str] = ()) -> Any:
        """Rows, one for each news about a source that stands and asks something of a page, of these kinds or of all.
        One query, which takes the longer to put the more kinds it is about.

        With its `number`, `kind`, `since`, `before` and `after`, the `change` it is, and the kind of the last decision
        about it as `decided`.
        """
        asked = {kind: asks for kind, asks in news.ASKS.items() if not kinds or kind in kinds}
        signed = Review.objects.attested().clinical().filter(origin__in=_READ_HERE, article=OuterRef("article"))
        signed = signed.filter(digest=OuterRef("edition__digest")).order_by("-answered_at")
        decisions = Decision.objects.filter(article=OuterRef("article"), change=OuterRef("news__pk")).order_by("-pk")
        found: Any = self.annotate(
            news=FilteredRelation("source__changes", condition=Q(source__changes__kind__in=list(asked))),
            # Named here once: each filter by way of the relation itself would join it again.
            **{name: F(f"news__{column}") for name, column in _COLUMNS.items()},
            signed_at=Subquery(signed.values("answered_at")[:1]),
            decided=Subquery(decisions.values("kind")[:1]),
        )
        seen_by_reviewers = Q(kind__in=[kind for kind, asks in asked.items() if asks.ends_with_review])
        unseen = Q(signed_at=None) | Q(since__gt=F("signed_at"))
        # Few sources have news: their pages are looked up from there, not the news of all that every page leans on.
        there = SourceChange.objects.filter(kind__in=list(asked)).order_by()
        return _standing(found, asked).filter(~seen_by_reviewers | unseen, source__in=there.values("source"))

    def waiting(self) -> Any:
        """News that nobody has decided about."""
        return self.news().filter(Q(decided=None) | Q(decided=Decision.Kind.REOPENED))

    def under_way(self) -> Any:
        """News about which a change was decided that is not online yet."""
        return self.news().filter(decided__in=Decision.TO_BE_DONE)


def _told(changes: Any) -> Any:
    return changes.annotate(year_was=Substr("before", *_YEAR), year_is=Substr("after", *_YEAR))


def _standing(rows: Any, asked: Mapping[str, news.Asks]) -> Any:
    """News that is still true, and whose place no later news took."""
    found: Any = Q(pk=None)
    for kind, asks in asked.items():
        found |= Q(kind=kind) & asks.still & ~Exists(_later().filter(kind__in=asks.rivals))
    if Kind.RECORD not in asked:
        return rows.filter(found)
    # A page that was published since prints what the record says; and only what a reviewer signs is asked about.
    record = Q(kind=Kind.RECORD, since__gt=F("edition__published_at")) & _identity()
    return _told(rows).filter(found | record & ~Exists(_told(_later()).filter(_identity(), kind=Kind.RECORD)))


def _later() -> Any:
    return SourceChange.objects.filter(source=OuterRef("source"), number__gt=OuterRef("number"))


def _identity() -> Q:
    """A change of what the digest covers: names, title, journal, year."""
    found = Q(before__startswith="published: ") & ~Q(year_was=F("year_is"))
    for name in ("authors", "organization", "title", "container"):
        found |= Q(before__startswith=f"{name}: ")
    return found


class Reliance(models.Model):
    """The open edition of this article leans on this source, and prints this address of it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="reliances")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reliances")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reliances")
    url = models.TextField(blank=True)

    objects = RelianceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reliance")
        verbose_name_plural = _("reliances")
        ordering: ClassVar = ["article", "source"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "source"], name="reliance_once")]

    def __str__(self) -> str:
        return f"{self.article}: {self.source}"
