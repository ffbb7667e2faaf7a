"""The newest value of a fact put into drafts, each of which then goes to its reviewer with one line that says it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import asking, drafting, facts, markup, redline, reviewing, roles
from articles.content import Content
from articles.models import Article, Autosave, Fact, FactMention, Presence, Review, Reviewer, Revision, Schedule
from articles.refusals import Refused
from articles.timeline import What, note
from articles.unsaved import PRESENT


class InHands(Refused):
    """Somebody reads or writes this draft, and whoever renews it was not shown that."""


class NothingToRenew(Refused):
    """The draft prints no older value."""


class ChangedByHand(Refused):
    """Somebody changed the words that stand for the fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What became of one draft. `said` is why nobody was asked, "" where somebody was or nobody need be."""

    article: Article
    line: str
    asked: tuple[Review, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of many: the draft as it was renewed, or why it was not."""

    article: Article
    renewed: Renewed | None = None
    refused: str = ""


def in_hands(article: Article, *, at: datetime) -> tuple[str, ...]:
    """What whoever renews this draft must know of it first, in sentences. Five queries."""
    return (*_read_by(article), *_typed_by(article, at), *_more_than_this(article))


def mark(sentence: str) -> str:
    """What a form sends back to say that this sentence was on the screen."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def whom(article: Article, *, by: User, at: datetime) -> tuple[Reviewer | None, str]:
    """Who is asked about a page when one of its facts has changed: who is assigned, else who signed last. Or nobody,
    and why."""
    signed = article.reviews.attested().filter(kind=asking.CLINICAL).order_by("-answered_at", "-pk").first()
    found: list[Reviewer | None] = [article.reviewer, signed.reviewer if signed else None]
    why = _("Nobody is assigned to this page, and nobody has signed it.")
    for person in found:
        if person is None:
            continue
        why = asking.why_not(person, asking.CLINICAL, timezone.localdate(at))
        if person.account_id == by.pk:
            why = _("You would be asked to sign your own change.")
        if not why:
            return person, ""
    return None, why


@transaction.atomic
def renew(article: Article, fact: Fact, *, seen: Collection[str], by: User, at: datetime) -> Renewed:
    """Put the newest value into the draft and ask for a review of it. `seen` are the marks of what was shown of it.

    A page that is not online and was not under review waits for its first review as before. Raises InHands,
    NothingToRenew, ChangedByHand, NotAllowed, InBin.
    """
    roles.require(by, "change_article")
    roles.require(by, "request_review")
    article, fact = drafting.lock(article), Fact.objects.get(pk=fact.pk)  # what counts now, not on the screen
    if unseen := [one for one in in_hands(article, at=at) if mark(one) not in seen]:
        raise InHands(" ".join(unseen))
    was_asked = [(one.reviewer, one.kind) for one in Review.objects.open().filter(article=article)]
    before, (words, values) = article.content(), _with_newest(article, fact)
    article = drafting.rewrite(article, words, by=by, at=at, base_revision=article.revision, how=Revision.How.EDIT)
    after = article.content()
    detail = f"{fact.name}: {' · '.join(value.words for value in values)}"
    note(article, What.FACT_UPDATED, by=by, at=at, words=(before.digest, after.digest), detail=detail)
    edition = article.editions.open().first()
    line = redline.between(edition.words() if edition else before, after)
    asked, said = _ask(article, was_asked, line, is_online=edition is not None, by=by, at=at)
    return Renewed(article=article, line=line, asked=asked, said=said)


def renew_each(
    articles: Iterable[Article], fact: Fact, *, seen: Mapping[int, Collection[str]], by: User, at: datetime
) -> list[Outcome]:
    """The same for many, each by itself: what one refuses does not keep the others. Raises NotAllowed."""
    roles.require(by, "change_article")
    roles.require(by, "request_review")
    found = []
    for article in articles:
        try:
            found.append(Outcome(article, renew(article, fact, seen=seen.get(article.pk, ()), by=by, at=at)))
        except Refused as no:
            found.append(Outcome(article, refused=str(no)))
    return found


def _read_by(article: Article) -> Iterable[str]:
    for review in Review.objects.open().filter(article=article).select_related("reviewer"):
        yield _("%(name)s is asked to review this draft: that request is closed and made again.") % {
            "name": review.reviewer
        }
    for row in Schedule.objects.waiting().filter(article=article):
        day = {"on": date_format(timezone.localtime(row.publish_at), "N j, Y")}
        yield _("It is scheduled to go online on %(on)s as it is, and then will not.") % day


def _typed_by(article: Article, at: datetime) -> Iterable[str]:
    kept = Autosave.objects.filter(article=article).select_related("person").order_by("pk")
    for person, since in {row.person: row.at for row in kept}.items():
        day = date_format(timezone.localtime(since), "N j, Y")
        yield _("%(name)s has unsaved text of %(on)s in it.") % {"name": person, "on": day}
    there = Presence.objects.filter(article=article, seen_at__gte=at - PRESENT).select_related("person").order_by("pk")
    for row in there:
        yield _("%(name)s has it open now.") % {"name": row.person}


def _more_than_this(article: Article) -> Iterable[str]:
    edition = article.editions.open().first()
    if edition and edition.digest != article.digest:
        yield _("It differs from the page online in other words too, and its reviewer reads them all.")


def _with_newest(article: Article, fact: Fact) -> tuple[Content, tuple[markup.Value, ...]]:
    """The draft's words with the newest value, and the values that went and came. Raises NothingToRenew."""
    rows = FactMention.objects.filter(article=article, edition=None, value__fact=fact)
    printed = [row.value for row in rows.select_related("value__fact", "value__source__merged_into")]
    old = {value.ref: facts.value_of(value) for value in printed if value.number != fact.latest}
    if not old:
        raise NothingToRenew(_("This draft prints the newest value, or the fact no longer."))
    newest = fact.values.select_related("fact", "source__merged_into").get(number=fact.latest)
    new, words = facts.value_of(newest), article.content()
    if any(one.ref in old and one.words != old[one.ref].words for one in words.facts()):
        raise ChangedByHand(_("Somebody changed the words of this fact in the text. Insert it again there."))
    sections = tuple(replace(one, body=markup.renewed(one.body, old, new)) for one in words.sections)
    renewed = replace(words, summary=markup.renewed(words.summary, old, new), sections=sections)
    return renewed, (*old.values(), new)


def _ask(
    article: Article, was_asked: list[tuple[Reviewer, str]], line: str, *, is_online: bool, by: User, at: datetime
) -> tuple[tuple[Review, ...], str]:
    """Ask those again who were reading it, and for a page online its reviewer. Returns why somebody was not asked."""
    wanted, said = list(was_asked), ""
    if is_online and not any(kind == asking.CLINICAL for _reviewer, kind in wanted):
        reviewer, said = whom(article, by=by, at=at)
        wanted += [(reviewer, asking.CLINICAL)] if reviewer else []
    made, why = [], [_("Nobody to ask: %(why)s") % {"why": said}] if said else []
    for reviewer, kind in wanted:
        try:
            made.append(reviewing.request(article, reviewer=reviewer, kind=kind, note=line, by=by, at=at))
        except Refused as no:
            why.append(" ".join([str(no), *(one.message for one in no.obstacles)]))
    return tuple(made), " ".join(why)
