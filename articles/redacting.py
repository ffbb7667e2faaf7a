"""What must not remain (a name, a face, a withdrawn consent): asked for by one person, done by another (design §5)."""

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles import addresses, drafting, figures, markup, notices, roles, settling
from articles.blocks import name_of
from articles.content import Content, sha256
from articles.handouts import shelf
from articles.models import (
    Alert,
    Article,
    Autosave,
    Edition,
    Erasure,
    FactValue,
    Figure,
    FindingAnswer,
    Redaction,
    Review,
    ReviewPaper,
    Revision,
    Section,
)
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

KEPT: tuple[type[models.Model], ...] = (Edition, Review, Revision, FindingAnswer)


class NotRedacted(Refused):
    """A redaction that can not be; the sentence says why."""


@dataclass(slots=True)
class Passage:
    """A text of a page, and every place where it stands to the letter. `hash` is its SHA-256.

    Or a picture, with what is said of it as `body`; `others` are the other pages on which it stands.
    """

    hash: str
    heading: str
    body: str
    is_picture: bool = False
    others: list[str] = field(default_factory=list)
    editions: list[int] = field(default_factory=list)
    reviews: int = 0
    revisions: int = 0
    answers: int = 0
    in_draft: bool = False


def passages(article: Article, phrase: str) -> list[Passage]:
    """The texts of this article, as it is and as it was, in which `phrase` stands, whatever its capitals."""
    wanted = phrase.strip().casefold()
    found = _passages(article, lambda text: bool(wanted) and wanted in markup.text(text.body).casefold())
    return [one for one in found if not one.is_picture]


def pictures(article: Article) -> list[Passage]:
    """The pictures of this article, as it is and as it was: no words find a face."""
    found = _passages(article, lambda text: text.is_picture)
    for one in found:
        one.others = [other.title for other in _articles_with({one.hash}) if other.pk != article.pk]
    return found


def beyond(article: Article, phrase: str) -> list[str]:
    """Where `phrase` also stands, and a redaction does not reach. In words, for whoever relies on its being gone."""
    wanted = phrase.strip().casefold()
    headings = ([words.title, *(section.heading for section in words.sections)] for _row, words in _states(article))
    told: dict[str, Any] = {
        _("a title or heading"): headings,
        _("a comment"): article.comments.values_list("text"),
        _("an answer to a remark"): article.finding_answers.values_list("note"),
        _("the note, reason or evidence of a review"): article.reviews.values_list("note", "reason", "evidence"),
        _("the note or reason of an edition"): article.editions.values_list(
            "change_note", "emergency_reason", "closed_reason"
        ),
        _("the name of a paper that proves a review"): ReviewPaper.objects.filter(review__article=article).values_list(
            "name"
        ),
        _("news that somebody has brought"): Alert.objects.filter(pages__article=article).values_list(
            "title", "about", "url"
        ),
        _("a fact that it prints"): FactValue.objects.filter(mentions__article=article).values_list(
            "fact__name", "value", "unit", "locator"
        ),
        _("the timeline"): article.timeline.values_list("detail"),
    }
    return [
        place for place, rows in told.items() if wanted and any(wanted in one.casefold() for row in rows for one in row)
    ]


def named(redaction: Redaction) -> list[Passage]:
    """The texts that a redaction would erase, or []: those that it has erased are nowhere to be read."""
    reached = _reached(redaction.article, redaction.hashes)
    found = _passages(redaction.article, lambda text: text.hash in reached)
    for one in found:
        elsewhere = _articles_with({one.hash}) if one.is_picture else ()
        one.others = [other.title for other in elsewhere if other.pk != redaction.article_id]
    return found


@transaction.atomic
def ask(article: Article, *, hashes: Iterable[str], reason: str, by: User, at: datetime) -> Redaction:
    """Ask that these texts be erased wherever they stand. Raises NotRedacted, ReasonNeeded."""
    roles.require(by, "ask_redaction")
    if not reason.strip():
        raise ReasonNeeded(_("Say why this must not remain: the reason is kept, the text is not."))
    article = drafting.lock(article, binned=True)
    known = {text.hash for row, words in _states(article) for text in _texts(row, words)}
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
    """Erase the texts from the draft and from everything that is kept; their hashes stay. Raises NotRedacted.

    A picture goes from every page on which it stands, with all its files.
    """
    redaction = _waiting(redaction, by=by)
    redaction.end(Redaction.Outcome.DONE, by=by, at=at)
    faces = set(Figure.objects.filter(pk__in=redaction.hashes).values_list("pk", flat=True))
    _erase_from(redaction.article, redaction, redaction.hashes, by=by, at=at)
    for other in _articles_with(faces):
        if other.pk != redaction.article_id:
            _erase_from(drafting.lock(other, binned=True), redaction, faces, by=by, at=at)
    Autosave.objects.filter(article=None).filter(_typed(faces)).delete()
    figures.erase(faces, at=at)
    return redaction


