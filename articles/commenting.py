"""Talking about one place of an article: comment, answer, resolve. Comments stay open from one round to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafting, notices, roles
from articles.blocks import name_of
from articles.models import Article, Comment, Review
from articles.refusals import ReasonNeeded, Refused
from articles.timeline import What, note

_ANY_OF = ("change_article", "attest_article", "sign_language")


class NoSuchPlace(Refused):
    """The section is not there."""


class AlreadySaid(Refused):
    """The same person has said the same, and it is still open: a form that was sent twice."""


class AlreadyResolved(Refused):
    """The comment was resolved meanwhile."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its answers, oldest first."""

    comment: Comment
    answers: tuple[Comment, ...]


def may_comment(by: User) -> bool:
    """Writers, editors and reviewers may."""
    return any(roles.may(by, permission) for permission in _ANY_OF)


@transaction.atomic
def comment(
    article: Article, *, text: str, by: User, at: datetime, anchor: str = "", review: Review | None = None
) -> Comment:
    """Say something about a section ("" is the page as a whole), of today's words or of those under review.

    Raises NotAllowed, ReasonNeeded (no text), NoSuchPlace, AlreadySaid.
    """
    text = _said(text, by)
    article = drafting.lock(article)
    heading = _heading(article, review, anchor)
    made = _make(article, text, by=by, at=at, anchor=anchor, heading=heading, review=review)
    note(article, What.COMMENTED, by=by, at=at, detail=heading)
    _tell(review.requested_by if review else None, made, by)
    return made


@transaction.atomic
def answer(said: Comment, *, text: str, by: User, at: datetime) -> Comment:
    """Answer an open comment. Raises NotAllowed, ReasonNeeded, AlreadySaid, AlreadyResolved."""
    text = _said(text, by)
    said = _open(said)
    made = _make(said.article, text, by=by, at=at, answers=said, **_place(said))
    note(said.article, What.COMMENTED, by=by, at=at, detail=said.heading)
    _tell(said.by, made, by)
    return made


@transaction.atomic
def resolve(said: Comment, *, by: User, at: datetime) -> Comment:
    """Close a comment with its answers. Raises NotAllowed, AlreadyResolved."""
    _require(by)
    said = _open(said)
    said.resolve(by=by, at=at)
    note(said.article, What.RESOLVED, by=by, at=at, detail=said.heading)
    return said


@transaction.atomic
def object_to(review: Review, *, text: str, by: User, at: datetime) -> Comment:
    """Say why a reviewer's corrections are not accepted. It closes nothing: the reviewer reads it and answers.

    Raises as comment.
    """
    roles.require(by, "accept_corrections")
    made = comment(review.article, text=text, by=by, at=at, review=review)
    subject = _("Your corrections to “%(title)s” were not accepted") % {"title": review.article.title}
    notices.tell(review.reviewer.account, subject, made.text, _address(review.article))
    return made


def threads(article: Article) -> list[Thread]:
    """Every comment of an article with its answers, in the order in which they were made. One query."""
    rows = list(article.comments.select_related("by", "resolved_by"))
    return [Thread(row, tuple(one for one in rows if one.answers_id == row.pk)) for row in rows if not row.answers_id]


def with_comments(review: Review, reason: str) -> str:
    """The reason for changes, and after it what its reviewer noted while reading these words."""
    open_ones = review.comments.open().filter(answers=None, by=review.reviewer.account)
    return "\n\n".join([reason, *_lines(open_ones)])


def _tell(person: User | None, made: Comment, by: User) -> None:
    """A line in the daily digest: whoever must act at once is told when changes are requested."""
    if person and person.pk != by.pk:
        subject = _("%(name)s commented on “%(title)s”") % {"name": by, "title": made.article.title}
        notices.tell(person, subject, made.text, _address(made.article), kind=notices.Kind.DIGEST)


def _address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/comments/"


def _lines(comments: object) -> Iterator[str]:
    for one in comments:  # type: ignore[attr-defined]
        yield f"{one.heading or _('The whole page')}: {one.text}"


def _said(text: str, by: User) -> str:
    _require(by)
    if not text.strip():
        raise ReasonNeeded(_("Write the comment first."))
    return text.strip()


def _require(by: User) -> None:
    if not by.is_active or not may_comment(by):
        raise roles.NotAllowed(_("Your role does not allow this."))


def _open(said: Comment) -> Comment:
    """The comment that opened the thread, fresh, with its article locked."""
    article = drafting.lock(said.article)
    fresh: Comment = Comment.objects.get(pk=said.answers_id or said.pk)
    fresh.article = article
    if fresh.resolved_at:
        raise AlreadyResolved(_("This comment is resolved. Write a new one if there is more to say."))
    return fresh


def _heading(article: Article, review: Review | None, anchor: str) -> str:
    if review and review.article_id != article.pk:
        raise NoSuchPlace(_("This review is about another article."))
    if not anchor:
        return ""
    sections = review.words().sections if review else article.content().sections
    found = [name_of(section) for section in sections if section.anchor == anchor]
    if not found:
        raise NoSuchPlace(_("The section is not there. Choose one that is."))
    return found[0]


def _place(said: Comment) -> dict[str, object]:
    return {"anchor": said.anchor, "heading": said.heading, "review": said.review}


def _make(article: Article, text: str, **more: object) -> Comment:
    same = {name: more.get(name) for name in ("by", "anchor", "answers")}
    if Comment.objects.open().filter(article=article, text=text, **same).exists():
        raise AlreadySaid(_("You have said this already, and it is still open."))
    made: Comment = Comment.objects.create(article=article, text=text, **more)
    return made
