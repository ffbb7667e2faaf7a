"""Making and changing the working text. Every path that changes words ends in `settle`, which records who did it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles import roles
from articles.content import CitedSource, Content, SectionContent
from articles.models import (
    RESERVED_SLUGS,
    Article,
    Condition,
    ConditionName,
    Manuscript,
    Published,
    Revision,
    Section,
)
from articles.refusals import Refused
from articles.settling import account
from references import filing
from references.models import Source


class AlreadyStarted(Refused):
    """This very file was imported before; `article` is what it became."""

    def __init__(self, article: Article) -> None:
        super().__init__(_("This file was imported before and became “%(title)s”.") % {"title": article.title})
        self.article = article


class StaleRevision(Refused):
    """Somebody saved other words after this text was opened."""

    def __init__(self, article: Article, base: int) -> None:
        super().__init__(
            _("Someone else saved this article (revision %(now)d) after you opened it (revision %(base)d).")
            % {"now": article.revision, "base": base}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ManuscriptFacts:
    """What the importer found beside the words. `said` is JSON-able; keys and anchors are those of the Content."""

    file_name: str
    sha256: str
    said: dict[str, Any] = field(default_factory=dict)
    aliases: tuple[tuple[str, str], ...] = ()  # (name, "synonym" or "abbreviation")
    uncited: tuple[str, ...] = ()
    proposed_headings: frozenset[str] = frozenset()


@transaction.atomic
def start(
    content: Content, *, by: User, at: datetime, manuscript: ManuscriptFacts | None = None, is_demo: bool = False
) -> Article:
    """Make a draft. Sources are filed in the library and their marks get the permanent keys.

    Raises AlreadyStarted for a manuscript that was imported before, roles.NotAllowed.
    """
    roles.require(by, "add_article")
    _refuse_known(manuscript)
    keys = {source.key: _file(source) for source in content.sources}
    words = content.recite({old: source.key for old, source in keys.items()})
    article = Article.objects.create(
        title=words.title,
        slug=_free_slug(words.title),
        summary=words.summary,
        language=words.language,
        condition=_condition(words.title, manuscript),
        is_demo=is_demo,
        started_by=by,
        started_at=at,
    )
    proposed = manuscript.proposed_headings if manuscript else frozenset()
    for position, section in enumerate(words.sections, start=1):
        _create_section(article, section, position, proposed=section.anchor in proposed)
    if manuscript:
        article.uncited.set(keys[key] for key in manuscript.uncited)
    account(article, by=by, at=at, how=Revision.How.IMPORT if manuscript else Revision.How.EDIT)
    if manuscript:
        _keep(manuscript, article, by=by, at=at)
    return article


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
            _create_section(article, wanted, position, proposed=False)
        else:
            section.position, section.kind = position, wanted.kind
            section.heading, section.body = wanted.heading, wanted.body
            section.save()
    for section in there.values():
        section.delete()
    account(article, by=by, at=at, how=how)
    return article


@transaction.atomic
def settle(article: Article, *, by: User, at: datetime) -> bool:
    """Account for rows that a form has just saved in this transaction. Returns whether words changed.

    Derives citations and anchors, keeps a Revision, closes a request whose words are gone, moves the address.
    """
    roles.require(by, "change_article" if article.revision else "add_article")
    return account(article, by=by, at=at, how=Revision.How.EDIT)


def lock(article: Article) -> Article:
    """The article's row, fresh and locked until the transaction ends."""
    return Article.objects.select_for_update(of=("self",)).select_related("condition").get(pk=article.pk)


def _create_section(article: Article, words: SectionContent, position: int, *, proposed: bool) -> None:
    Section.objects.create(
        article=article,
        position=position,
        kind=words.kind,
        heading=words.heading,
        heading_proposed=proposed,
        body=words.body,
        anchor=words.anchor,
    )


def _file(source: CitedSource) -> Source:
    copied = "kind authors organization title container publisher published edition volume issue pages url doi pmid"
    return filing.file(accessed=source.accessed, **{name: getattr(source, name) for name in copied.split()})


def _free_slug(title: str) -> str:
    stem = slugify(title)[:110].strip("-") or "article"
    taken = RESERVED_SLUGS | set(Article.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(Published.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _condition(title: str, manuscript: ManuscriptFacts | None) -> Condition | None:
    """The condition of that name, made with its other names when the manuscript tells them."""
    found = Condition.objects.filter(name__iexact=title).first()
    if found or not (manuscript and manuscript.aliases):
        return found
    condition = Condition.objects.create(name=title, slug=_free_condition_slug(title))
    for name, kind in manuscript.aliases:
        ConditionName.objects.get_or_create(condition=condition, name=name, defaults={"kind": kind})
    return condition


def _free_condition_slug(title: str) -> str:
    stem = slugify(title)[:190] or "condition"
    taken = set(Condition.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return stem if stem not in taken else f"{stem}-{len(taken) + 1}"


def _refuse_known(manuscript: ManuscriptFacts | None) -> None:
    if manuscript:
        known = Manuscript.objects.filter(sha256=manuscript.sha256).select_related("article").first()
        if known:
            raise AlreadyStarted(known.article)


def _keep(manuscript: ManuscriptFacts, article: Article, *, by: User, at: datetime) -> None:
    row = Manuscript(
        article=article,
        file_name=manuscript.file_name[:255],
        sha256=manuscript.sha256,
        said=manuscript.said,
        digest=article.digest,
        by=by,
        at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # another import of the same file was faster
        raise AlreadyStarted(Manuscript.objects.select_related("article").get(sha256=row.sha256).article) from error


@transaction.atomic
def confirm_headings(article: Article, *, by: User) -> int:
    """Take the proposed headings as they stand. Returns how many there were; words do not change."""
    roles.require(by, "change_article")
    return lock(article).sections.filter(heading_proposed=True).update(heading_proposed=False)