def _erase_from(article: Article, redaction: Redaction, hashes: Iterable[str], *, by: User, at: datetime) -> None:
    """Erase from one article, whose row is locked."""
    reached = _reached(article, hashes)
    for row, words in _states(article):
        if row is not None:
            _erase(row, words, redaction, reached)
    Autosave.objects.filter(article=article).delete()
    _erase_draft(article, hashes, by=by, at=at)
    note(article, What.REDACTED, by=by, at=at, detail=redaction.reason)
    addresses.post(article, at=at)
    # What is printed for readers to take away holds the words, too; it is made anew when somebody asks.
    transaction.on_commit(partial(shelf.clear, article.pk))


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


@dataclass(frozen=True, slots=True)
class _Text:
    """What can be erased of one state: a text, or a picture with what is said of it."""

    hash: str
    heading: str
    body: str
    is_picture: bool = False


def _texts(row: Any, words: Content) -> Iterator[_Text]:
    if words.summary:
        heading = _("An answer to a remark") if isinstance(row, FindingAnswer) else _("Summary")
        yield _Text(sha256(words.summary), heading, words.summary)
    for section in words.sections:
        if section.body:
            yield _Text(sha256(section.body), name_of(section), section.body)
        if section.figure and not section.figure_erased:
            said = "".join(f"<p>{html.escape(line)}</p>" for line in (section.alt, section.credit) if line)
            yield _Text(section.figure, name_of(section), said, is_picture=True)


def _passages(article: Article, is_wanted: Callable[[_Text], bool]) -> list[Passage]:
    found = dict[str, Passage]()
    for row, words in _states(article):
        for text in filter(is_wanted, _texts(row, words)):
            passage = Passage(text.hash, text.heading, text.body, text.is_picture)
            _count(found.setdefault(text.hash, passage), row)
    return list(found.values())


def _articles_with(hashes: Iterable[str]) -> list[Article]:
    """Every article in which one of these pictures stands or stood."""
    found = set(Section.objects.filter(figure__in=hashes).values_list("article", flat=True))
    for one in hashes:
        for model in KEPT:
            rows: Any = model._base_manager
            found |= set(rows.filter(content__contains=one).order_by().values_list("article", flat=True))
    return list(Article.objects.filter(pk__in=found).order_by("pk"))


def _typed(hashes: Iterable[str]) -> models.Q:
    """Texts that were typed with one of these pictures and never saved."""
    found = models.Q(pk__in=[])
    for one in hashes:
        found |= models.Q(fields__icontains=one)
    return found


def _reached(article: Article, hashes: Iterable[str]) -> frozenset[str]:
    """These hashes, and those of the sentences in answers that stand inside one of the texts."""
    wanted, bodies, sentences = frozenset(hashes), list[str](), list[str]()
    for row, words in _states(article):
        texts = list(_texts(row, words))
        bodies += [_run_on(text.body) for text in texts if text.hash in wanted]
        sentences += [text.body for text in texts] if isinstance(row, FindingAnswer) else []
    return wanted | {sha256(one) for one in sentences if any(_run_on(one) in body for body in bodies)}


def _run_on(body: str) -> str:
    return "".join(markup.text(body).split())


def _count(passage: Passage, row: Any) -> None:
    if row is None:
        passage.in_draft = True
    elif isinstance(row, Edition):
        passage.editions.append(row.number)
    elif isinstance(row, Review):
        passage.reviews += 1
    elif isinstance(row, FindingAnswer):
        passage.answers += 1
    else:
        passage.revisions += 1


def _erase(row: Any, words: Content, redaction: Redaction, hashes: Iterable[str]) -> None:
    for one in hashes:
        words = words.erase(one)
    erased = words.to_json()
    if erased == row.content:
        return
    Erasure.objects.create(redaction=redaction, table=row._meta.model_name, row=row.pk, content=erased)
    # The triggers let exactly this through, and the row's own manager nothing at all.
    models.QuerySet(type(row)).filter(pk=row.pk).update(content=erased)


def _erase_draft(article: Article, hashes: Iterable[str], *, by: User, at: datetime) -> None:
    if sha256(article.summary) in hashes:
        article.summary = ""
        article.save(update_fields=["summary"])
    for section in article.sections.all():
        if sha256(section.body) in hashes:
            section.body = ""
        if section.figure in hashes:
            section.figure = section.size = section.alt = section.credit = ""
        section.save(update_fields=["body", "figure", "size", "alt", "credit"])
    settling.account(article, by=by, at=at, how=Revision.How.REDACTION)
