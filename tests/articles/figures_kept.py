"""Facts as people record them, and texts that print them."""

from datetime import date
from typing import Any

from articles import drafting, facts
from articles.content import Content
from articles.models import Article, Fact, FactValue
from references.models import Source
from tests import cast

NAME = "New cases of example disease, United States"
UNIT = "new cases a year in the United States"


def source(title: str = "Example facts and figures 2025") -> Source:
    """The work that says so; made once."""
    return Source.objects.get_or_create(title=title, defaults={"organization": "Example Society", "published": "2025"})[
        0
    ]


def said(value: str = "about 6,660", **other: Any) -> facts.Said:
    """A value as somebody fills it in."""
    dates = {"as_of": date(2025, 12, 31), "expires": date(2027, 1, 31)}
    return facts.Said(**{"value": value, "unit": UNIT, **dates, "source": source(), "locator": "p 4"} | other)


def recorded(name: str = NAME, **other: Any) -> Fact:
    """Wanda has recorded it."""
    return facts.add(name, said(**other), by=cast.cast().wanda, at=cast.NOON)


def renewed(fact: Fact, value: str = "about 6,550", **other: Any) -> FactValue:
    """Stan has recorded another value, with a source of its own."""
    new = {"as_of": date(2026, 6, 30), "source": source("Example facts and figures 2026"), "locator": "p 6"}
    return facts.update(fact, said(value, **new | other), base=fact.latest, by=cast.cast().stan, at=cast.later(days=1))


def mark(value: FactValue) -> str:
    """A value as the editor puts it into a text, with its source."""
    cite = f'<cite data-locator="{value.locator}" data-source="{value.source.key}"></cite>'
    return f'<data value="{value.ref}">{value.printed}</data>{cite}'


def words(fact: Fact, title: str = "Acute example disease") -> Content:
    """A page whose section on treatment prints the newest value."""
    value = fact.values.first()
    return cast.with_body(cast.words(title), "treatment", f"<p>There are {mark(value)}.</p>")


def draft(fact: Fact, title: str = "Acute example disease") -> Article:
    """Wanda has written it; the source of the fact stays the library's own."""
    article = cast.draft(cast.words(title))
    body = words(fact).sections[1].body
    changed = cast.with_body(article.content(), "treatment", body)
    wanda = cast.cast().wanda
    return drafting.revise(article, changed, by=wanda, at=cast.NOON, base_revision=article.revision)


def body(article: Article) -> str:
    """What the draft says where the fact stands."""
    return str(article.sections.get(anchor="treatment").body)
