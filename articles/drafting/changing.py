"""Changing the working text. Every path that changes words ends in `account`, which records who did it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import roles
from articles.content import Content
from articles.drafting.rows import create_section, lock, refuse_binned, set_claim, set_figure, set_story
from articles.models import Article, Edition, Published, Revision
from articles.refusals import Refused
from articles.settling import account
from articles.timeline import What, note


class StaleRevision(Refused):
    """Somebody saved other words after this text was opened."""

    def __init__(self, article: Article, base: int) -> None:
        super().__init__(
            _("Someone else saved this article (revision %(now)d) after you opened it (revision %(base)d).")
            % {"now": article.revision, "base": base}
        )


class NotThere(Refused):
    """These words are not this article's."""


class NothingToBringBack(Refused):
    """The draft has the wanted words already."""


@transaction.atomic
def revise(article: Article, content: Content, *, by: User, at: datetime, base_revision: int) -> Article:
    """Set the words to `content`, whose sections are matched by anchor. Raises StaleRevision, roles.NotAllowed."""
    roles.require(by, "change_article")
    return rewrite(article, content, by=by, at=at, base_revision=base_revision, how=Revision.How.EDIT)


@transaction.atomic
def rewrite(article: Article, content: Content, *, by: User, at: datetime, base_revision: int, how: str) -> Article:
    """As revise, for a deed that has checked its own permission. Raises StaleRevision."""
    article = lock(article)
    if article.revision != base_revision:
        raise StaleRevision(article, base_revision)
    article.title, article.summary, article.language = content.title, content.summary, content.language
    article.save()
    there = {section.anchor: section for section in article.sections.all()}
    for position, wanted in enumerate(content.sections, start=1):
        section = there.pop(wanted.anchor, None) if wanted.anchor else None
        if section is None:
            create_section(article, wanted, position, proposed=False)
        else:
            section.position, section.kind, section.form = position, wanted.kind, wanted.form
            section.heading, section.body = wanted.heading, wanted.body
            set_figure(section, wanted)
            set_claim(section, wanted)
            set_story(section, wanted)
            section.save()
    for section in there.values():
        section.delete()
    account(article, by=by, at=at, how=how)
    return article


@transaction.atomic
def bring_back(article: Article, edition: Edition, *, by: User, at: datetime, base_revision: int) -> Article:
    """Make an edition's words the draft again; they need a new review like any other change.

    A redacted part comes back empty. Raises StaleRevision, NotThere, NothingToBringBack.
    """
    roles.require(by, "change_article")
    if edition.article_id != article.pk:
        raise NotThere(_("This edition belongs to another article."))
    before = article.digest
    article = rewrite(article, edition.words(), by=by, at=at, base_revision=base_revision, how=Revision.How.REVERT)
    if article.revision == base_revision:
        raise NothingToBringBack(_("The draft has these very words already."))
    words = (before, article.digest)
    note(article, What.BROUGHT_BACK, by=by, at=at, words=words, detail=_("edition %(n)d") % {"n": edition.number})
    return article


@transaction.atomic
def settle(article: Article, *, by: User, at: datetime, how: str = Revision.How.EDIT) -> bool:
    """Account for rows that a form has just saved in this transaction. Returns whether words changed.

    Derives citations and anchors, keeps a Revision, closes a request whose words are gone, moves the address.
    Raises InBin, roles.NotAllowed.
    """
    roles.require(by, "change_article" if article.revision else "add_article")
    refuse_binned(article)
    Published.objects.follow([article.pk])  # a form says another condition, too
    return account(article, by=by, at=at, how=how)


@transaction.atomic
def confirm_headings(article: Article, *, by: User) -> int:
    """Take the proposed headings as they stand. Returns how many there were; words do not change."""
    roles.require(by, "change_article")
    return lock(article).sections.filter(heading_proposed=True).update(heading_proposed=False)
