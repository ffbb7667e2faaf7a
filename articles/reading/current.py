"""The page that stands at a public address now."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from articles import page, standings, telling
from articles.content import Content
from articles.models import Edition, Published
from articles.reading import facts
from articles.reading.lasting import Lasting, on_words
from leukemia_site.once import once
from leukemia_site.prepared import TEXT, Prepared


def _rows() -> "QuerySet[Published, Any]":
    unseen = (f"review__{name}" for name in ("content", *facts.UNSEEN))
    return Published.objects.select_related("edition", "review__reviewer").defer(*unseen)


def rows() -> "QuerySet[Published, Any]":
    """Public addresses with all that their pages show, and without the words of reviews. Where a withdrawn page leads
    is asked for when it is needed: of most pages it is not, and it would double what is asked."""
    return _rows().prefetch_related(facts.covers("edition__covers"))


_row = Prepared(Published, lambda slug: _rows().filter(slug=slug), mark=TEXT)


@once
def row(slug: str) -> Published:
    """The one at this address; who signed its edition is asked for with the page (facts.py). Raises Http404."""
    for found in _row(slug):
        return found
    raise Http404(f"No page stands at {slug}.")


@once
def address(slug: str) -> Published:
    """The row of a public address alone. Raises Http404."""
    return get_object_or_404(Published, slug=slug)


@once
def stored(pk: int) -> Edition:
    """The words of an edition, by its primary key. Raises Http404."""
    return get_object_or_404(Edition.objects.only("content"), pk=pk)


@once
def words(edition: Edition) -> Content:
    """The same, read."""
    return edition.words()


@once
def listed(row: Published, edition: int, day: date) -> tuple[Content, page.Page]:
    """The words of the edition at this address, and the page of them for the sake of its references alone."""
    found = words(stored(edition))
    return found, page.build(found, page.Facts(today=day, slug=row.slug, is_demo=row.is_demo))


looks = standings.looks


@once
def look(keys: tuple[str, ...]) -> standings.Looked:
    """How sources stand, as `standings` says."""
    return standings.look(keys)


def of(row: Published, edition: Edition, *, today: date) -> page.Page:
    """The page of `edition`, which stands open at this address."""
    return lasting(row, edition, today=today)[0]


@once
def lasting(row: Published, edition: Edition, *, today: date) -> tuple[page.Page, Lasting]:
    """It, and what outdates it: a change of its row, of a source, of a story, or the end of its last day."""
    found = words(edition)
    looked = look(found.cited_keys())
    said = facts.of(row, edition, today=today, standings=looked.told)
    built = page.build(found, replace(said, stories=telling.of(found, today=today)))
    return built, on_words(row, found, keys=looked.keys, last=built.valid_until)
