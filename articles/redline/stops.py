"""The places of a redline at which something changed, numbered in the order of the page: one goes from each to the
next, by link, by button or by key. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.redline.pages import Row
from articles.redline.texts import is_marked

_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-z0-9]+)(?P<attributes>[^>]*)>|(?P<text>[^<]+)")
_CAME_OR_WENT = re.compile(r"<(ins|del)>(?:(?!</\1>).)*</\1>")
_BLOCKS = frozenset({"p", "h3", "h4", "li"})
_CELLS = frozenset({"td", "th"})
_MARKS = frozenset({"ins", "del", "span"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page, with a numbered link where each of its changes begins; `count` is 0 where nothing changed."""

    row: Row
    first: int
    count: int


def numbered(rows: Iterable[Row], *, end: str) -> tuple[list[Part], int]:
    """The rows with their stops, `change-1` to `change-N`, and N. The last stop leads to `end`."""
    found = [(row, _is_headed(row), _places(row)) for row in rows]
    total = sum(headed + len(places) for _row, headed, places in found)
    parts, first = [], 1
    for row, headed, places in found:
        links = [_link(number, total, end) for number in range(first, first + headed + len(places))]
        heading = links[0] + row.heading if headed else row.heading
        shown = replace(row, heading=heading, html=_with(row.html, places, links[headed:]))
        parts.append(Part(shown, first, len(links)))
        first += len(links)
    return parts, total


def count(rows: Iterable[Row]) -> int:
    """How many stops `numbered` would make."""
    return sum(_is_headed(row) + len(_places(row)) for row in rows if row.changed)


def _is_headed(row: Row) -> bool:
    return bool(row.notes) or is_marked(row.heading)


def _link(number: int, total: int, end: str) -> str:
    """The stop itself: it can hold the focus, says where one is, and leads on without script."""
    last = number == total
    words = _("Change %(number)d of %(total)d.") % {"number": number, "total": total}
    onward = _("Go on.") if last else _("Go to the next.")
    target = end if last else f"change-{number + 1}"
    hidden = f'<span class="visually-hidden">{words} {onward}</span>'
    return (
        f'<a class="stop" id="change-{number}" href="#{target}"><span aria-hidden="true">{number}</span>{hidden}</a> '
    )


def _with(html: str, places: Sequence[int], links: Sequence[str]) -> str:
    pieces, at = [], 0
    for place, link in zip(places, links, strict=True):
        pieces += [html[at:place], link]
        at = place
    return "".join([*pieces, html[at:]])


def _places(row: Row) -> list[int]:
    """Where in the HTML of a row its stops stand: at the head of each block or cell with a change. Blocks that came
    or went together are one stop."""
    whole = bool(row.notes) and bool(_CAME_OR_WENT.fullmatch(row.heading))
    walk = _Walk(in_run=whole)
    for token in _TOKEN.finditer(row.html):
        walk.step(token)
    return walk.places


class _Walk:
    def __init__(self, *, in_run: bool) -> None:
        self.places: list[int] = []
        self.in_run = in_run  # whether the last words came or went with their whole block
        self.whole = False
        self.in_row = False  # inside a table row that came or went as a whole
        self.start: int | None = None  # of the block, until it has its stop
        self.depth = 0

    def step(self, token: re.Match[str]) -> None:
        tag = token["tag"]
        if token["text"]:
            self.in_run = self.in_run and (self.depth > 0 or not token["text"].strip())
        elif tag in _MARKS:
            self.depth += -1 if token["end"] else 1
            if self.depth == 1 and not token["end"]:
                self._mark()
        elif token["end"]:
            self.in_row = self.in_row and tag != "tr"
        elif tag in _BLOCKS:
            self.start, self.whole = token.end(), "redline-" in token["attributes"]
        elif tag == "tr":
            self.start, self.in_row = None, "redline-" in token["attributes"]
        elif tag in _CELLS:
            self.start, self.whole = token.end(), self.in_row

    def _mark(self) -> None:
        if self.start is not None and not (self.whole and self.in_run):
            self.places.append(self.start)
        self.start, self.in_run = None, self.whole
