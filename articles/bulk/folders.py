"""What the rules of signing ask of an article, asked once for all articles of a chunk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from articles import contributions, lineage
from articles.content import CitedSource, Content
from articles.models import Acceptance, Article, Edition, Review, Reviewer, Section, cited_source
from references.models import Source
from references.models.many import read

# What the rules read of earlier reviews, and of editions; whatever else was asked for would be looked up row by row.
_OF_REVIEWS = (
    *("id", "article_id", "origin", "reviewer_id", "digest", "base_digest", "revision"),
    *("answered_by_id", "answered_at", "scope", "reviewed_on"),
)
_OF_EDITIONS = (
    *("id", "article_id", "number", "digest", "revision", "emergency_reason", "published_by_id", "published_at"),
    *("closed_how", "closed_at"),
)


class Draft(NamedTuple):
    """The sections of a working text, and its words without the sources."""

    sections: Sequence[Section]
    words: Content


@dataclass(frozen=True, kw_only=True)
class Folder:
    """One article: its editions, oldest first, its changes of words, its attested clinical reviews, and its words."""

    article: Article
    editions: Sequence[Edition]
    changes: Sequence[contributions.Written]
    attested: Sequence[Review]
    sections: Sequence[Section]
    words: Content

    @cached_property
    def sound(self) -> list[Review]:
        return contributions.sound_among(self.attested, self.changes)

    @cached_property
    def stored(self) -> str:
        """The words as they would be stored."""
        return self.words.to_json()

    @property
    def wrote(self) -> set[int]:
        """Accounts that wrote words which no second person has seen."""
        seen = contributions.seen_upto_among(self.sound)
        return contributions.writers(self.changes, seen, self.article.revision)

    @property
    def online(self) -> Edition | None:
        """The open edition."""
        return next((one for one in self.editions if not one.closed_how), None)

    def has_words_of(self, edition: Edition) -> bool:
        """Whether its words have the digest of this edition. Where the same text is stored, nothing is computed."""
        stored = self.stored == edition.content and 'erased":' not in edition.content
        return stored or self.words.digest == edition.digest

    def line(self, *more: Review) -> lineage.Line:
        """What dates the page, with these reviews, too."""
        latest = self.editions[-1]
        earlier = self.editions[:-1] if latest.emergency_reason else ()
        sound = contributions.sound_among([*self.attested, *more], self.changes) if more else self.sound
        return lineage.line([*earlier, latest], sound)


def opened(
    articles: Sequence[Article], drafts: Mapping[int, Draft], library: Mapping[str, Source]
) -> dict[int, Folder]:
    """The folders of these articles, by their numbers. `library`: the record behind each key."""
    pks = [article.pk for article in articles]
    cited = {key: cited_source(source, key) for key, source in library.items()}
    places = {key: place for place, key in enumerate(cited)}
    changes, attested, editions = contributions.histories(pks), _attested(pks), _editions(pks)
    return {
        article.pk: Folder(
            article=article,
            editions=editions[article.pk],
            changes=changes[article.pk],
            attested=attested[article.pk],
            sections=drafts[article.pk].sections,
            words=_with_sources(drafts[article.pk].words, cited, places),
        )
        for article in articles
    }


def drafts_of(articles: Sequence[Article]) -> dict[int, Draft]:
    """Their working text, by number. One query."""
    rows = _by_article(read(Section.objects.filter(article__in=[article.pk for article in articles])))
    return {
        article.pk: Draft(rows[article.pk], article.words_of(row.content() for row in rows[article.pk]))
        for article in articles
    }


def keys_of(drafts: Mapping[int, Draft]) -> set[str]:
    """The keys of every source that these texts cite."""
    return {key for draft in drafts.values() for key in draft.words.cited_keys()}


def _with_sources(words: Content, cited: Mapping[str, CitedSource], places: Mapping[str, int]) -> Content:
    """With the sources in the order of the library, which is that of the database."""
    mine = sorted(cited.keys() & words.cited_keys(), key=places.__getitem__)
    return replace(words, sources=tuple(cited[key] for key in mine)) if mine else words


def _attested(pks: Collection[int]) -> dict[int, list[Review]]:
    """With the reviewer of each, who is the same object for all, and its acceptance or none."""
    rows = list(read(Review.objects.attested().clinical().filter(article__in=pks).order_by(), *_OF_REVIEWS))
    accepted = {one.review_id: one for one in Acceptance.objects.filter(review__article__in=pks)}
    reviewers = Reviewer.objects.in_bulk({row.reviewer_id for row in rows})
    for row in rows:
        row._state.fields_cache.update(reviewer=reviewers[row.reviewer_id], acceptance=accepted.get(row.pk))
    return _by_article(rows)


def _editions(pks: Collection[int]) -> dict[int, list[Edition]]:
    """Only the open ones with their words."""
    rows = Edition.objects.filter(article__in=pks).order_by()
    closed = read(rows.exclude(closed_how=""), *_OF_EDITIONS)
    found = _by_article([*closed, *read(rows.filter(closed_how=""), "content", *_OF_EDITIONS)])
    for editions in found.values():
        editions.sort(key=lambda edition: edition.number)
    return found


def _by_article(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for row in rows:
        found[row.article_id].append(row)
    return found
