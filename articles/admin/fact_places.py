"""Where a fact stands, sentence by sentence: in drafts and on pages online, told apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from articles import facts, markup
from articles.content import Content
from articles.models import Article, Fact, FactValue


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that prints a fact, under the heading it stands under, at an address of the page."""

    value: FactValue
    anchor: str
    heading: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Use:
    """An article that prints a fact. `edition` is the number of the page online that does, 0 if none."""

    article: Article
    draft: tuple[Place, ...]
    edition: int
    online: tuple[Place, ...]

    @property
    def same(self) -> bool:
        """Whether readers see the sentences that stand in the draft."""
        return self.draft == self.online


def of(articles: list[Article], fact: Fact) -> list[Use]:
    """Of these articles, where it stands in each. Three queries."""
    prefetch_related_objects(articles, "sections")
    return [_use(use) for use in facts.uses(articles, fact)]


def _use(use: facts.Use) -> Use:
    article = use.article
    sections = tuple(section.content() for section in article.sections.all())
    draft = Content(title=article.title, summary=article.summary, sections=sections)
    edition = next((row.edition for row in use.online), None)
    return Use(
        article=article,
        draft=tuple(_places(draft, use.draft)),
        edition=edition.number if edition else 0,
        online=tuple(_places(edition.words(), [row.value for row in use.online])) if edition else (),
    )


def _places(words: Content, values: list[FactValue]) -> Iterator[Place]:
    parts = [("", "", words.summary), *((one.anchor, one.heading, one.body) for one in words.sections)]
    for anchor, heading, body in parts:
        for value in values:
            for sentence in markup.printing(body, {value.ref}):
                yield Place(value, anchor, heading, sentence)
