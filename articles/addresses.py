"""The rows of public addresses: recomputed here from the rows that prove them, inside the deed that changed them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import contributions, events, lineage, mentions, policy, reliances, showings
from articles.content import plain
from articles.due import Due, Known, Policy, Why, derive
from articles.models import Article, Condition, Deferral, Edition, Published, Review, TimelineEntry
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
    """Write the article's row, what its page leans on, prints and shows, as they follow from the rows that
    prove them. No row before publication."""
    if article.condition_id:
        # Who changes its codes now waits, and then brings them to this page, too; who saves a draft about it does not.
        article.condition = Condition.objects.select_for_update(no_key=True).get(pk=article.condition_id)
    # First: what the page leans on and prints says which news it has.
    reliances.post(article)
    mentions.post(article)
    row = derived(article)
    if row:
        row.save()
        showings.post(article, online=row.edition_id is not None)


def derived(article: Article, *, heard: Mapping[int, date] | None = None) -> Published | None:
    """The article's row, not saved: its open edition with derived dates, or its withdrawal.

    `heard` is what events.since says of many articles, for who asks about many."""
    editions = list(article.editions.order_by("number").defer("content"))  # only the last is read
    if not editions:
        return None
    latest = editions[-1]
    row = Published.objects.filter(article=article, moved_to=None).first() or Published(
        slug=article.slug, article=article
    )
    _describe(row, article, editions)
    if latest.closed_how:
        row.edition = row.review = row.last_reviewed_on = row.reviewed_by = None
        row.unreviewed_since = row.reaffirmed_at = None
        row.deferred_until = row.event_since = row.next_due = row.overdue_from = None
        row.due_why = Why.NONE
        row.withdrawn_on = timezone.localdate(latest.closed_at)
        row.withdrawn_reason = latest.closed_reason
        row.withdrawn_instead = Published.objects.filter(article=latest.closed_instead_id, moved_to=None).first()
    else:
        row.edition, row.withdrawn_on, row.withdrawn_reason, row.withdrawn_instead = latest, None, "", None
        found = dated(article, latest, heard=heard)
        row.review = found.review
        for name, value in date_columns(found).items():
            setattr(row, name, value)
        row.reaffirmed_at = reaffirmed(row.review, editions) if row.review else None
    return row


def follow(condition: Condition) -> int:
    """Bring the other names and the codes of a condition to the pages about it, at once: machines alone read them. How
    many pages. The name that readers see waits for the next edition."""
    return Published.objects.filter(condition__id=condition.pk).update(condition=condition.told())


def _describe(row: Published, article: Article, editions: list[Edition]) -> None:
    words = editions[-1].words()
    row.title = words.title
    row.description = plain(words.summary, 300)
    if row.edition_id != editions[-1].pk:
        # Readers see the name that stood when somebody published: a word changed later waits for the next edition.
        row.condition_name = article.condition.name if article.condition else ""
        row.condition = article.condition.told() if article.condition else {}
    row.is_demo = article.is_demo
    row.risk_tier, row.cadence_months = article.risk_tier, article.cadence_months
    row.reviewer_id, row.about_id = article.reviewer_id, article.condition_id
    row.first_published_on = timezone.localdate(editions[0].published_at)
    row.last_updated_on = timezone.localdate(last_changed(editions).published_at)


def last_changed(editions: list[Edition]) -> Edition:
    """The latest edition whose medical words differ from the one before it (design §6: last updated)."""
    found = editions[0]
    for before, after in pairwise(editions):
        if before.digest != after.digest:
            found = after
    return found


def reaffirmed(review: Review, editions: Iterable[Edition]) -> datetime | None:
    """When this review was given, if readers saw its words already."""
    at = review.answered_at
    seen = (one for one in editions if one.digest == review.digest and at and one.published_at < at)
    return at if any(one.closed_at is None or (at and at < one.closed_at) for one in seen) else None


def date_columns(found: "Dated") -> dict[str, date | Why | str | None]:
    """The columns of a page's row that its dates are, but for its review."""
    return {
        "last_reviewed_on": found.known.last_reviewed,
        "reviewed_by": found.review.signed_name if found.review else None,
        "unreviewed_since": found.unreviewed,
        "deferred_until": found.known.deferred_until,
        "event_since": found.known.event_since,
        "next_due": found.due.on,
        "due_why": found.due.why,
        "overdue_from": found.due.said_from,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a page is due, and why, with the rows that prove it. Without a full review in its line the review is None.

    `unreviewed` is the day since which words stand there that were published in an emergency.
    """

    review: Review | None
    deferral: Deferral | None
    unreviewed: date | None
    known: Known
    due: Due


def dated(article: Article, edition: Edition, *, heard: Mapping[int, date] | None = None) -> Dated:
    """The dates of a page, from the rows that prove them."""
    # Only an emergency makes it necessary to look back.
    before = article.editions.filter(number__lt=edition.number).order_by("number").defer("content")
    editions = [*(before if edition.emergency_reason else ()), edition]
    found = lineage.line(editions, contributions.sound(article))
    deferral = deferral_in_force(article, found.review) if found.review else None
    news = (events.since([article.pk]) if heard is None else heard).get(article.pk)
    return dated_by(article, found, deferral=deferral, news=news, terms=policy.current())


def dated_by(
    article: Article, line: lineage.Line, *, deferral: Deferral | None, news: date | None, terms: Policy
) -> Dated:
    """The same, of the line that ends at the open edition, the deferral in force, and the day of its first news."""
    known = Known(
        last_reviewed=line.review.reviewed_on if line.review else None,
        tier=article.risk_tier,
        override=article.cadence_months,
        deferred_until=deferral.until if deferral else None,
        event_since=news,
    )
    since = timezone.localdate(line.unreviewed_since) if line.unreviewed_since else None
    return Dated(review=line.review, deferral=deferral, unreviewed=since, known=known, due=derive(known, terms))


def deferral_in_force(article: Article, review: Review) -> Deferral | None:
    """The latest that nobody took back, unless a full review or another cadence came after it."""
    return deferrals_in_force({article.pk: review}).get(article.pk)


def deferrals_in_force(reviews: Mapping[int, Review]) -> dict[int, Deferral]:
    """The same for many, by number of the article, of each the review that dates its page. Two queries."""
    # By number, not by time: the article's row was locked, so numbers are in the order of the deeds.
    since = dict.fromkeys(reviews, 0)
    entries = TimelineEntry.objects.filter(article__in=reviews, what__in=[What.CADENCE_SET, What.DEFERRED])
    for article, what in entries.order_by("pk").values_list("article", "what"):
        since[article] = since[article] + 1 if what == What.DEFERRED else 0
    found = dict[int, Deferral]()
    for row in Deferral.objects.filter(article__in=[one for one in since if since[one]]).order_by("-pk"):
        review, since[row.article_id] = reviews[row.article_id], since[row.article_id] - 1
        counts = row.ended_at is None and row.at >= (review.answered_at or review.requested_at)
        if counts and since[row.article_id] >= 0:
            found.setdefault(row.article_id, row)
    return found


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
