"""Running text inside a block of HTML: the allowed inline tags, links that lead somewhere, collapsed white space."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from articles.importing.htmltree import Element, tag

_SAME = {"b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em"}
INLINE = frozenset({"strong", "em", "sub", "sup", "a"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
# A glossary pop-up opens on the old site only.
_POPUP = re.compile(r"popDefinition|/dictionar|/glossary|javascript:", re.I)


@dataclass
class Links:
    """How links are read: the page's own address, and how many led nowhere without it."""

    base: str = ""
    dropped: int = 0

    def target(self, element: Element) -> str:
        """An absolute, mailto, tel or in-page address; "" for one that cannot be followed from here."""
        href = (element.get("href") or "").strip()
        if not href or _POPUP.search(href) or "definition" in (element.get("class") or ""):
            return ""
        if href.startswith("#") or href.lower().startswith(("http://", "https://", "mailto:", "tel:")):
            return href
        if self.base and not re.match(r"[a-z][a-z0-9+.-]*:", href, re.I):
            return urljoin(self.base, href)
        self.dropped += 1
        return ""


@dataclass
class Inline:
    """A buffer of inline HTML for the block that is being read."""

    links: Links
    pieces: list[str] = field(default_factory=list)
    open: list[tuple[str, str, int]] = field(default_factory=list)  # name, start tag, its place in the pieces
    line: int = 0

    def start(self, element: Element) -> None:
        """Open an inline tag; others are transparent."""
        name = _SAME.get(tag(element), tag(element))
        if name == "br":
            self.pieces.append("<br>")
        elif name == "a":
            target = self.links.target(element)
            if target and not any(opened == "a" for opened, *_rest in self.open):
                self._push("a", f'<a href="{html.escape(target)}">')
        elif name in INLINE:
            self._push(name, f"<{name}>")

    def _push(self, name: str, start: str) -> None:
        self.open.append((name, start, len(self.pieces)))
        self.pieces.append(start)

    def end(self, element: Element) -> None:
        """Close an inline tag that was opened."""
        name = _SAME.get(tag(element), tag(element))
        if not self.open or self.open[-1][0] != name:
            return
        place = self.open.pop()[2]
        if any(piece.strip() for piece in self.pieces[place + 1 :]):
            self.pieces.append(f"</{name}>")
        else:
            # An empty tag goes, and the space in it stays: it parts two words.
            del self.pieces[place]

    def data(self, text: str | None, line: int) -> None:
        """Add running text."""
        if text:
            if text.strip() and not self.line:
                self.line = line
            self.pieces.append(html.escape(_SPACES.sub(" ", text), quote=False))

    def taken(self) -> tuple[str, int]:
        """The block's inline HTML and its line; tags still open are closed here and opened again after it."""
        closing = "".join(f"</{name}>" for name, *_rest in reversed(self.open))
        made, line = "".join(self.pieces) + closing, self.line
        self.open = [(name, start, place) for place, (name, start, _was) in enumerate(self.open)]
        self.pieces = [start for _name, start, _place in self.open]
        self.line = 0
        return _SPACES.sub(" ", made).strip(), line


def base_of(root: Element) -> str:
    """The page's own address, from <base> or the canonical link; "" if it names none."""
    for found in (*root.iter("base"), *(link for link in root.iter("link") if "canonical" in (link.get("rel") or ""))):
        href = (found.get("href") or "").strip()
        if urlsplit(href).scheme in ("http", "https"):
            return href
    return ""
