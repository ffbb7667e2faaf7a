"""From words to a new article; its sources go to the library, its condition is made when a manuscript tells it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles import roles
from articles.content import CitedSource, Content
from articles.drafting.rows import create_section
from articles.models import RESERVED_SLUGS, Article, Condition, ConditionName, Manuscript, Published, Revision
from articles.refusals import Refused
from articles.settling import account
from references import filing
from references.models import Source


class AlreadyStarted(Refused):
    """This very file was imported before; `article` is what it became."""

    def __init__(self, article: Article) -> None:
        words = _("This file was imported before and became “%(title)s”.")
        if article.binned_at:
            words = _("This file was imported before and became “%(title)s”, which is in the bin. Take it out there.")
        super().__init__(words % {"title": article.title})
        self.article = article


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
        create_section(article, section, position, proposed=section.anchor in proposed)
    if manuscript:
        article.uncited.set(keys[key] for key in manuscript.uncited)
    account(article, by=by, at=at, how=Revision.How.IMPORT if manuscript else Revision.How.EDIT)
    if manuscript:
        _keep(manuscript, article, by=by, at=at)
    return article


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
