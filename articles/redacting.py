"""What must not remain (a name, a withdrawn consent): asked for by one person, done by another (design §5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles import addresses, drafting, markup, notices, roles, settling
from articles.content import Content, sha256
from articles.models import Article, Autosave, Edition, Erasure, Redaction, Review, Revision
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

KEPT: tuple[type[models.Model], ...] = (Edition, Review, Revision)


class NotRedacted(Refused):
    """A redaction that can not be; the sentence says why."""


@dataclass(slots=True)
class Passage:
    """A text of a page, and every place where it stands to the letter. `hash` is its SHA-256."""

    hash: str
    heading: str
    body: str
    editions: list[int] = field(default_factory=list)
    reviews: int = 0
    revisions: int = 0
    in_draft: bool = False


def passages(article: Article, phrase: str) -> list[Passage]:
    """The texts of this article, as it is and as it was, in which `phrase` stands, whatever its capitals."""
    wanted, found = phrase.strip().casefold(), dict[str, Passage]()
    for row, words in _states(article):
        for heading, body in _texts(words):
            if wanted and wanted in markup.text(body).casefold():
                passage = found.setdefault(sha256(body), Passage(sha256(body), heading, body))
                _count(passage, row)
    return list(found.values())


def beyond(article: Article, phrase: str) -> list[str]:
    """Where `phrase` also stands, and a redaction does not reach. In words, for whoever relies on its being gone."""
    wanted = phrase.strip().casefold()
    headings = ([words.title, *(section.heading for section in words.sections)] for _row, words in _states(article))
    told: dict[str, Any] = {
        _("a title or heading"): headings,
        _("a comment"): article.comments.values_list("text"),
        _("the note, reason or evidence of a review"): article.reviews.values_list("note", "reason", "evidence"),
        _("the note or reason of an edition"): article.editions.values_list(
            "change_note", "emergency_reason", "closed_reason"
        ),
        _("the timeline"): article.timeline.values_list("detail"),
    }
    return [
        place for place, rows in told.items() if wanted and any(wanted in one.casefold() for row in rows for one in row)
    ]


def named(redaction: Redaction) -> list[Passage]:
    """The texts that a redaction would erase, or []: those that it has erased are nowhere to be read."""
    found = dict[str, Passage]()
    for row, words in _states(redaction.article):
        for heading, body in _texts(words):
            if sha256(body) in redaction.hashes:
                _count(found.setdefault(sha256(body), Passage(sha256(body), heading, body)), row)
    return list(found.values())


@transaction.atomic
def ask(article: Article, *, hashes: Iterable[str], reason: str, by: User, at: datetime) -> Redaction:
    """Ask that these texts be erased wherever they stand. Raises NotRedacted, ReasonNeeded."""
    roles.require(by, "ask_redaction")
    if not reason.strip():
        raise ReasonNeeded(_("Say why this must not remain: the reason is kept, the text is not."))
    article = drafting.lock(article, binned=True)
    known = {sha256(body) for _row, words in _states(article) for _heading, body in _texts(words)}
    wanted = sorted(set(hashes))
    if not wanted or not set(wanted) <= known:
        raise NotRedacted(_("Choose at least one text. Texts that were changed meanwhile must be chosen again."))
    redaction: Redaction = Redaction.objects.create(
        article=article, hashes=wanted, reason=reason.strip(), asked_by=by, asked_at=at
    )
    note(article, What.REDACTION_ASKED, by=by, at=at, detail=reason.strip())
    for administrator in roles.people_of(roles.ADMINISTRATOR):
        subject = _("Please confirm a redaction in “%(title)s”") % {"title": article.title}
        path = f"/admin/articles/redaction/{redaction.pk}/confirm/"
        notices.tell(administrator, subject, _("%(by)s asks for it.") % {"by": by}, path)
    return redaction


@transaction.atomic
def confirm(redaction: Redaction, *, by: User, at: datetime) -> Redaction:
    """Erase the texts from editions, reviews, revisions and the draft; their hashes stay. Raises NotRedacted."""
    redaction = _waiting(redaction, by=by)
    redaction.end(Redaction.Outcome.DONE, by=by, at=at)
    article = redaction.article
    for row, words in _states(article):
        if row is not None:
            _erase(row, words, redaction)
    Autosave.objects.filter(article=article).delete()
    _erase_draft(article, redaction, by=by, at=at)
    note(article, What.REDACTED, by=by, at=at, detail=redaction.reason)
    addresses.post(article, at=at)
    return redaction


@transaction.atomic
def decline(redaction: Redaction, *, by: User, at: datetime, reason: str) -> Redaction:
    """Leave everything as it is, and say why. Raises NotRedacted, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded(_("Say why the text may stay."))
    redaction = _waiting(redaction, by=by)
    redaction.end(Redaction.Outcome.DECLINED, by=by, at=at, reason=reason.strip())
    subject = _("The redaction in “%(title)s” was declined") % {"title": redaction.article.title}
    notices.tell(redaction.asked_by, subject, reason.strip(), kind=notices.Kind.DIGEST)
    return redaction


def _waiting(redaction: Redaction, *, by: User) -> Redaction:
    roles.require(by, "confirm_redaction")
    article = drafting.lock(redaction.article, binned=True)
    fresh: Redaction = Redaction.objects.select_related("asked_by").get(pk=redaction.pk)
    fresh.article = article
    if fresh.outcome:
        raise NotRedacted(_("This was answered already (%(how)s).") % {"how": fresh.get_outcome_display()})
    if fresh.asked_by_id == by.pk:
        raise NotRedacted(_("You asked for this. Somebody else must confirm it."))
    return fresh


def _states(article: Article) -> Iterator[tuple[Any, Content]]:
    """Every stored state of the words, with its row; None for the draft as it is now."""
    for model in KEPT:
        rows: Any = model._base_manager
        for row in rows.filter(article=article).exclude(content="").order_by("pk"):
            yield row, row.words()
    yield None, article.content()


def _texts(words: Content) -> Iterator[tuple[str, str]]:
    if words.summary:
        yield _("Summary"), words.summary
    yield from ((section.heading, section.body) for section in words.sections if section.body)


def _count(passage: Passage, row: Any) -> None:
    if row is None:
        passage.in_draft = True
    elif isinstance(row, Edition):
        passage.editions.append(row.number)
    elif isinstance(row, Review):
        passage.reviews += 1
    else:
        passage.revisions += 1


def _erase(row: Any, words: Content, redaction: Redaction) -> None:
    for one in redaction.hashes:
        words = words.erase(one)
    erased = words.to_json()
    if erased == row.content:
        return
    Erasure.objects.create(redaction=redaction, table=row._meta.model_name, row=row.pk, content=erased)
    # The triggers let exactly this through, and the row's own manager nothing at all.
    models.QuerySet(type(row)).filter(pk=row.pk).update(content=erased)


def _erase_draft(article: Article, redaction: Redaction, *, by: User, at: datetime) -> None:
    if sha256(article.summary) in redaction.hashes:
        article.summary = ""
        article.save(update_fields=["summary"])
    for section in article.sections.all():
        if sha256(section.body) in redaction.hashes:
            section.body = ""
            section.save(update_fields=["body"])
    settling.account(article, by=by, at=at, how=Revision.How.REDACTION)
