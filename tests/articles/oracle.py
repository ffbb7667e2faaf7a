"""What the dates of a page must be, told from the rows that prove them and from nothing that the house derives.

Written a second time on purpose, as a person would work it out on paper: no `addresses`, no `due`, no `events`.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from articles.models import AlertPage, Article, Decision, Edition, FactMention, PolicyTerm, Reliance, Review
from references.models import SourceChange


@dataclass(frozen=True)
class Dates:
    """Of a page online."""

    last_reviewed: date | None
    due: date | None


def of(article: Article, edition: Edition) -> Dates:
    """What the page must say today."""
    read = _read(article, edition.digest)
    last = max(read, key=lambda review: (review.reviewed_on, review.pk), default=None)
    term = PolicyTerm.objects.select_related("policy").filter(tier=article.risk_tier).order_by("-policy_id").first()
    due = _planned(article, last, term) if last else None
    news = [day + timedelta(days=term.event_days) for day in _news(article, edition)]
    return Dates(last.reviewed_on if last else None, min([*news, *([due] if due else [])], default=None))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last day that this month has."""
    year, month = day.year, day.month
    for _month in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _read(article: Article, digest: str, until: date = date.max) -> list[Review]:
    """Whole readings of these words, or of words from which signed changes lead to these."""
    signed = Review.objects.filter(article=article, kind="clinical", answer="attested", digest=digest)
    found = []
    for review in signed.filter(reviewed_on__lte=until):
        if review.scope == "full":
            found.append(review)
        else:
            found += _read(article, review.base_digest, review.reviewed_on)
    return found


def _planned(article: Article, last: Review, term: PolicyTerm) -> date:
    longest = months_later(last.reviewed_on, term.policy.maximum_months)
    again = article.timeline.filter(what="cadence_set").order_by("-at").first()
    put_off = [row for row in article.deferrals.order_by("at") if row.ended_at is None and row.at >= last.answered_at]
    put_off = [row for row in put_off if again is None or row.at > again.at]
    if put_off:
        return min(put_off[-1].until, longest)
    return min(months_later(last.reviewed_on, article.cadence_months or term.months), longest)


def _news(article: Article, edition: Edition) -> list[date]:
    """Days since when something asks something of the page, or will."""
    found = [timezone.localdate(row.at) for row in _sources(article, edition)]
    for row in AlertPage.objects.filter(article=article).select_related("alert"):
        if not _let_pass(article, alert=row.alert_id):
            found.append(timezone.localdate(row.alert.at))
    for mention in FactMention.objects.filter(article=article, edition=edition).select_related("value__fact"):
        if not _let_pass(article, fact_value=mention.value_id):
            found.append(mention.value.expires + timedelta(days=1))
    return found


def _sources(article: Article, edition: Edition) -> list[SourceChange]:
    """Sources that another has replaced since a reviewer saw them on our screen."""
    seen = Review.objects.filter(article=article, digest=edition.digest, answer="attested", kind="clinical")
    last = seen.filter(origin__in=["request", "correction"]).order_by("-answered_at").first()
    leaned_on = Reliance.objects.filter(article=article, edition=edition).values("source")
    changes = SourceChange.objects.filter(source__in=leaned_on, kind="superseded", source__superseded_by__isnull=False)
    if last:
        changes = changes.filter(at__gt=last.answered_at)
    return [change for change in changes if not _let_pass(article, change=change.pk)]


def _let_pass(article: Article, **about: int) -> bool:
    decision = Decision.objects.filter(article=article, **about).order_by("-pk").first()
    return decision is not None and decision.kind == "no impact"
