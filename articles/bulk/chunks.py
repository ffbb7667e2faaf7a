"""What a deed for many knows while it works: the rows of one chunk, and their articles, locked, with their pages."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import due, policy, roles
from articles.drafting import refuse_binned
from articles.models import Article, BulkRow, BulkRun, Published, TimelineEntry
from articles.refusals import Refused
from references.models.many import read

# What deeds for many read of a page: its dates, and what they follow from.
_OF_PAGES = (
    *("slug", "article_id", "edition_id", "review_id", "risk_tier", "cadence_months", "last_reviewed_on"),
    *("deferred_until", "event_since", "next_due", "due_why"),
)
NO_WORDS: Mapping[int, str] = MappingProxyType({})


class Changed(Refused):
    """The article is not as it was on the screen."""


class NoArticle(Refused):
    """The row names no article."""


@dataclass(slots=True)
class Done:
    """What was, or would be, done to one row, in words; `undo` is what was there before."""

    said: str
    undo: dict[str, Any] = field(default_factory=dict)
    made: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some rows of a run. `terms` is what was filled in; `pages` the public addresses by number of the article."""

    run: BulkRun
    rows: Sequence[BulkRow]
    pages: dict[int, Published]
    policy: due.Policy
    by: User
    at: datetime
    memory: dict[str, Any] = field(default_factory=dict)  # what a deed asks once for all rows

    @property
    def terms(self) -> dict[str, Any]:
        found: dict[str, Any] = self.run.terms
        return found

    def page(self, row: BulkRow) -> Published | None:
        return self.pages.get(row.article_id or 0)


Pairs = Sequence[tuple[BulkRow, Done]]


class Deed:
    """One deed for many. `each`: nothing is done to a row that was not ticked; `size`: rows of a transaction."""

    name: ClassVar[str]
    permission: ClassVar[str]
    undoable: ClassVar[bool] = False
    each: ClassVar[bool] = False
    size: ClassVar[int] = 1000

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        """What would be done to this row. Writes nothing that stays. Raises Refused."""
        raise NotImplementedError

    def do(self, chunk: Chunk, row: BulkRow) -> Done:
        """The same while it is done. Raises Refused."""
        return self.look(chunk, row)

    def write(self, chunk: Chunk, done: Pairs) -> None:
        """Write what was looked at, for all rows at once."""

    def back(self, chunk: Chunk, row: BulkRow) -> Done:
        """What would take the row back. Raises Refused."""
        raise Refused(_("This can not be taken back."))

    def write_back(self, chunk: Chunk, done: Pairs) -> None:
        """Write what takes them back, for all rows at once."""

    def finish(self, run: BulkRun, *, at: datetime) -> None:
        """Tell whoever should know, once for all rows."""


def load(run: BulkRun, rows: Sequence[BulkRow], *, by: User, at: datetime, lock: bool) -> Chunk:
    """The chunk, with its articles; locked in the order of their numbers, before anything is sealed."""
    numbers = [row.article_id for row in rows if row.article_id]
    found = Article.objects.filter(pk__in=numbers).prefetch_related("reviewer").order_by("pk")
    articles = {one.pk: one for one in (found.select_for_update(of=("self",)) if lock else found)}
    for row in rows:
        row.article = articles.get(row.article_id or 0)
    online = Published.objects.filter(article__in=numbers, moved_to=None)
    pages = {one.article_id: one for one in read(online, *_OF_PAGES)}
    return Chunk(run=run, rows=rows, pages=pages, policy=policy.current(), by=by, at=at)


def check(chunk: Chunk, row: BulkRow, deed: Deed, *, shown: bool) -> None:
    """What no deed may be done to: no article, one in the bin, one that changed since it was `shown`."""
    roles.require(chunk.by, deed.permission)
    article = article_of(row)
    refuse_binned(article)
    if shown and row.seen != seen(article, chunk.page(row)):
        raise Changed(_("It changed after it was shown to you. Nothing was done; look at it again."))


def article_of(row: BulkRow) -> Article:
    """The article of a row. Raises NoArticle."""
    if row.article is None:
        raise NoArticle(_("There is no such article."))
    return row.article


def seen(article: Article, page: Published | None) -> str:
    """A short name for all that a preview has shown of an article."""
    shown = [article.pk, article.digest, article.risk_tier, article.cadence_months, article.reviewer_id]
    if page:
        shown += [page.edition_id, page.review_id, page.next_due, page.due_why, page.deferred_until]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


def known(page: Published, **other: Any) -> due.Known:
    """What the due date of a page follows from, with something `other` than is stored."""
    stored = {
        "last_reviewed": page.last_reviewed_on,
        "tier": page.risk_tier,
        "override": page.cadence_months,
        "deferred_until": page.deferred_until,
        "event_since": page.event_since,
    }
    return due.Known(**stored | other)


def moved(chunk: Chunk, page: Published | None, **other: Any) -> str:
    """From which due date to which a page would move."""
    if page is None or page.edition_id is None:
        return _("Not online, so it has no due date yet.")
    then = due.derive(known(page, **other), chunk.policy).on
    return said_moved(page.next_due, then)


def said_moved(now: date | None, then: date | None) -> str:
    """Two due dates in words."""
    facts = {"now": day(now), "then": day(then)}
    return (
        _("Next review due: %(now)s, as before.") % facts
        if now == then
        else _("Next review due: %(now)s → %(then)s") % facts
    )


def day(value: date | None) -> str:
    """A day in words, or that there is none."""
    return _printed(value, get_language()) if value else _("none")


@lru_cache(1024)  # ten thousand rows name the same few days
def _printed(value: date, language: str) -> str:
    return formats.date_format(value)


def note_all(
    chunk: Chunk, what: str, details: Sequence[tuple[BulkRow, str]], digests: Mapping[int, str] = NO_WORDS
) -> None:
    """One timeline entry a row, sealed in one go. `digests`: by number of the article, those of the words."""
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            article=row.article,
            what=what,
            by=chunk.by,
            at=chunk.at,
            digest_after=digests.get(row.article_id or 0, ""),
            detail=detail,
        )
        for row, detail in details
    )


def numbers(pairs: Pairs) -> list[int]:
    """The articles of these rows."""
    return [row.article_id for row, _done in pairs if row.article_id]
