"""What the rules of signing ask of an article, asked once for all articles of a chunk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from articles import contributions, lineage
from articles.content import CitedSource, Content
from articles.models import Acceptance, Article, Edition, Review, Reviewer, cited_source
from references.models import Source

# What is read of earlier reviews: neither their words nor what was signed with them.
_READ = (
    *("article", "kind", "origin", "reviewer", "digest", "base_digest", "revision", "requested_at"),
    *("answer", "answered_by", "answered_at", "scope", "reviewed_on"),
)


@dataclass(frozen=True, kw_only=True)
class Folder:
    """One article: its editions, oldest first, its changes of words, its attested clinical reviews, and its words."""

    article: Article
    editions: Sequence[Edition]
    changes: Sequence[contributions.Written]
    attested: Sequence[Review]
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
    articles: Sequence[Article], drafts: Mapping[int, Content], library: Mapping[str, Source]
) -> dict[int, Folder]:
    """The folders of these articles, by their numbers. `library`: the record behind each key."""
    pks = [article.pk for article in articles]
    cited = {key: cited_source(source, key) for key, source in library.items()}
    changes, attested, editions = contributions.histories(pks), _attested(pks), _editions(pks)
    return {
        article.pk: Folder(
            article=article,
            editions=editions[article.pk],
            changes=changes[article.pk],
            attested=attested[article.pk],
            words=_with_sources(drafts[article.pk], cited),
        )
        for article in articles
    }


def drafts_of(articles: Sequence[Article]) -> dict[int, Content]:
    """Their working text without sources, by number. One query."""
    prefetch_related_objects(articles, "sections")
    return {article.pk: article.uncited_words() for article in articles}


def keys_of(drafts: Mapping[int, Content]) -> set[str]:
    """The keys of every source that these texts cite."""
    return {key for words in drafts.values() for key in words.cited_keys()}


def _with_sources(words: Content, cited: Mapping[str, CitedSource]) -> Content:
    mine = set(words.cited_keys())
    # In the order of the library, which is that of the database.
    return replace(words, sources=tuple(source for key, source in cited.items() if key in mine)) if mine else words


def _attested(pks: Collection[int]) -> dict[int, list[Review]]:
    rows = list(Review.objects.attested().clinical().filter(article__in=pks).order_by().only(*_READ))
    accepted = {one.review_id: one for one in Acceptance.objects.filter(review__article__in=pks)}
    reviewers = Reviewer.objects.in_bulk({row.reviewer_id for row in rows})
    return _by_article(_joined(row, reviewers, accepted) for row in rows)


def _joined(row: Review, reviewers: Mapping[int, Reviewer], accepted: Mapping[int, Acceptance]) -> Review:
    """With its reviewer, who is the same object for all, and its acceptance or none: nothing is asked for any more."""
    row._state.fields_cache.update(reviewer=reviewers[row.reviewer_id], acceptance=accepted.get(row.pk))
    return row


def _editions(pks: Collection[int]) -> dict[int, list[Edition]]:
    """Only the open ones with their words."""
    closed = Edition.objects.exclude(closed_how="").filter(article__in=pks).defer("content")
    found = _by_article([*closed, *Edition.objects.open().filter(article__in=pks)])
    for rows in found.values():
        rows.sort(key=lambda edition: edition.number)
    return found


def _by_article(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for row in rows:
        found[row.article_id].append(row)
    return found
