"""Lists and tables of HTML as one block each; layout tables and menus of headings are looked through."""

import re
from collections.abc import Iterator

from lxml import etree

from articles import markup
from articles.importing import layout, markupwriter
from articles.importing.htmlinline import Inline, Links
from articles.importing.htmltree import UNSEEN, Element, line_of, tag
from articles.importing.manuscript import Block, Item
from articles.importing.markupwriter import Entry

_HEADINGS = ("h1", "h2", "h3", "h4")
_BREAKS = frozenset({"p", "div", "section", "blockquote", "dt", "dd", "figure", "figcaption", "tr", "pre"})
_BREAKS_IN = re.compile(r"\s*<br>(?:\s*<br>)*\s*")
_BREAKS_AROUND = re.compile(r"^<br>|<br>$")
_TABLE = frozenset({"caption", "thead", "tbody", "tfoot", "tr", "th", "td"})


def is_transparent(element: Element) -> bool:
    """A list or table that only arranges the page: it holds headings, or another table."""
    if next(element.iter(*_HEADINGS), None) is not None:
        return True
    if tag(element) == "table":
        cells = max((len(row.findall("td")) + len(row.findall("th")) for row in element.iter("tr")), default=0)
        return cells <= 1 or element.find(".//table") is not None
    return element.find(".//table") is not None


def list_block(element: Element, links: Links) -> Block | None:
    """A <ul> or <ol> with its nested lists; None if it holds no words."""
    entries: list[Entry] = []
    urls: list[str] = []
    for depth, ordered, item in _items(element):
        inline = Inline(links)
        _gather(item, inline)
        made, line = inline.taken()
        made = _BREAKS_AROUND.sub("", _BREAKS_IN.sub("<br>", made))
        text = " ".join(markup.text(made).split())
        if text or not entries:
            entries.append(Entry(depth, ordered, made, text, line or line_of(item)))
            urls.append(_address(item))
    entries = [entry for entry in entries if entry.text]
    if not entries:
        return None
    block = layout.list_block(entries)
    items = tuple(Item(entry.text, entry.line, url) for entry, url in zip(entries, urls, strict=False))
    return Block(kind="list", line=block.line, text=block.text, html=block.html, ordered=block.ordered, items=items)


def _items(element: Element) -> Iterator[tuple[int, bool, Element]]:
    """Depth, whether numbered, and each item in document order."""
    holders: list[str] = []
    for event, at in etree.iterwalk(element, events=("start", "end"), tag=("ul", "ol", "li")):
        if tag(at) != "li":
            holders = [*holders, tag(at)] if event == "start" else holders[:-1]
        elif event == "start" and holders:
            yield len(holders) - 1, holders[-1] == "ol", at


def _gather(item: Element, inline: Inline) -> None:
    """The item's own words: nested lists are items of their own."""
    walk = etree.iterwalk(item, events=("start", "end"))
    for event, at in walk:
        outside = at is not item and (tag(at) in ("ul", "ol") or tag(at) in UNSEEN or not tag(at))
        if event == "start" and outside:
            walk.skip_subtree()
        elif event == "start":
            if at is not item and tag(at) in _BREAKS:
                inline.pieces.append("<br>")
            inline.start(at)
            inline.data(at.text, line_of(at))
        if event == "end":
            if not outside:
                inline.end(at)
            if at is not item:
                inline.pieces += ["<br>"] if tag(at) in _BREAKS or outside else []
                inline.data(at.tail, line_of(at))


def _address(item: Element) -> str:
    """The first outside address that the item links to."""
    hrefs = ((link.get("href") or "").strip() for link in item.iter("a"))
    return next((href for href in hrefs if href.lower().startswith(("http://", "https://"))), "")


def table_block(element: Element, links: Links) -> Block | None:
    """A data table with its caption and spans; None if it holds no words."""
    out: list[str] = ["<table>"]
    walk = etree.iterwalk(element, events=("start", "end"))
    inline = Inline(links)
    for event, at in walk:
        name = tag(at)
        if event == "start" and (name in UNSEEN or not name):
            walk.skip_subtree()
            continue
        if at is element:
            continue
        if event == "start":
            out.append(_opening(at, name)) if name in _TABLE else inline.start(at)
            _cell_text(inline, at.text, breaks=name in _BREAKS)
            continue
        if name in _TABLE:
            out.append(f"{inline.taken()[0]}</{name}>")
        else:
            inline.end(at)
            _cell_text(inline, at.tail, breaks=name in _BREAKS)
    made = markup.clean("".join([*out, inline.taken()[0], "</table>"]))
    text = markup.text(made)
    return Block(kind="table", line=line_of(element), text=text, html=made) if text else None


def _cell_text(inline: Inline, text: str | None, *, breaks: bool) -> None:
    inline.data(f" {text or ''}" if breaks else text, 0)


def _opening(element: Element, name: str) -> str:
    kept = ((key, element.get(key)) for key in ("colspan", "rowspan", "scope"))
    shown = "".join(f' {key}="{markupwriter.escaped(value)}"' for key, value in kept if value and '"' not in value)
    return f"<{name}{shown}>"
