"""The page that stands at a public address now."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from articles import page, standings, telling
from articles.models import Edition, Published
from articles.reading import facts
from articles.reading.lasting import Lasting, on_words
from articles.reading.once import once


def rows() -> "QuerySet[Published, Any]":
    """Public addresses with all that their pages show, and without the words of reviews. Where a withdrawn page leads
    is asked for when it is needed: of most pages it is not, and it would double what is asked."""
    unseen = (f"review__{name}" for name in ("content", *facts.UNSEEN))
    return Published.objects.select_related("edition", "review__reviewer").defer(*unseen)


@once
def address(slug: str) -> Published:
    """The row of a public address alone. Raises Http404."""
    return get_object_or_404(Published, slug=slug)


@once
def look(keys: tuple[str, ...]) -> standings.Looked:
    """How sources stand, as `standings` says."""
    return standings.look(keys)


def of(row: Published, edition: Edition, *, today: date) -> page.Page:
    """The page of `edition`, which stands open at this address."""
    return lasting(row, edition, today=today)[0]


def lasting(row: Published, edition: Edition, *, today: date) -> tuple[page.Page, Lasting]:
    """It, and what outdates it: a change of its row, of a source, of a story, or the end of its last day."""
    words = edition.words()
    looked = look(tuple(words.cited_keys()))
    said = facts.of(row, edition, today=today, standings=looked.told)
    built = page.build(words, replace(said, stories=telling.of(words, today=today)))
    return built, on_words(row, words, keys=looked.keys, last=built.valid_until)
