"""A pile of things to do, and the rows it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.urls import reverse

from articles.models import Article, Review

LIMIT = 20  # rows a pile; a list has the rest
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement:
    """What can be signed in place: the edition with this number and digest, by somebody with these interests."""

    number: int
    digest: str
    page: str  # where readers see it
    interests: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what it is, where it is done, and what else helps to choose. `about` says what changed;
    `statement` is there where a signature is all that it takes."""

    text: str
    url: str
    meta: str = ""
    about: str = ""
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """Things to do of one kind. `empty` is said when there are none; `rest` leads to all when these are not all."""

    title: str
    rows: list[Waiting]
    empty: str
    rest: str = ""


def reviews() -> Any:
    """Reviews of articles that are not in the bin, with whom they name and without their words."""
    rows = Review.objects.filter(article__binned_at=None)
    return rows.select_related("article", "reviewer", "requested_by").defer("content")


def cut(found: Iterable[T], rest: str) -> tuple[list[T], str]:
    """As many as a pile shows, and `rest` if there are more; of more than LIMIT nobody asks how many."""
    rows = list(found)
    return rows[:LIMIT], rest if len(rows) > LIMIT else ""


def of_article(article: Article, meta: str) -> Waiting:
    """A row that leads to the article's form."""
    return Waiting(article.title, reverse("admin:articles_article_change", args=[article.pk]), meta)
