"""Keeping dates honest: cadence, risk tier and deferral. Nobody types "last reviewed"."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, dates, drafting, roles
from articles.models import Article, Deferral, Published
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

MAXIMUM_MONTHS = 36  # NHS standard for creating health content: nothing goes unread for more than three years


class NotKept(Refused):
    """A date or cadence that can not be; the sentence says why."""


class NoReason(ReasonNeeded, NotKept):
    """A moved date owes everybody a reason."""


@transaction.atomic
def set_cadence(article: Article, *, tier: str, months: int | None, by: User, at: datetime) -> Article:
    """Change the tier and the article's own cadence (months; None: the tier's). Ends a deferral. Raises NotKept."""
    roles.require(by, "keep_dates")
    article = drafting.lock(article)
    if tier not in Article.Tier.values:
        raise NotKept(_("Choose a risk tier: high, standard or low."))
    if months is not None and not 1 <= months <= MAXIMUM_MONTHS:
        raise NotKept(_("A cadence is between 1 and %(max)d months.") % {"max": MAXIMUM_MONTHS})
    if (tier, months) == (article.risk_tier, article.cadence_months):
        raise NotKept(_("That is the tier and the cadence it has already."))
    before = _cadence_words(article)
    article.risk_tier, article.cadence_months = tier, months
    article.save(update_fields=["risk_tier", "cadence_months"])
    note(article, What.CADENCE_SET, by=by, at=at, detail=f"{before} → {_cadence_words(article)}")
    addresses.post(article, at=at)
    return article


@transaction.atomic
def defer(article: Article, *, until: date, reason: str, by: User, at: datetime) -> Deferral:
    """Put another day in the place of the due date, until the next full review or cadence. Raises NotKept."""
    roles.require(by, "keep_dates")
    article = drafting.lock(article)
    if not reason.strip():
        raise NoReason(_("Say why the date is moved."))
    if until <= timezone.localdate(at):
        raise NotKept(_("Choose a day that is still to come."))
    page = Published.objects.live().filter(article=article).first()
    if page is None or page.last_reviewed_on is None:
        raise NotKept(_("Only a page that is online has a due date to move."))
    if until == page.next_due:
        raise NotKept(_("The page is due on that day already."))
    _refuse_beyond(dates.add_months(page.last_reviewed_on, MAXIMUM_MONTHS), until, at)
    deferral: Deferral = Deferral.objects.create(article=article, until=until, reason=reason.strip(), by=by, at=at)
    note(article, What.DEFERRED, by=by, at=at, detail=f"{until.isoformat()}: {reason.strip()}")
    addresses.post(article, at=at)
    return deferral


def _refuse_beyond(limit: date, until: date, at: datetime) -> None:
    facts = {"max": MAXIMUM_MONTHS, "day": formats.date_format(limit)}
    if until <= limit:
        return
    if limit <= timezone.localdate(at):
        raise NotKept(_("It was last reviewed %(max)d months ago or earlier. Only a review can help it now.") % facts)
    raise NotKept(_("No page may go unread for more than %(max)d months: not beyond %(day)s.") % facts)


def _cadence_words(article: Article) -> str:
    tier, months = str(article.get_risk_tier_display()), article.cadence_months
    if not months:
        return tier
    return f"{tier}, " + ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
