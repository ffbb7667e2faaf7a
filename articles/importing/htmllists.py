"""Lists and tables of HTML as one block each; layout tables and menus of headings are looked through."""

import re
from dataclasses import replace

from lxml import etree

from articles import markup
from articles.importing import markupwriter
from articles.importing.htmlinline import Inline, Links
from articles.importing.htmltree import UNSEEN, Element, line_of, tag
from articles.importing.manuscript import Block, Item

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
    """A <ul> or <ol> with its nested lists, in the order of the file; None if it holds no words."""
    reader = _ListReader(links)
    steps = etree.iterwalk(element, events=("start", "end"))
    for event, at in steps:
        unseen = tag(at) in UNSEEN or not tag(at)
        if event == "start" and unseen:
            steps.skip_subtree()
        elif event == "start":
            reader.start(at)
        elif not unseen:
            reader.end(at)
        if event == "end" and at is not element:
            reader.inline.data(at.tail, line_of(at))
    made = markup.clean("".join(reader.out))
    items = tuple(item for item in reader.items if item.text)
    if not items:
        return None
    text = "\n".join(item.text for item in items)
    return Block(kind="list", line=items[0].line, text=text, html=made, ordered=tag(element) == "ol", items=items)


class _ListReader:
    """Writes a list as it is read, and keeps each item's own words."""

    def __init__(self, links: Links) -> None:
        self.inline = Inline(links)
        self.out: list[str] = []
        self.items: list[Item] = []
        self.open: list[int] = []

    def start(self, element: Element) -> None:
        name = tag(element)
        if name in ("ul", "ol", "li"):
            self._flush()
            self.out.append(f"<{name}>")
        if name == "li":
            self.open.append(len(self.items))
            self.items.append(Item("", line_of(element), _address(element)))
        elif name in _BREAKS:
            self.inline.pieces.append("<br>")
        else:
            self.inline.start(element)
        self.inline.data(element.text, line_of(element))

    def end(self, element: Element) -> None:
        name = tag(element)
        if name in ("ul", "ol", "li"):
            self._flush()
            self.out.append(f"</{name}>")
            self.open = self.open[:-1] if name == "li" else self.open
        elif name in _BREAKS:
            self.inline.pieces.append("<br>")
        else:
            self.inline.end(element)

    def _flush(self) -> None:
        made = _BREAKS_AROUND.sub("", _BREAKS_IN.sub("<br>", self.inline.taken()[0]))
        text = " ".join(markup.text(markup.clean(made)).split())
        if not text:
            return
        self.out.append(made if self.open else f"<li>{made}</li>")
        if self.open:
            item = self.items[self.open[-1]]
            self.items[self.open[-1]] = replace(item, text=f"{item.text} {text}".strip())
        else:
            self.items.append(Item(text, self.items[-1].line if self.items else 0))


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
