"""The rows of public addresses: recomputed here from the rows that prove them, inside the deed that changed them."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import contributions, dates, lineage
from articles.content import plain
from articles.models import Article, Deferral, Edition, Published, Review, TimelineEntry
from articles.refusals import Refused

What = TimelineEntry.What


class AddressTaken(Refused):
    """The address belongs, or once belonged, to another page."""


def check_free(slug: str, article: Article | None) -> None:
    """Refuse an address that leads, or led, to another article. Raises AddressTaken."""
    others = Published.objects.filter(slug=slug)
    if article is not None and article.pk:
        others = others.exclude(article=article)
    if others.exists():
        raise AddressTaken(_("The address “%(slug)s” belongs to another page. Choose another.") % {"slug": slug})


def post(article: Article, *, at: datetime) -> None:
    """Write the article's row as it follows from the rows that prove it. No row before publication."""
    row = derived(article)
    if row:
        row.save()


def derived(article: Article) -> Published | None:
    """The article's row, not saved: its open edition with derived dates, or its withdrawal."""
    editions = list(article.editions.order_by("number").defer("content"))  # only the last is read
    if not editions:
        return None
    latest = editions[-1]
    row = Published.objects.filter(article=article, moved_to=None).first() or Published(
        slug=article.slug, article=article
    )
    _describe(row, article, editions)
    if latest.closed_how:
        row.edition = row.review = row.next_due = row.last_reviewed_on = row.unreviewed_since = None
        row.withdrawn_on = timezone.localdate(latest.closed_at)
        row.withdrawn_reason = latest.closed_reason
        row.withdrawn_instead = Published.objects.filter(article=latest.closed_instead_id, moved_to=None).first()
    else:
        row.edition, row.withdrawn_on, row.withdrawn_reason, row.withdrawn_instead = latest, None, "", None
        _date(row, article, latest)
    return row


def _describe(row: Published, article: Article, editions: list[Edition]) -> None:
    words = editions[-1].words()
    row.title = words.title
    row.description = plain(words.summary, 300)
    if row.edition_id != editions[-1].pk:
        # Readers see the name that stood when somebody published: a word changed later waits for the next edition.
        row.condition_name = article.condition.name if article.condition else ""
    row.is_demo = article.is_demo
    row.first_published_on = timezone.localdate(editions[0].published_at)
    row.last_updated_on = timezone.localdate(last_changed(editions).published_at)


def last_changed(editions: list[Edition]) -> Edition:
    """The latest edition whose medical words differ from the one before it (design §6: last updated)."""
    found = editions[0]
    for before, after in pairwise(editions):
        if before.digest != after.digest:
            found = after
    return found


def _date(row: Published, article: Article, edition: Edition) -> None:
    found = due(article, edition)
    row.review, row.last_reviewed_on, row.next_due = found.review, found.last_reviewed, found.on
    row.unreviewed_since = found.unreviewed_since


@dataclass(frozen=True, slots=True)
class Due:
    """When a page is due, and why. Without a full review in its line the review dates are None.

    `unreviewed_since` is the day since which words stand there that were published in an emergency.
    """

    review: Review | None
    last_reviewed: date | None
    months: int
    deferral: Deferral | None
    unreviewed_since: date | None = None

    @property
    def by_cadence(self) -> date | None:
        """What the cadence alone would say."""
        return dates.next_due(self.last_reviewed, self.months)

    @property
    def on(self) -> date | None:
        """The due date."""
        return dates.next_due(self.last_reviewed, self.months, self.deferral.until if self.deferral else None)


def due(article: Article, edition: Edition) -> Due:
    """The dates of a page, from the rows that prove them."""
    # Only an emergency makes it necessary to look back.
    before = article.editions.filter(number__lt=edition.number).order_by("number").defer("content")
    editions = [*(before if edition.emergency_reason else ()), edition]
    found = lineage.line(editions, contributions.sound(article))
    review, since = found.review, found.unreviewed_since
    months = dates.cadence_months(article.risk_tier, article.cadence_months, settings.REVIEW_CADENCE_MONTHS)
    return Due(
        review=review,
        last_reviewed=review.reviewed_on if review else None,
        months=months,
        deferral=_deferral(article, review) if review else None,
        unreviewed_since=timezone.localdate(since) if since else None,
    )


def _deferral(article: Article, review: Review) -> Deferral | None:
    """The deferral in force: the latest, unless a full review or another cadence came after it."""
    # By number, not by time: the article's row was locked, so numbers are in the order of the deeds.
    decided = article.timeline.filter(what__in=[What.DEFERRED, What.CADENCE_SET]).order_by("-pk").first()
    if decided is None or decided.what != What.DEFERRED:
        return None
    return article.deferrals.filter(at__gte=review.answered_at).order_by("-pk").first()


def move(article: Article) -> bool:
    """Follow a changed slug: the old address leads to the new one. Returns whether anything moved."""
    row = Published.objects.filter(article=article, moved_to=None).first()
    if row is None or row.slug == article.slug:
        return False
    check_free(article.slug, article)
    old, new = row.slug, article.slug
    Published.objects.filter(slug=new, article=article).delete()  # going back to a former address
    Published.objects.filter(moved_to=old).update(moved_to=new)
    Published.objects.filter(withdrawn_instead=old).update(withdrawn_instead=new)
    Published.objects.filter(slug=old).update(slug=new)
    Published.objects.create(slug=old, article=article, moved_to_id=new, title=row.title)
    return True
