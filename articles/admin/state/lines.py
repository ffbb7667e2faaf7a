"""Where an article stands, in sentences, from what readers see to what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin import scheduling
from articles.admin.desk import day
from articles.admin.state.rows import Standing
from articles.due import Terms
from articles.models import Decision, Edition, Review, Schedule
from articles.models.news import label
from articles.news import News


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about the article. `tone` is good, wait, act or plain; `said` is what a person wrote."""

    text: str
    tone: str = "plain"
    said: str = ""


def lines(found: Standing) -> Iterator[Line]:
    """The sentences, from what readers see to what comes next."""
    yield _readers_see(found)
    if found.unreviewed and found.edition:
        yield Line(_second_check(found.edition), "act", found.edition.emergency_reason)
    yield from (_news(one, found.terms) for one in found.news)
    yield from (_under_way(one) for one in found.under_way)
    if found.online and not found.same_words:
        yield _differs(found)
    for asked in found.asked:
        names = {"name": asked.reviewer, "since": day(asked.requested_at)}
        yield Line(_("In review with %(name)s since %(since)s.") % names, "wait", asked.note)
    yield from (_came_back(review) for review in found.returned)
    if found.corrections:
        names = {"name": found.corrections.reviewer}
        yield Line(_("Corrections by %(name)s wait for your acceptance.") % names, "act")
    if found.signed:
        yield _signed(found, found.signed)
    if found.schedule:
        yield from _scheduled(found, found.schedule)


def _readers_see(found: Standing) -> Line:
    edition = found.edition
    if found.article.binned_at:
        binned = {"on": day(found.article.binned_at), "by": found.article.binned_by}
        return Line(_("In the bin since %(on)s, put there by %(by)s. It can be taken out again.") % binned, "act")
    if edition is None:
        return Line(_("Draft: never published."))
    if found.online:
        names = {"number": edition.number, "since": day(edition.published_at)}
        return Line(_("Online as edition %(number)d since %(since)s.") % names, "good")
    names = {"on": day(edition.closed_at), "by": edition.closed_by}
    return Line(_("Withdrawn on %(on)s by %(by)s.") % names, "act", edition.closed_reason)


def _second_check(edition: Edition) -> str:
    names = {"by": edition.published_by}
    return _("Published by %(by)s in an emergency: a second check by a reviewer is due.") % names


def _news(one: News, terms: Terms | None) -> Line:
    facts = {"kind": label(one.kind), "title": one.title, "since": day(one.since)}
    due = one.due(terms) if terms else None
    words = _("News of %(since)s waits for a decision: “%(title)s” (%(kind)s).") % facts
    return Line(" ".join(filter(None, [words, _because(due) if due else ""])), "act")


def _because(due: date) -> str:
    facts = {"day": day(due)}
    if due < timezone.localdate():
        return _("The page is due since %(day)s because of it.") % facts
    return _("The page is due by %(day)s because of it.") % facts


def _under_way(one: News) -> Line:
    facts = {"what": Decision.Kind(one.decided).label, "title": one.title}
    return Line(_("Decided because of news (“%(title)s”), and not online yet: %(what)s.") % facts, "wait")


def _differs(found: Standing) -> Line:
    if found.same_medicine:
        return Line(_("Draft: differs from what readers see, outside the medical part."), "act")
    return Line(_("Draft: differs from what readers see."), "act")


def _came_back(review: Review) -> Line:
    names = {"name": review.reviewer, "on": day(review.answered_at)}
    if review.answer == Review.Answer.CHANGES_REQUESTED:
        return Line(_("%(name)s asked for changes on %(on)s.") % names, "act", review.reason)
    if review.answer == Review.Answer.HANDED_ON:
        words = _("%(name)s handed the request back on %(on)s. Ask somebody else.")
        return Line(words % names, "act", review.reason)
    words = _("The request to %(name)s was closed on %(on)s: the words were changed. Ask for a new review.")
    return Line(words % names, "act")


def _signed(found: Standing, review: Review) -> Line:
    names = {"name": review.signed_name, "on": day(review.reviewed_on)}
    if found.same_words or found.obstacles:
        return Line(_("Signed by %(name)s on %(on)s.") % names, "good")
    return Line(_("Signed by %(name)s on %(on)s; ready to publish.") % names, "good")


def _scheduled(found: Standing, schedule: Schedule) -> Iterator[Line]:
    if not schedule.outcome:
        yield Line(*scheduling.told(schedule, at=found.at))
    elif schedule.outcome == Schedule.Outcome.REFUSED and not found.same_words:
        on = {"on": day(schedule.outcome_at)}
        yield Line(_("Was not published as scheduled, on %(on)s.") % on, "act", schedule.outcome_reason)
