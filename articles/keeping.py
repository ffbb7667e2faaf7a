"""Keeping dates honest: cadence, risk tier, deferral, and whose page it is. Nobody types "last reviewed"."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, dates, drafting, notices, policy, roles
from articles.due import Why
from articles.models import Article, Deferral, Published, Reviewer
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note


class NotKept(Refused):
    """A date or cadence that can not be; the sentence says why."""


class NotAssigned(NotKept):
    """A reviewer whose page it can not be."""


class NoReason(ReasonNeeded, NotKept):
    """A moved date owes everybody a reason."""


@transaction.atomic
def set_cadence(article: Article, *, tier: str, months: int | None, by: User, at: datetime) -> Article:
    """Change the tier and the article's own cadence (months; None: the tier's). Ends a deferral. Raises NotKept."""
    roles.require(by, "keep_dates")
    article = drafting.lock(article)
    check_cadence(article, tier, months, policy.current().maximum_months)
    detail = cadence_detail(article, tier, months)
    article.risk_tier, article.cadence_months = tier, months
    article.save(update_fields=["risk_tier", "cadence_months"])
    note(article, What.CADENCE_SET, by=by, at=at, detail=detail)
    addresses.post(article, at=at)
    return article


@transaction.atomic
def defer(article: Article, *, until: date, reason: str, by: User, at: datetime) -> Deferral:
    """Put another day in the place of the due date, until the next full review or cadence. Raises NotKept."""
    roles.require(by, "keep_dates")
    article = drafting.lock(article)
    page = Published.objects.live().filter(article=article).first()
    check_deferral(page, until, reason, on=timezone.localdate(at), most=policy.current().maximum_months)
    deferral: Deferral = Deferral.objects.create(article=article, until=until, reason=reason.strip(), by=by, at=at)
    note(article, What.DEFERRED, by=by, at=at, detail=deferral_detail(until, reason))
    addresses.post(article, at=at)
    return deferral


@transaction.atomic
def assign(article: Article, *, reviewer: Reviewer | None, by: User, at: datetime) -> Article:
    """Say who is asked to read the page when it is due; None: nobody in particular. Raises NotAssigned."""
    roles.require(by, "keep_dates")
    article = drafting.lock(article)
    check_assignment(article, reviewer, on=timezone.localdate(at))
    detail = assignment_detail(article, reviewer)
    article.reviewer = reviewer
    article.save(update_fields=["reviewer"])
    Published.objects.follow([article.pk])
    note(article, What.ASSIGNED, by=by, at=at, detail=detail)
    return article


def tell_assigned(reviewer: Reviewer | None, titles: Sequence[str], *, by: User) -> None:
    """One message about all pages that were given to somebody at once."""
    if reviewer is None or not titles:
        return
    facts = {"title": titles[0], "count": len(titles), "by": by}
    subject = ngettext(
        "You are the reviewer of “%(title)s” now", "You are the reviewer of %(count)d more pages now", len(titles)
    )
    said = _("%(by)s asks you to read these pages when they are due:") % facts
    body = "\n".join([said, "", *listed(titles)])
    notices.tell(reviewer.account, subject % facts, body, kind=notices.Kind.DIGEST)


def listed(titles: Sequence[str], most: int = 50) -> list[str]:
    """The first titles, and how many more there are: a mail with thousands of lines is read by nobody."""
    more = len(titles) - most
    return [*titles[:most], *([_("… and %(count)d more.") % {"count": more}] if more > 0 else [])]


# -- the rules, also for many articles at once (articles/bulk) -----------------------------------------------------


def check_cadence(article: Article, tier: str, months: int | None, most: int) -> None:
    """Raises NotKept."""
    if tier not in Article.Tier.values:
        raise NotKept(_("Choose a risk tier: high, standard or low."))
    if months is not None and not 1 <= months <= most:
        raise NotKept(_("A cadence is between 1 and %(max)d months.") % {"max": most})
    if (tier, months) == (article.risk_tier, article.cadence_months):
        raise NotKept(_("That is the tier and the cadence it has already."))


def check_deferral(page: Published | None, until: date, reason: str, *, on: date, most: int) -> None:
    """Whether the due date of this page may move there. Raises NotKept."""
    if not reason.strip():
        raise NoReason(_("Say why the date is moved."))
    if until <= on:
        raise NotKept(_("Choose a day that is still to come."))
    if page is None or page.edition_id is None or page.last_reviewed_on is None:
        raise NotKept(_("Only a page that is online has a due date to move."))
    if until == page.next_due:
        raise NotKept(_("The page is due on that day already."))
    _refuse_beyond(page.last_reviewed_on, until, on, most)
    _refuse_news(page, until)


def latest(page: Published, most: int) -> date | None:
    """The last day to which `check_deferral` lets the due date of a page be moved; None without a review."""
    if page.due_why == Why.EVENT:
        return page.next_due
    return dates.add_months(page.last_reviewed_on, most) if page.last_reviewed_on else None


def check_assignment(article: Article, reviewer: Reviewer | None, *, on: date) -> None:
    """Raises NotAssigned."""
    if (reviewer.pk if reviewer else None) == article.reviewer_id:
        raise NotAssigned(_("That is its reviewer already.") if reviewer else _("It has no reviewer already."))
    if reviewer is None:
        return
    name = {"name": reviewer}
    if not reviewer.active:
        raise NotAssigned(_("%(name)s has left.") % name)
    if not reviewer.credentials:
        raise NotAssigned(
            _("%(name)s has no credentials on record, and without them nobody signs for the medicine.") % name
        )
    if not reviewer.is_valid(on):
        raise NotAssigned(_("The credentials of %(name)s have lapsed.") % name)


def cadence_detail(article: Article, tier: str, months: int | None) -> str:
    """What the timeline says of another cadence: before and after."""
    before = _cadence_words(article.risk_tier, article.cadence_months)
    return f"{before} → {_cadence_words(tier, months)}"


def deferral_detail(until: date, reason: str) -> str:
    """What the timeline says of a deferral."""
    return f"{until.isoformat()}: {reason.strip()}"


def assignment_detail(article: Article, reviewer: Reviewer | None) -> str:
    """What the timeline says of another reviewer: before and after."""
    return f"{article.reviewer or '–'} → {reviewer or '–'}"


def _refuse_news(page: Published, until: date) -> None:
    """News is decided about, not put off: a later date would change nothing."""
    if page.due_why == Why.EVENT and page.next_due and until > page.next_due:
        raise NotKept(_("News brought this date forward. Decide what it means for the page first."))


def _refuse_beyond(last_reviewed: date, until: date, on: date, most: int) -> None:
    limit = dates.add_months(last_reviewed, most)
    facts = {"max": most, "day": formats.date_format(limit)}
    if until <= limit:
        return
    if limit <= on:
        raise NotKept(_("It was last reviewed %(max)d months ago or earlier. Only a review can help it now.") % facts)
    raise NotKept(_("No page may go unread for more than %(max)d months: not beyond %(day)s.") % facts)


def _cadence_words(tier: str, months: int | None) -> str:
    named = str(Article.Tier(tier).label)
    if not months:
        return named
    return f"{named}, " + ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
