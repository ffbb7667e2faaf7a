"""The rows of public addresses: recomputed here from the rows that prove them, inside the deed that changed them."""

from datetime import date, datetime
from itertools import pairwise

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import contributions, dates
from articles.content import plain
from articles.models import Article, Edition, Published, Review
from articles.refusals import Refused


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
    """Write the article's row: its open edition with derived dates, or its withdrawal. No row before publication."""
    editions = list(article.editions.order_by("number"))
    if not editions:
        return
    latest = editions[-1]
    row = Published.objects.filter(article=article, moved_to=None).first() or Published(
        slug=article.slug, article=article
    )
    _describe(row, article, editions)
    if latest.closed_how:
        row.edition = row.review = row.next_due = row.last_reviewed_on = None
        row.withdrawn_on = timezone.localdate(latest.closed_at)
        row.withdrawn_reason = latest.closed_reason
    else:
        row.edition, row.withdrawn_on, row.withdrawn_reason = latest, None, ""
        _date(row, article, latest)
    row.save()


def _describe(row: Published, article: Article, editions: list[Edition]) -> None:
    words = editions[-1].words()
    row.title = words.title
    row.description = plain(words.summary, 300)
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
    reviews = {review.pk: review for review in contributions.sound(article)}
    found = dates.last_full(edition.digest, [review.attestation() for review in reviews.values()])
    row.review = reviews[found.review_id] if found and found.review_id else None
    row.last_reviewed_on = found.on if found else None
    months = dates.cadence_months(article.risk_tier, article.cadence_months, settings.REVIEW_CADENCE_MONTHS)
    row.next_due = dates.next_due(row.last_reviewed_on, months, _deferred_until(article, row.review))


def _deferred_until(article: Article, review: Review | None) -> date | None:
    """A deferral counts until the next full review."""
    since = review.answered_at if review else None
    deferrals = article.deferrals.filter(at__gte=since) if since else article.deferrals.none()
    latest = deferrals.order_by("-at", "-pk").first()
    return latest.until if latest else None


def move(article: Article) -> bool:
    """Follow a changed slug: the old address leads to the new one. Returns whether anything moved."""
    row = Published.objects.filter(article=article, moved_to=None).first()
    if row is None or row.slug == article.slug:
        return False
    check_free(article.slug, article)
    old, new = row.slug, article.slug
    Published.objects.filter(slug=new, article=article).delete()  # going back to a former address
    Published.objects.filter(moved_to=old).update(moved_to=new)
    Published.objects.filter(slug=old).update(slug=new)
    Published.objects.create(slug=old, article=article, moved_to_id=new, title=row.title)
    return True
