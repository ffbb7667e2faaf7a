"""Somebody leaves: open work goes to others, the account is closed, and the name stays on what was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import asking, drafting, handing, notices, roles
from articles.models import Article, Review, Reviewer, Schedule, TimelineEntry
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note


class CanNotLeave(Refused):
    """This person can not be recorded as gone; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What somebody has in hand."""

    asked_of: tuple[Review, ...]
    asked_by: tuple[Review, ...]
    drafts: tuple[Article, ...]
    schedules: tuple[Schedule, ...]


def work(person: User) -> Work:
    """All that is open with this person. Four queries."""
    reviews = Review.objects.open().select_related("article", "reviewer__account", "requested_by").defer("content")
    return Work(
        asked_of=tuple(reviews.filter(reviewer__account=person).order_by("article_id", "pk")),
        asked_by=tuple(reviews.filter(requested_by=person).order_by("article_id", "pk")),
        drafts=tuple(Article.objects.filter(started_by=person, editions=None, binned_at=None).order_by("pk")),
        schedules=tuple(Schedule.objects.waiting().filter(by=person).select_related("article").order_by("article_id")),
    )


@transaction.atomic
def leave(person: User, *, by: User, at: datetime, reason: str, hand_to: Reviewer | None = None) -> list[Review]:
    """Close the account of `person` and hand on what is open: requests to `hand_to`, or back to who asked.

    A request that `hand_to` can not sign goes back. Returns those that were handed on. Raises CanNotLeave,
    ReasonNeeded.
    """
    roles.require(by, "keep_people")
    person = User.objects.select_for_update().get(pk=person.pk)
    _check(person, by, hand_to)
    if not reason.strip():
        raise ReasonNeeded(_("Say why, in a few words: it stays on record."))
    open_work = work(person)
    # All at once and in order, before anything is sealed: who locks one after the other could wait for ever.
    ids = {one.article_id for one in open_work.asked_of} | {one.article_id for one in open_work.schedules}
    list(Article.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    handed = [_hand(review, hand_to, reason.strip(), by=by, at=at) for review in open_work.asked_of]
    for schedule in open_work.schedules:
        _cancel(schedule, by=by, at=at)
    _close(person)
    name = str(person)
    TimelineEntry.objects.create(what=What.LEFT, by=by, at=at, detail=f"{name}: {reason.strip()}")
    _tell_editors(name, open_work, by=by)
    return [review for review in handed if review is not None]


def _check(person: User, by: User, hand_to: Reviewer | None) -> None:
    if person.pk == by.pk:
        raise CanNotLeave(_("Nobody records that they left themselves. Another administrator does that."))
    if not person.is_active:
        raise CanNotLeave(_("This account is closed already."))
    if person.is_superuser:
        if not by.is_superuser:
            raise CanNotLeave(_("Only a superuser can close the account of a superuser."))
        if not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk).exists():
            raise CanNotLeave(_("This is the last superuser. Make another one first."))
    if hand_to is not None and hand_to.account_id == person.pk:
        raise CanNotLeave(_("Choose somebody else to take over the requests."))


def _hand(review: Review, to: Reviewer | None, reason: str, *, by: User, at: datetime) -> Review | None:
    """The new request; None where it went back to who asked."""
    review = asking.open_again(review)
    if to is not None:
        try:
            with transaction.atomic():
                return handing.pass_on(review, to, reason, by=by, at=at, what=What.HANDED_ON)
        except Refused:
            review = asking.open_again(review)
    handing.give_back(review, reason, by=by, at=at)
    return None


def _cancel(schedule: Schedule, *, by: User, at: datetime) -> None:
    article = drafting.lock(schedule.article)
    why = _("%(name)s, who scheduled it, has left.") % {"name": schedule.by}
    schedule.end(Schedule.Outcome.CANCELLED, by=by, at=at, reason=why)
    note(article, What.UNSCHEDULED, by=by, at=at, words=(schedule.digest, ""), detail=why)
    subject = _("“%(title)s” will not be published as scheduled") % {"title": article.title}
    for publisher in _others(roles.PUBLISHER, schedule.by):
        notices.tell(publisher, subject, why, f"/admin/articles/article/{article.pk}/publish/")


def _close(person: User) -> None:
    """Without a password that works, no session of before outlives a later return."""
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    Reviewer.objects.filter(account=person).update(active=False)


def _tell_editors(name: str, open_work: Work, *, by: User) -> None:
    titles = dict.fromkeys(
        [*(one.article.title for one in open_work.asked_by), *(one.title for one in open_work.drafts)]
    )
    if not titles:
        return
    subject = _("%(name)s has left: somebody must take over") % {"name": name}
    said = _("These pages were drafted by %(name)s, or wait for a review that %(name)s asked for:") % {"name": name}
    for editor in _others(roles.EDITOR, by):
        notices.tell(editor, subject, "\n".join([said, "", *titles]))


def _others(role: str, person: User) -> Iterable[User]:
    return (one for one in roles.people_of(role) if one.pk != person.pk)
