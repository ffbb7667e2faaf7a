"""Cleaned HTML as a flat list of blocks of words, the form in which two texts are compared."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

from articles import markup

_MARKS = "\"'(),.:;?!\\[\\]{}«»“”‘’„…—–"
_WORD = re.compile(rf"[^\s{_MARKS}](?:[^\s{_MARKS}]|[.,:;'’](?=[^\s{_MARKS}]))*|[{_MARKS}]")

_LINES = frozenset({"p", "h3", "h4", "li", "td", "th"})


class Token(NamedTuple):
    """A word, a punctuation mark, a line break or a citation. Tokens with equal keys are the same words."""

    key: tuple[str, str]
    shown: str
    spaced: bool
    formats: tuple[str, ...]


@dataclass(slots=True)
class Cell:
    """A run of tokens: a whole block, or one cell of a table row."""

    tag: str = "td"
    attributes: str = ""
    tokens: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Leaf:
    """One block. `kind` is p, h3, h4, caption, tr, or ul and ol for an item of such a list; `path` the lists and
    tables it stands in, by number."""

    kind: str
    path: tuple[int, ...]
    cells: list[Cell] = field(default_factory=lambda: [Cell()])

    def key(self) -> tuple[object, ...]:
        return (self.kind, *(tuple(token.key for token in cell.tokens) for cell in self.cells))

    def shape(self) -> tuple[object, ...]:
        return (self.kind, len(self.path), *((cell.tag, cell.attributes) for cell in self.cells))


class Reader(HTMLParser):
    """Cleaned HTML as a flat list of blocks. Blocks inside a table cell become lines of that cell."""

    def __init__(self, cleaned: str, labels: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.labels = labels
        self.leaves: list[Leaf] = []
        self.tags: list[str] = []
        self.path: list[int] = []
        self.formats: list[str] = []
        self.leaf: Leaf | None = None
        self.rows = 0
        self.spaced = False
        self.feed(cleaned)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "cite":
            self._cite({name: value or "" for name, value in attrs})
        elif tag == "br":
            self._add(("br", ""), "<br>")
        elif tag == "data":
            pass  # a fact is words; what it stands for is said beside the redline (texts.py)
        elif tag in markup.INLINE:
            href = html.escape(dict(attrs).get("href") or "")
            self.formats.append(f'a href="{href}"' if tag == "a" else tag)
        elif self.rows:
            self._in_row(tag, attrs)
        elif tag in ("ul", "ol", "table"):
            self._enter(tag)
        elif tag == "li":
            self._begin(self.tags[self.path[-1]] if self.path else "ul")
        elif tag in ("p", "h3", "h4", "caption") and not self._fresh_item():
            self._begin(tag)
        elif tag == "tr":
            self.rows = 1
            self._begin("tr").cells = []

    def _in_row(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        if tag in ("td", "th") and self.rows == 1 and self.leaf:
            shown = "".join(f' {name}="{html.escape(value or "")}"' for name, value in sorted(attrs))
            self.leaf.cells.append(Cell(tag, shown))
        elif tag in _LINES and self.leaf and self.leaf.cells and self.leaf.cells[-1].tokens:
            self._add(("br", ""), "<br>")
        self.spaced = False

    def handle_endtag(self, tag: str) -> None:
        if tag in markup.INLINE and tag not in ("cite", "data"):
            opened = [one for one in self.formats if one.split(" ")[0] == tag]
            if opened:
                self.formats.remove(opened[-1])
        elif self.rows:
            self.rows -= tag == "tr"
        elif tag in ("ul", "ol", "table"):
            self.path = self.path[:-1]
            self.leaf = None
        elif tag in markup.BLOCKS:
            self.leaf = None

    def handle_data(self, data: str) -> None:
        at = 0
        for word in _WORD.finditer(data):
            self.spaced = self.spaced or word.start() > at
            self._add((word[0], self._level()), html.escape(word[0], quote=False))
            at = word.end()
        self.spaced = self.spaced or at < len(data)

    def _level(self) -> str:
        return next((one for one in reversed(self.formats) if one in ("sup", "sub")), "")

    def _cite(self, attrs: Mapping[str, str]) -> None:
        key, locator, quote = (attrs.get(f"data-{name}", "") for name in ("source", "locator", "quote"))
        label = ", ".join(part for part in (self.labels.get(key, key), locator) if part)
        shown = f'<cite data-source="{html.escape(key)}">[{html.escape(label, quote=False)}]</cite>'
        said = f"cite {key} {locator}"
        if quote:
            said += f" “{quote}”"
            shown += f' <span class="redline-quote">“{html.escape(quote, quote=False)}”</span>'
        self._add((said, self._level()), shown)

    def _enter(self, tag: str) -> None:
        self.path = [*self.path, len(self.tags)]
        self.tags.append(tag)
        self.leaf = None

    def _fresh_item(self) -> bool:
        return self.leaf is not None and self.leaf.kind in ("ul", "ol") and not self.leaf.cells[0].tokens

    def _begin(self, kind: str) -> Leaf:
        self.leaf = Leaf(kind, tuple(self.path))
        self.leaves.append(self.leaf)
        self.spaced = False
        return self.leaf

    def _add(self, key: tuple[str, str], shown: str) -> None:
        leaf = self.leaf or self._begin("p")
        if not leaf.cells:
            leaf.cells.append(Cell())
        spaced, self.spaced = self.spaced and bool(leaf.cells[-1].tokens), False
        leaf.cells[-1].tokens.append(Token(key, shown, spaced, tuple(dict.fromkeys(self.formats))))
