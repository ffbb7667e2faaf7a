"""Where a source is used: every article that leans on it, draft and page online told apart, sentence by sentence."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from articles import leaning
from articles.content import Content
from articles.models import Article, Citation, Reliance, Section
from references.models import Source

PER_PAGE = 25  # articles
LISTED = Article.uncited.through


@dataclass(frozen=True, slots=True)
class Use:
    """An article that leans on a source. `edition` is the number of the page online that does, 0 if none."""

    article: Article
    draft: tuple[leaning.Claim, ...]
    edition: int
    online: tuple[leaning.Claim, ...]
    uncited: bool

    @property
    def same(self) -> bool:
        """Whether readers see the sentences that stand in the draft."""
        return self.draft == self.online


def articles(source: Source) -> QuerySet[Article]:
    """Articles whose draft, page online or list of uncited sources has this source, by title."""
    rows = (rows.objects.filter(source=source).values("article") for rows in (Citation, Reliance, LISTED))
    used = Q(*(("pk__in", found) for found in rows), _connector=Q.OR)
    return Article.objects.filter(used).order_by("title", "pk")


def of(source: Source, *, page: str | int = 1, per_page: int = PER_PAGE) -> "Page[Use]":
    """One page of uses. Five queries, however many articles there are."""
    aliases = Source.objects.filter(Q(pk=source.pk) | Q(merged_into=source))
    keys = set(aliases.values_list("key", flat=True))
    listed = Exists(LISTED.objects.filter(article=OuterRef("pk"), source=source))
    online = Reliance.objects.filter(source=source).select_related("edition")
    rows = (
        articles(source)
        .annotate(is_listed=listed)
        .prefetch_related(
            Prefetch("sections", Section.objects.all()), Prefetch("reliances", online, to_attr="leaning_online")
        )
    )
    found: Any = Paginator(rows, per_page).get_page(page)
    found.object_list = [_use(article, keys) for article in found.object_list]
    return found  # type: ignore[no-any-return]  # its rows become ours


def _use(article: Any, keys: set[str]) -> Use:
    sections = tuple(section.content() for section in article.sections.all())
    draft = Content(title=article.title, summary=article.summary, sections=sections)
    edition = next((row.edition for row in article.leaning_online), None)
    return Use(
        article=article,
        draft=leaning.claims(draft, keys),
        edition=edition.number if edition else 0,
        online=leaning.claims(edition.words(), keys) if edition else (),
        uncited=article.is_listed,
    )
