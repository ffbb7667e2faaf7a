"""Published: the row of one public address, written by deeds, and all that the public side asks for."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.condition import Condition
from articles.models.dating import DatedQuerySet
from articles.models.edition import Edition
from articles.models.people import Reviewer
from articles.models.review import Review


class PublishedQuerySet(DatedQuerySet["Published"]):
    def live(self) -> "PublishedQuerySet":
        """Addresses at which a page stands."""
        return self.filter(edition__isnull=False)

    def due(self, on: date, within_days: int = 0) -> "PublishedQuerySet":
        """Pages whose next review falls due by then."""
        return self.live().filter(next_due__lte=on + timedelta(days=within_days))

    def follow(self, articles: Collection[int]) -> int:
        """Store whose these articles are and what they are about, where something else is stored beside their pages.
        Returns how many rows were not as they should be. Whoever calls it has locked the articles."""
        rows = self.filter(article__in=articles, moved_to=None)
        rows = rows.filter(_differ("reviewer", "article__reviewer") | _differ("about", "article__condition"))
        mine = Article.objects.filter(pk=OuterRef("article"))
        return rows.update(reviewer=Subquery(mine.values("reviewer")), about=Subquery(mine.values("condition")))


def _differ(stored: str, said: str) -> Q:
    # No number differs from every number, and from no other none: SQL would say that it does not know.
    return ~Q(Exact(Coalesce(F(stored), Value(0)), Coalesce(F(said), Value(0))))


class Published(models.Model):
    """One address: an open edition with its derived dates, or withdrawn, or moved."""

    slug = models.SlugField(max_length=120, primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="addresses")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="address")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    moved_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="former")
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=300, blank=True)
    condition_name = models.CharField(max_length=200, blank=True)
    # The condition for machines: its "id", other "names", and "codes" as pairs of system and code. No reader sees them.
    condition = models.JSONField(default=dict, blank=True)
    is_demo = models.BooleanField(default=False)
    first_published_on = models.DateField(null=True)
    last_updated_on = models.DateField(null=True)
    last_reviewed_on = models.DateField(null=True)
    # Who signed `review`, as signed: none rather than "", so that lists put pages without it where they put those
    # without a date.
    reviewed_by = models.CharField(max_length=200, null=True)  # noqa: DJ001  "" would be the first in order
    # When `review` was given, if readers saw its words already: reviewed, and nothing changed.
    reaffirmed_at = models.DateTimeField(null=True, blank=True)
    # What the due date follows from (articles/due.py), and what follows; `settle` keeps the last three.
    risk_tier = models.CharField(max_length=10, choices=Article.Tier, default=Article.Tier.STANDARD)
    cadence_months = models.PositiveSmallIntegerField(null=True, blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    event_since = models.DateField(null=True, blank=True)
    next_due = models.DateField(null=True)
    due_why = models.CharField(max_length=8, blank=True)
    overdue_from = models.DateField(null=True, blank=True)  # the first day on which the page itself says so
    # The staff's, and no reader's: whose the article is, and its condition as it is today (`condition` is what readers
    # were told). Beside the dates, because lists ask for them together; `follow` keeps them.
    reviewer = models.ForeignKey(
        Reviewer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    about = models.ForeignKey(Condition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    withdrawn_instead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Words were published in an emergency and await their review; then `review` and its date are older than the words.
    unreviewed_since = models.DateField(null=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("public address")
        verbose_name_plural = _("public addresses")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="published_is_one_thing",
                condition=models.Q(edition__isnull=False, withdrawn_on__isnull=True, moved_to__isnull=True)
                | models.Q(edition__isnull=True, withdrawn_on__isnull=False, moved_to__isnull=True)
                | models.Q(edition__isnull=True, withdrawn_on__isnull=True, moved_to__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(moved_to__isnull=True), name="published_one_address_per_article"
            ),
        ]
        indexes: ClassVar = [
            # The list of due dates in its order, with all that it can be asked for: which pages, and how many, is
            # answered by the index alone, and only rows that are shown are read.
            models.Index(
                fields="next_due slug title edition article risk_tier due_why last_reviewed_on reviewer about".split(),
                name="published_due",
            ),
            # The same of one reviewer or of nobody, for one reason, or read long ago: few pages among many.
            models.Index(fields=["reviewer", "next_due", "slug", "edition"], name="published_reviewer"),
            models.Index(fields=["due_why", "next_due", "slug", "edition"], name="published_why"),
            models.Index(fields=["last_reviewed_on", "risk_tier", "edition"], name="published_read"),
            models.Index(
                fields=["event_since", "edition", "article"],
                condition=models.Q(event_since__isnull=False),
                name="published_event",
            ),
            models.Index(
                fields=["unreviewed_since"],
                condition=models.Q(unreviewed_since__isnull=False),
                name="published_unreviewed",
            ),
            models.Index(
                fields=["reviewed_by", "article"], condition=models.Q(moved_to=None), name="published_reviewed_by"
            ),
            models.Index(fields=["condition_name", "title"]),
            models.Index(fields=["reaffirmed_at"], name="published_reaffirmed"),
        ]

    def __str__(self) -> str:
        return f"/{self.slug}/"
