"""Pages that the review policy takes down: only after a warning, and by somebody who may take a page down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import drafting, due, ladder, outbox, publishing, roles
from articles.models import Article, Message, Published, Reminder, ReviewPolicy
from articles.refusals import Refused
from articles.whom import Directory, Recipient


class NotTakenDown(Exception):
    """Pages stand that the policy takes down; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A page whose day has come, and of which people were warned in time."""

    article: int
    due: date
    after: int
    assigned: int | None
    signed: int | None


def come(*, on: date) -> list[Gone]:
    """Pages to be taken down on that day. Three queries, two where no tier has such a rule."""
    return _come(ReviewPolicy.objects.in_force(), on)


def withdraw_due(*, at: datetime) -> str:
    """Take down what the policy says, each page by itself. Returns what was done. Raises NotTakenDown, when the others
    were."""
    row, on = ReviewPolicy.objects.select_related("lead", "by").in_force(), timezone.localdate(at)
    pages = _come(row, on)
    done, why = 0, ""
    if row and pages:
        directory, by = Directory(on, row), _by_whom(row)
        for page in pages:
            try:
                done += _withdraw(page, directory, by=by, at=at)
            except Refused as no:
                why = str(no)
    if why:
        raise NotTakenDown(
            _("%(count)d pages could not be taken down: %(why)s") % {"count": len(pages) - done, "why": why}
        )
    return ngettext("%(count)d page taken down", "%(count)d pages taken down", done) % {"count": done}


def _come(row: ReviewPolicy | None, on: date, pages: Any = None) -> list[Gone]:
    tiers = row.value().tiers if row else {}
    terms = {tier: one for tier, one in tiers.items() if one.withdraw_after is not None}
    if not terms:
        return []
    late = Q(pk=None)
    for tier, one in terms.items():
        late |= Q(risk_tier=tier, next_due__lt=due.days_before(on, one.withdraw_after or 0))
    columns = ("article", "next_due", "risk_tier", "article__reviewer", "review__reviewer")
    pages = Published.objects.live() if pages is None else pages
    rows = list(pages.filter(late).order_by("article").values_list(*columns))
    warned = _warned([pk for pk, *_rest in rows], on)
    return [
        Gone(article, day, terms[tier].withdraw_after or 0, assigned, signed)
        for article, day, tier, assigned, signed in rows
        if any(told == day and _warns(rung, day, terms[tier]) for told, rung in warned.get(article, ()))
    ]


def _warns(rung: str, day: date, terms: due.Terms) -> bool:
    goes = due.withdrawn_on(day, terms)
    return goes is not None and ladder.is_warning(rung, goes)


def _warned(articles: list[int], on: date) -> dict[int, list[tuple[date, str]]]:
    """Warnings of these pages that went out long enough ago: for which due date, and on which rung."""
    if not articles:
        return {}
    found: dict[int, list[tuple[date, str]]] = {}
    # Not when it was written: what never left here has warned nobody.
    rows = Reminder.objects.filter(article__in=articles, rung__startswith="down-", message__sent_at__isnull=False)
    for article, day, rung, at in rows.order_by().values_list("article", "due", "rung", "message__sent_at"):
        if timezone.localdate(at) <= on - timedelta(days=ladder.NOTICE):
            found.setdefault(article, []).append((day, rung))
    return found


def _by_whom(row: ReviewPolicy) -> User:
    """Who set the policy, if they still may; else its lead; else a publisher. Raises NotAllowed."""
    people = [row.by, *filter(None, [row.lead]), *roles.people_of(roles.PUBLISHER)]
    for person in people:
        if roles.may(person, "withdraw_article"):
            return person
    raise roles.NotAllowed(_("There is nobody left who may take a page down."))


@transaction.atomic
def _withdraw(page: Gone, directory: Directory, *, by: User, at: datetime) -> bool:
    """Whether it was: not if its date, its tier or the policy has changed a moment ago."""
    article = drafting.lock(Article.objects.get(pk=page.article))
    row = ReviewPolicy.objects.in_force()  # while the article is locked, nobody sets another
    if row is None or page not in _come(row, timezone.localdate(at), Published.objects.live().filter(article=article)):
        return False
    reason = _reason(page, row)
    publishing.withdraw(article, by=by, at=at, reason=reason)
    Message.objects.bulk_create(_message(to, article, reason, at) for to in _concerned(page, directory))
    return True


def _reason(page: Gone, row: ReviewPolicy) -> str:
    """For readers, who see it at the page's address."""
    long = "F j, Y"  # as every date on a public page
    day = date_format(timezone.localtime(row.at), long)
    facts = {"due": date_format(page.due, long), "days": page.after, "set": day}
    return (
        _(
            "A medical review of this page was due on %(due)s, and it has not been reviewed since. Our rules take such"
            " a page down after %(days)d days (review policy of %(set)s)."
        )
        % facts
    )


def _concerned(page: Gone, directory: Directory) -> Iterator[Recipient]:
    told = (*directory.owner(page.assigned, page.signed).to, *directory.lead(), *directory.publishers())
    yield from dict.fromkeys(told)


def _message(to: Recipient, article: Article, reason: str, at: datetime) -> Message:
    subject = _("“%(title)s” was taken down by the review policy") % {"title": article.title}
    return Message(
        person_id=to.person or None,
        mailbox=to.mailbox,
        kind=Message.Kind.DIGEST,
        subject=" ".join(subject.split())[:300],
        body=reason,
        path=f"/admin/articles/article/{article.pk}/change/",
        made_at=at,
        next_at=outbox.this_morning(at),
    )
