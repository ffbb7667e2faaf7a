"""The editions of articles: what the public side asks about them, of one article or of many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from articles.models import Edition
from articles.reading import facts
from leukemia_site.once import once

Known = list[tuple[int, datetime]]
Entry = tuple[Edition, tuple[facts.Reviewed, ...], tuple[facts.Reviewed, ...]]
# No words: a page may have hundreds of editions.
_LISTED = (
    *"article_id number digest change_class change_note published_at closed_how closed_at closed_reason".split(),
    *(f"review__{name}" for name in facts.SIGNED),
)


def of(*articles: int) -> QuerySet[Edition]:
    """The editions of these articles, newest first."""
    # In an order of its own: the usual order of editions would ask for the article's title.
    return Edition.objects.filter(article_id__in=articles).order_by("-number")


def whole(*articles: int) -> QuerySet[Edition]:
    """With their words, and who signed them. Two queries."""
    unseen = (f"review__{name}" for name in ("content", *facts.UNSEEN))
    return of(*articles).select_related("review__reviewer").defer(*unseen).prefetch_related(facts.covers())


@once
def known(article: int) -> Known:
    """The number and the time of each edition of an article, newest first. One query."""
    return known_of([article])[article]


def known_of(articles: Collection[int]) -> Mapping[int, Known]:
    """The same of many. One query."""
    found: dict[int, Known] = defaultdict(list)
    for article, number, at in of(*articles).values_list("article_id", "number", "published_at"):
        found[article].append((number, at))
    return found


@once
def one(article: int, number: int) -> Edition:
    """One edition. Raises Http404. Two queries."""
    return get_object_or_404(whole(article), number=number)


@once
def listed(article: int, oldest: int, newest: int) -> list[Entry]:
    """The editions from one number to another, newest first, each with who signed it first and who later. Three
    queries."""
    found = of(article).filter(number__range=(oldest, newest)).select_related("review__reviewer").only(*_LISTED)
    return entries(list(found.prefetch_related(facts.covers())))


def entries(editions: list[Edition]) -> list[Entry]:
    """These editions, each with who signed it first and who later. With `facts.covers()` fetched; one query."""
    later = facts.reviewed_later(editions)
    return [(edition, facts.reviewed(edition), later[edition.pk]) for edition in editions]
