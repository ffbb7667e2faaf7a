"""The page that stands at a public address now."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles import page, standings, telling
from articles.models import Edition, Published
from articles.reading import facts


def rows() -> "QuerySet[Published, Any]":
    """Public addresses with all that their pages show, and without the words of reviews."""
    led = ("withdrawn_instead__moved_to",)
    unseen = (f"review__{name}" for name in ("content", *facts.UNSEEN))
    return Published.objects.select_related("edition", "review__reviewer", *led).defer(*unseen)


def of(row: Published, edition: Edition) -> page.Page:
    """The page of `edition`, which stands open at this address."""
    words = edition.words()
    today = timezone.localdate()
    said = facts.of(row, edition, today=today, standings=standings.of(words.cited_keys()))
    return page.build(words, replace(said, stories=telling.of(words, today=today)))
