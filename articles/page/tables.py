"""Tables for readers: in a frame that scrolls, and ready to be stacked where a screen is narrow. Pure.

Stacked, a cell stands below the one before it, so each carries the heading of its column (`data-label`), and each row
the text of cells that reach into it from a row above (`data-label` what heads it, `data-also` the rest). Nothing
changes for a browser that shows the table as such.
"""

import html
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.content import plain

FITS = 2  # columns that fit side by side on any screen
LABEL_LIMIT = 80  # characters
_TAG = re.compile(r"<(/?)(table|caption|thead|tr|th|td)\b([^>]*)>")
_SPAN = re.compile(r'(col|row)span="(\d+)"')
_STRUCK = re.compile(r"<del\b.*?</del>", re.S)  # a redline's


@dataclass(slots=True)
class _Cell:
    """`at` is where its attributes end, `start` and `end` are those of its text."""

    tag: str
    at: int
    start: int
    column: int
    columns: int
    rows: int
    end: int = 0


@dataclass(slots=True)
class _Row:
    at: int
    in_head: bool
    cells: list[_Cell]


def framed(text: str, count: Iterator[int]) -> str:
    """The text with every table framed and labelled; `count` numbers the tables of a page."""
    pieces, done = [], 0
    for start, end in _tables(text):
        pieces += [text[done:start], _framed(text[start:end], next(count))]
        done = end
    return "".join([*pieces, text[done:]])


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where each outermost table starts and ends."""
    depth = start = 0
    for tag in re.finditer(r"<(/?)table\b[^>]*>", text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        else:
            depth -= 1
            if not depth:
                yield start, tag.end()


def _framed(table: str, number: int) -> str:
    """The keyboard must reach the frame to scroll it, and a screen reader name it."""
    caption = re.match(r"<table[^>]*><caption>(.*?)</caption>", table, re.S)
    name = ": ".join(filter(None, (_("Table %(number)d") % {"number": number}, _said(caption[1]) if caption else "")))
    rows = _rows(table)
    width = max((cell.column + cell.columns for row in rows for cell in row.cells), default=0)
    if width > FITS:
        table = re.sub("^<table", '<table class="stacks"', _labelled(table, rows, width))
    return f'<div class="table" role="group" tabindex="0" aria-label="{html.escape(name)}">{table}</div>'


def _rows(table: str) -> list[_Row]:
    """The rows of the outermost table, each cell at its column, whatever reaches into the row from above."""
    rows: list[_Row] = []
    above: dict[int, int] = defaultdict(int)  # by column: how many more rows a cell from above takes
    depth, in_head = 0, False
    for tag in _TAG.finditer(table):
        closing, name = bool(tag[1]), tag[2]
        depth += (name == "table") * (-1 if closing else 1)
        if depth != 1 or name in ("table", "caption"):
            continue
        if name == "thead":
            in_head = not closing
        elif name == "tr" and not closing:
            rows.append(_Row(tag.end() - 1, in_head, []))
            above = defaultdict(int, {column: left - 1 for column, left in above.items() if left > 1})
        elif name in ("th", "td") and closing:
            rows[-1].cells[-1].end = tag.start()
        elif name in ("th", "td"):
            rows[-1].cells.append(_placed(tag, rows[-1].cells, above))
    return rows


def _placed(tag: re.Match[str], before: list[_Cell], above: dict[int, int]) -> _Cell:
    column = before[-1].column + before[-1].columns if before else 0
    while above.get(column):
        column += 1
    spans = {kind: int(size) for kind, size in _SPAN.findall(tag[3])}
    cell = _Cell(tag[2], tag.end() - 1, tag.end(), column, spans.get("col", 1), spans.get("row", 1))
    for taken in range(column, column + cell.columns):
        above[taken] = cell.rows
    return cell


def _labelled(table: str, rows: list[_Row], width: int) -> str:
    heads = list(itertools.takewhile(_is_heading, rows))
    headings = _headings(table, heads, width)
    said: list[tuple[int, str]] = [(row.at, " data-heads") for row in heads if not row.in_head]
    reaching: list[tuple[_Cell, int]] = []  # cells that reach into the rows below them, and into how many more
    for row in rows[len(heads) :]:
        said.append((row.at, _reached(table, row, [cell for cell, _left in reaching], headings)))
        for cell in row.cells:
            is_named = cell.tag == "td" and (
                len(row.cells) > 1 or cell.columns == 1
            )  # else a heading of the rows below
            said.append((cell.at, _attribute("label", [_name(cell, headings)] if is_named else [])))
        reaching = [(cell, left - 1) for cell, left in reaching if left > 1]
        reaching += [(cell, cell.rows - 1) for cell in row.cells if cell.rows > 1]
    for at, attribute in sorted(said, reverse=True):
        table = table[:at] + attribute + table[at:]
    return table


def _is_heading(row: _Row) -> bool:
    return row.in_head or all(cell.tag == "th" for cell in row.cells)


def _headings(table: str, heads: list[_Row], width: int) -> dict[int, str]:
    """By column: its headings from the top down, as one line. A cell over all columns is a title, and none of them."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in heads:
        for cell in (cell for cell in row.cells if cell.columns < width):
            for column in range(cell.column, cell.column + cell.columns):
                found[column].append(_said(table[cell.start : cell.end]))
    return defaultdict(str, {column: ", ".join(filter(None, names)) for column, names in found.items()})


def _reached(table: str, row: _Row, cells: list[_Cell], headings: dict[int, str]) -> str:
    """What a row says of the cells that reach into it: those before its own are its heading, those behind follow it."""
    first = min((cell.column for cell in row.cells), default=0)
    texts = [(cell, _said(table[cell.start : cell.end])) for cell in cells]
    before = [text for cell, text in texts if cell.column < first]
    behind = [": ".join(filter(None, (_name(cell, headings), text))) for cell, text in texts if cell.column >= first]
    return _attribute("label", before) + _attribute("also", behind)


def _name(cell: _Cell, headings: dict[int, str]) -> str:
    over = (headings[column] for column in range(cell.column, cell.column + cell.columns))
    return "; ".join(dict.fromkeys(filter(None, over)))


def _attribute(name: str, texts: list[str]) -> str:
    text = "; ".join(filter(None, texts))
    return f' data-{name}="{html.escape(text)}"' if text else ""


def _said(cell: str) -> str:
    return plain(_STRUCK.sub("", cell), LABEL_LIMIT)
