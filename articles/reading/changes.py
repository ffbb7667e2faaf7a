"""What differs between two editions, part by part, as the public page shows it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.content import INSTITUTIONAL, Content
from articles.page import Html
from articles.redline import redline_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part that differs, with the differences marked. `apart`: the institution's own words."""

    heading: Html
    body: Html
    notes: tuple[str, ...]
    apart: bool


def between(old: Content, new: Content) -> list[Change]:
    """The parts that differ, in the order of the page. In the redline every body passes the gate again."""
    tables = itertools.count(1)
    return [
        Change(
            heading=Html(row.heading or _("A part without a heading")),
            body=Html(_framed(_levelled(row.html), tables)),
            notes=row.notes,
            apart=row.kind == INSTITUTIONAL,
        )
        for row in redline_content(old, new)
        if row.changed
    ]


def _levelled(redlined: str) -> str:
    """Without a skipped level under the part's h2: an h4 that no h3 precedes becomes an h3."""
    start = redlined.find("<h3")
    head, rest = (redlined, "") if start < 0 else (redlined[:start], redlined[start:])
    return re.sub(r"(</?)h4\b", r"\1h3", head) + rest


def _framed(redlined: str, tables: Iterator[int]) -> str:
    """A table scrolls inside a frame of its own, which the keyboard must reach and a screen reader name."""

    def opened(_table: re.Match[str]) -> str:
        name = _("Table %(number)d") % {"number": next(tables)}
        return f'<div class="table" role="group" tabindex="0" aria-label="{name}"><table>'

    return re.sub("<table>", opened, redlined).replace("</table>", "</table></div>")
