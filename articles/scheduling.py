"""Publishing at a time: promised now, checked again and done by `run_due` when the time has come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import addresses, clock, drafting, notices, publishing, roles
from articles.models import Article, Edition, Schedule
from articles.refusals import Obstacle, Refused
from articles.timeline import What, note

LONGEST = timedelta(days=366)


class WrongTime(Refused):
    """A time in the past, or too far away."""


class AlreadyScheduled(Refused):
    """One publication of an article waits at a time."""


class Ended(Refused):
    """It was published, refused or cancelled before."""


class TooEarly(Refused):
    """Its time has not come."""


@transaction.atomic
def schedule(
    article: Article, *, publish_at: datetime, change_class: str, change_note: str, by: User, at: datetime
) -> Schedule:
    """Promise exactly the words of now for that instant. Refuses what publishing would refuse, now or surely then.

    Raises WrongTime, AlreadyScheduled, ReasonNeeded, publishing.NotPublishable, addresses.AddressTaken.
    """
    roles.require(by, "publish_article")
    publishing.check_note(change_note)
    _check_time(publish_at, at)
    article = drafting.lock(article)
    waiting = Schedule.objects.waiting().filter(article=article).first()
    if waiting:
        raise AlreadyScheduled(
            _("Publication is scheduled already, for %(when)s.") % {"when": clock.said(waiting.publish_at)}
        )
    _check_publishable(article, publish_at=publish_at, by=by, at=at)
    words, change = article.content(), _change_class(article, change_class)
    row: Schedule = Schedule.objects.create(
        article=article,
        full_hash=words.full_hash,
        digest=words.digest,
        publish_at=publish_at,
        change_class=change,
        change_note=change_note.strip(),
        by=by,
        at=at,
    )
    note(article, What.SCHEDULED, by=by, at=at, words=("", words.digest), detail=clock.said(publish_at))
    return row


@transaction.atomic
def cancel(schedule: Schedule, *, by: User, at: datetime, reason: str) -> Schedule:
    """Take the promise back; who made it is told. Raises Ended."""
    roles.require(by, "publish_article")
    row = _waiting(schedule)
    row.end(Schedule.Outcome.CANCELLED, by=by, at=at, reason=reason.strip())
    note(row.article, What.UNSCHEDULED, by=by, at=at, words=(row.digest, ""), detail=reason.strip())
    if row.by_id != by.pk:
        subject = _("“%(title)s” will not be published as you scheduled") % {"title": row.article.title}
        body = " ".join([_("%(name)s cancelled it.") % {"name": by}, reason.strip()])
        notices.tell(row.by, subject, body.strip(), _form(row), kind=notices.Kind.DIGEST)
    return row


@transaction.atomic
def keep(schedule: Schedule, *, at: datetime) -> Schedule:
    """At its time: publish if nothing stands in the way now, else refuse and tell people. Raises Ended, TooEarly."""
    row = _waiting(schedule)
    if at < row.publish_at:
        raise TooEarly(_("Not before %(when)s.") % {"when": clock.said(row.publish_at)})
    try:
        with transaction.atomic():  # what a refusal leaves half done is undone
            _publish(row, at=at)
    except Refused as no:
        _refuse(row, no, at=at)
    else:
        subject = _("“%(title)s” was published as you scheduled") % {"title": row.article.title}
        notices.tell(row.by, subject, subject, _form(row), kind=notices.Kind.DIGEST)
    return Schedule.objects.get(pk=row.pk)


def keep_due(*, at: datetime) -> str:
    """Keep every promise whose time has come, the oldest first. Returns what was done.

    One that breaks does not hold up the others; the first error is raised at the end, and its promise goes on waiting.
    """
    ended, broken = [], []
    for row in Schedule.objects.due(at).order_by("publish_at", "pk"):
        try:
            ended.append(keep(row, at=at).outcome)
        except Ended:  # by another run, or cancelled a moment ago
            continue
        except Exception as error:
            broken.append(error)
    if broken:
        raise broken[0]
    counts = {name: ended.count(name) for name in (Schedule.Outcome.PUBLISHED, Schedule.Outcome.REFUSED)}
    return _("%(published)d published, %(refused)d refused") % counts


def obstacles(schedule: Schedule, *, at: datetime) -> tuple[Obstacle, ...]:
    """Why it would be refused, as far as can be known now."""
    article, then = schedule.article, max(at, schedule.publish_at)
    return tuple(_moved_on(schedule)) or publishing.obstacles(article, by=schedule.by, at=then)


def _check_time(publish_at: datetime, at: datetime) -> None:
    if publish_at <= at:
        raise WrongTime(_("That time is past. Choose one to come, or publish now."))
    if publish_at > at + LONGEST:
        raise WrongTime(_("That is more than a year away. A signature does not last so long."))


def _check_publishable(article: Article, *, publish_at: datetime, by: User, at: datetime) -> None:
    standing = publishing.obstacles(article, by=by, at=at)
    if standing:
        raise publishing.NotPublishable(_("This can not be published yet."), standing)
    then = publishing.obstacles(article, by=by, at=publish_at)
    if then:
        raise publishing.NotPublishable(_("At that time this could no longer be published."), then)
    addresses.check_free(article.slug, article)


def _change_class(article: Article, chosen: str) -> str:
    """The class that the edition will have; only of the words of a page that was online can a person choose."""
    if not article.editions.exists():
        return Edition.Change.FIRST
    if publishing.is_housekeeping(article.editions.open().first(), article.content()):
        return Edition.Change.HOUSEKEEPING
    publishing.check_class(article, chosen)
    return chosen


def _waiting(schedule: Schedule) -> Schedule:
    """The row, its article locked and fresh. Raises Ended."""
    article = drafting.lock(schedule.article, binned=True)  # publishing refuses what is in the bin
    row = Schedule.objects.select_related("by").get(pk=schedule.pk)
    if row.outcome:
        raise Ended(_("This schedule has ended: %(how)s.") % {"how": row.get_outcome_display()})
    row.article = article
    return row


def _publish(row: Schedule, *, at: datetime) -> None:
    """By whom it was scheduled, who must still be allowed to. Raises Refused."""
    gone = tuple(_moved_on(row))
    if gone:
        raise publishing.NotPublishable(_("It was not published as scheduled."), gone)
    publishing.publish(row.article, by=row.by, at=at, change_class=row.change_class, change_note=row.change_note)


def _moved_on(row: Schedule) -> Iterator[Obstacle]:
    if not roles.may(row.by, "publish_article"):
        message = _("%(name)s, who scheduled it, may no longer publish.") % {"name": row.by}
        yield Obstacle("scheduler", message, "publisher")
    if row.article.content().full_hash != row.full_hash:
        yield Obstacle("words-moved", _("The words were changed after it was scheduled."), "words")


def _refuse(row: Schedule, no: Refused, *, at: datetime) -> None:
    reason = " ".join([str(no), *(one.message for one in no.obstacles)])
    row.end(Schedule.Outcome.REFUSED, by=None, at=at, reason=reason)
    note(row.article, What.REFUSED, by=row.by, at=at, words=(row.digest, ""), detail=reason)
    subject = _("“%(title)s” was not published as scheduled") % {"title": row.article.title}
    facts = {"name": row.by, "when": clock.said(row.publish_at)}
    body = "\n\n".join([_("%(name)s had scheduled it for %(when)s.") % facts, reason])
    people = {person.pk: person for person in [*roles.people_of(roles.PUBLISHER), row.by] if person.is_active}
    for person in people.values():
        notices.tell(person, subject, body, f"/admin/articles/article/{row.article_id}/publish/")


def _form(row: Schedule) -> str:
    return f"/admin/articles/article/{row.article_id}/change/"
