"""Pictures in the library and on pages, made by the deeds."""

from dataclasses import replace
from functools import cache
from unittest.mock import patch

from articles import drafting, figures
from articles.content import FIGURE, Content, SectionContent
from articles.models import Article, Figure
from articles.pictures import apart, making
from tests import cast
from tests.articles.pictures import samples

ALT = "Red and white cells and platelets leave a bone that is cut open."


@cache
def _made(data: bytes, pixels: int) -> making.Made:
    return making.make(data, pixels=pixels)


@cache
def _drawing(width: int, height: int) -> bytes:
    return samples.saved(samples.drawing(width, height))


def uploaded(width: int = 900, height: int = 600, *, by: str = "wanda", at=cast.NOON) -> Figure:
    """Somebody has uploaded a drawing of this size. Read here: the process of its own has tests of its own."""
    with patch.object(apart, "read", lambda data, *, pixels: _made(data, pixels)):
        by = getattr(cast.cast(), by)
        return figures.add(_drawing(width, height), name="marrow.png", by=by, at=at)[0]


def words(figure: Figure | None = None, title: str = "Acute example disease") -> Content:
    """The page of the cast, with a figure behind its first section."""
    figure = figure or uploaded()
    page = cast.words(title)
    first, *rest = page.sections
    return replace(page, sections=(first, section(figure), *rest))


def section(figure: Figure, **other: str) -> SectionContent:
    """A figure with all it needs."""
    facts = {"figure": figure.pk, "size": figure.size, "alt": ALT, "credit": "Drawing: A. Roe"}
    body = "<p>Where blood is made.</p>"
    return SectionContent(**{"anchor": "marrow", "heading": "Marrow", "body": body, "form": FIGURE, **facts, **other})


def revised(article: Article, **other: str) -> Article:
    """Wanda changes the figure."""
    article.refresh_from_db()
    page = article.content()
    sections = tuple(replace(one, **other) if one.form == FIGURE else one for one in page.sections)
    return drafting.revise(
        article,
        replace(page, sections=sections),
        by=cast.cast().wanda,
        at=cast.later(hours=1),
        base_revision=article.revision,
    )


def without(article: Article) -> Article:
    """Wanda takes the figure out."""
    article.refresh_from_db()
    page = article.content()
    page = replace(page, sections=tuple(one for one in page.sections if one.form != FIGURE))
    return drafting.revise(article, page, by=cast.cast().wanda, at=cast.later(hours=1), base_revision=article.revision)
