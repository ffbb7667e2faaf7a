"""What differs between two editions, part by part, as the public page shows it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.content import INSTITUTIONAL, Content
from articles.page import Html, PageSection
from articles.page.tables import framed
from articles.page.writing import levelled
from articles.redline import Row, redline_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part that differs, with the differences marked. `apart`: the institution's own words.

    `block`: in words what it is, where it is no plain text. `pictures` that changed come with "before" or "after".
    """

    heading: Html
    body: Html
    notes: tuple[str, ...]
    block: str
    apart: bool
    pictures: tuple[tuple[str, PageSection], ...] = ()


def between(old: Content, new: Content) -> list[Change]:
    """The parts that differ, in the order of the page. In the redline every body passes the gate again."""
    count = itertools.count(1)
    return [
        Change(
            heading=Html(row.heading),
            body=Html(framed(levelled(row.html), count)),
            notes=row.notes,
            block=row.block,
            apart=row.kind == INSTITUTIONAL,
            pictures=tuple(_pictures(row)),
        )
        for row in redline_content(old, new)
        if row.changed
    ]


def _pictures(row: Row) -> Iterator[tuple[str, PageSection]]:
    for one in row.pictures:
        if one.when:
            width, _x, height = one.size.partition("x")
            shape: dict[str, Any] = {"width": int(width or 0), "height": int(height or 0)}
            yield one.when, PageSection(anchor="", heading="", body=Html(), figure=one.hash, alt=one.alt, **shape)
