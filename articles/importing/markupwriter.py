"""Words and items as the allowed HTML."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_BOLD = re.compile(r"\*\*(?=\S)([^*]{1,300}?)(?<=\S)\*\*")
_COLUMN = 'th scope="col"'


@dataclass(frozen=True, slots=True)
class Entry:
    """One list item before it is written: how deep, with numbers or bullets, its HTML, plain words and line."""

    depth: int
    ordered: bool
    html: str
    text: str
    line: int


def escaped(text: str) -> str:
    """Plain text as HTML; `**bold**` of Markdown as strong."""
    return _BOLD.sub(r"<strong>\1</strong>", html.escape(text, quote=False))


def paragraph(text: str) -> str:
    """Text as one paragraph."""
    return f"<p>{escaped(text)}</p>"


def nested_list(entries: Sequence[Entry]) -> str:
    """Entries as nested lists; a level is never skipped."""
    out: list[str] = []
    open_tags: list[str] = []
    for entry in entries:
        tag = "ol" if entry.ordered else "ul"
        depth = min(entry.depth, len(open_tags))
        while len(open_tags) > depth + 1:
            out.append(f"</li></{open_tags.pop()}>")
        if len(open_tags) == depth + 1 and open_tags[-1] != tag:
            out.append(f"</li></{open_tags.pop()}>")
        elif len(open_tags) == depth + 1:
            out.append("</li>")
        if len(open_tags) == depth:
            open_tags.append(tag)
            out.append(f"<{tag}>")
        out.append(f"<li>{entry.html}")
    while open_tags:
        out.append(f"</li></{open_tags.pop()}>")
    return "".join(out)


def table(rows: Sequence[Sequence[str]], *, header: bool) -> str:
    """Rows of plain text as a table; the first row heads the columns if `header`."""
    head = f"<thead>{_row(rows[0], _COLUMN, 'th')}</thead>" if header else ""
    body = "".join(_row(row, "td", "td") for row in rows[1 if header else 0 :])
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _row(cells: Sequence[str], start: str, end: str) -> str:
    return f"<tr>{''.join(f'<{start}>{escaped(cell)}</{end}>' for cell in cells)}</tr>"
