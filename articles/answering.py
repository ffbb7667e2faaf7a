"""Findings that a person has answered for: why a sentence needs no source. It holds while that stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checking, drafting, roles, telling
from articles.checking import Beside, Finding, OnRecord, Stand
from articles.content import CitedSource, Content
from articles.models import Article, FactValue, FindingAnswer, cited_source
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note
from references.health import State
from references.models import Retraction, Source

Reason = FindingAnswer.Reason
LONGEST = 1_000  # characters of a note


class MustBeMended(Refused):
    """This finding guards a promise; no answer takes the place of mending."""


class AnswerStands(Refused):
    """Somebody has answered this finding already."""


class AnswerGone(Refused):
    """The answer was taken back meanwhile."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding and the answer that holds for it."""

    finding: Finding
    answer: FindingAnswer


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the automatic checks say of some words: what waits, and what somebody has answered for."""

    open: tuple[Finding, ...]
    answered: tuple[Answered, ...]


def remarks(article: Article | None, words: Content, *, at: datetime) -> Remarks:
    """Check the words as the settings say. Three queries; one for an article that was never saved."""
    found = checking.check(words, _beside(article, words, at), settings.FINDING_SEVERITY)
    held = _held(found, _standing(article) if article else ())
    return Remarks(
        open=tuple(one for one in found if one.key not in held),
        answered=tuple(Answered(one, held[one.key]) for one in found if one.key in held),
    )


def blocking(article: Article, words: Content, *, at: datetime) -> tuple[Finding, ...]:
    """What stops these words from being read and published. Three queries."""
    return blocking_among(words, _beside(article, words, at), _standing(article))


def blocking_among(words: Content, beside: Beside, standing: Iterable[FindingAnswer]) -> tuple[Finding, ...]:
    """The same, of what stands beside the words, and the answers that nobody took back."""
    found = checking.blocking(words, beside, settings.FINDING_SEVERITY)
    held = _held(found, standing) if found else ()
    return tuple(one for one in found if one.key not in held)


def _held(found: Iterable[Finding], standing: Iterable[FindingAnswer]) -> dict[str, FindingAnswer]:
    """The answers that hold for these findings, by key."""
    answers = {one.about: one for one in standing}
    return {one.key: answers[one.key] for one in found if one.key in answers and may_be_answered(one)}


def may_be_answered(finding: Finding) -> bool:
    """Whether a reason can take the place of mending: not where the rule guards a promise."""
    return finding.rule not in _GUARDS


@transaction.atomic
def answer(article: Article, finding: Finding, *, reason: str, by: User, at: datetime, why: str = "") -> FindingAnswer:
    """Say why a finding needs no mending; Reason.OTHER says it in its own words.

    Raises NotAllowed, MustBeMended, ReasonNeeded, AnswerStands, InBin.
    """
    roles.require(by, "change_article")
    if not may_be_answered(finding):
        raise MustBeMended(_("This guards a promise to readers. It must be mended and can not be answered."))
    why = why.strip()
    if reason not in Reason or (reason == Reason.OTHER and not why):
        raise ReasonNeeded(_("Say why this needs no mending: choose a reason, or write one."))
    if len(why) > LONGEST:
        raise ReasonNeeded(_("Say it in at most %(count)d characters.") % {"count": LONGEST})
    article = drafting.lock(article)
    if article.finding_answers.standing().filter(about=finding.key).exists():
        raise AnswerStands(_("Somebody has answered this already."))
    made = FindingAnswer(article=article, rule=finding.rule, about=finding.key, anchor=finding.where)
    made.content, made.digest = made.keep(finding.quote or finding.message), article.digest
    made.reason, made.note, made.by, made.at = reason, why, by, at
    made.save()
    note(article, What.ANSWERED, by=by, at=at, words=(article.digest, article.digest), detail=made.said)
    return made


@transaction.atomic
def withdraw(answer: FindingAnswer, *, by: User, at: datetime) -> FindingAnswer:
    """Take an answer back: the finding speaks again. Raises NotAllowed, AnswerGone, InBin."""
    roles.require(by, "change_article")
    article = drafting.lock(answer.article)
    fresh = article.finding_answers.standing().filter(pk=answer.pk).first()
    if fresh is None:
        raise AnswerGone(_("This answer was taken back already."))
    fresh.withdraw(by=by, at=at)
    note(article, What.UNANSWERED, by=by, at=at, words=(article.digest, article.digest), detail=fresh.said)
    return fresh


_GUARDS = frozenset(map(checking.name_of, checking.GUARDS))


def _beside(article: Article | None, words: Content, at: datetime) -> Beside:
    uncited = [cited_source(source) for source in article.uncited.order_by("title", "pk")] if article else []
    library = Source.objects.select_related("superseded_by", "merged_into__superseded_by")
    cited = library.by_key(source.key for source in words.sources)
    return beside(words, cited, uncited, on=timezone.localdate(at))


def beside(words: Content, cited: Mapping[str, Source], uncited: Iterable[CitedSource], *, on: date) -> Beside:
    """What stands beside these words: the records that are `cited`, by key, and those kept without a mark.

    No query where the words hold no story and no fact.
    """
    return Beside(
        on=on,
        uncited=tuple(uncited),
        years=settings.SOURCE_YEARS,
        standings={key: _stand(source) for key, source in cited.items()},
        stories=telling.of(words, today=on),
        facts=_facts(words),
    )


def _facts(words: Content) -> dict[str, OnRecord]:
    """What is on record of the facts in these words. Two queries, none without facts."""
    values = FactValue.objects.by_ref(fact.ref for fact in words.facts())
    older = {value.fact_id for value in values.values() if value.number != value.fact.latest}
    newest = {value.fact_id: value for value in FactValue.objects.newest().filter(fact__in=older)} if older else {}
    return {
        ref: OnRecord(
            words=value.printed,
            expires=value.expires,
            newer=newest[value.fact_id].printed
            if value.fact_id in newest and value.number != value.fact.latest
            else "",
        )
        for ref, value in values.items()
    }


def _stand(source: Source) -> Stand:
    return Stand(
        retracted=source.health == State.RETRACTED,
        doubted=source.notice == Retraction.Nature.CONCERN,
        gone=source.health in (State.DEAD, State.RETIRED),
        copied=bool(source.archived),
        newer=str(source.superseded_by or ""),
    )


def _standing(article: Article) -> list[FindingAnswer]:
    return list(article.finding_answers.standing().select_related("by"))
