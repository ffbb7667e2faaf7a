"""The body of an HTML page as blocks, in order, and the site furniture around them as leftovers."""

import re
from collections.abc import Iterator

from lxml import etree

from articles import markup
from articles.importing import bylines, dates, headings, htmllists, markupwriter
from articles.importing.htmlbullets import begins_with_bullet
from articles.importing.htmlinline import Inline, Links
from articles.importing.htmltree import UNSEEN, Element, is_furniture, line_of, lists_references, tag, words
from articles.importing.manuscript import Block, Leftover
from articles.importing.titles import LONGEST

_HEADING, _FOLDED = re.compile(r"h[1-6]"), 7
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s"
    " samp small span"
    " strike strong sub sup time tt u var wbr".split()
)
_BR = re.compile(r"(?:\s*<br>\s*)+")
_EMPTY_LINE = re.compile(r"<br>(?:\s*<br>)+")
_ALL_BOLD = re.compile(r"<strong>([^<]{2,90})</strong>:?")


class Walker:
    """Walks a tree once, without recursion, and gathers blocks and leftovers."""

    def __init__(self, links: Links, title: Element | None = None) -> None:
        self.links = links
        self.title = title  # the page's name does not stand in its text as well
        self.blocks: list[Block] = []
        self.leftovers: list[Leftover] = []
        self.images = 0
        self._inline = Inline(links)
        self._heading = 0
        self._skipped: Element | None = None

    def walk(self, root: Element) -> None:
        """Read everything under `root`."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            if event == "start" and self._whole(element, root):
                steps.skip_subtree()
                self._skipped = element
            elif event == "start":
                self._start(element)
            elif element is not self._skipped:
                self._end(element)
            if event == "end" and element is not root:
                self._inline.data(element.tail, line_of(element))
        self._flush()

    def _whole(self, element: Element, root: Element) -> bool:
        """Take an element whole: unseen, furniture, list, table. Returns whether it was."""
        name = tag(element)
        if name in UNSEEN or not name or element is self.title:
            return True
        if element is root or self._heading:
            return False
        if _is_button(element) or is_furniture(element) or element.get("hidden") is not None:
            self._flush()
            self.leave(element)
            return True
        if name in ("ul", "ol", "table") and not htmllists.is_transparent(element):
            self._flush()
            read = htmllists.table_block if name == "table" else htmllists.list_block
            self._add(read(element, self.links), element)
            return True
        return False

    def _add(self, block: Block | None, element: Element) -> None:
        if block is None:
            return
        if block.kind == "list" and all(_speaks_of_page(item.text) for item in block.items):
            self.blocks += [_paragraph(markupwriter.escaped(item.text), item.line) for item in block.items]
            return
        self.blocks += [Block(kind="references", line=block.line)] if lists_references(element) else []
        self.blocks.append(block)

    def leave(self, element: Element) -> None:
        """Report an element's words as left out."""
        text = words(element)
        if text:
            self.leftovers.append(Leftover(line_of(element), text))

    def _start(self, element: Element) -> None:
        name = tag(element)
        if name == "img":
            self._image(element)
        elif _level(element) and not self._heading:
            self._flush()
            self._heading = _level(element)
        elif _is_inline(name):
            self._inline.start(element)
        elif not self._heading:
            self._flush()
        self._inline.data(element.text, line_of(element))

    def _end(self, element: Element) -> None:
        name = tag(element)
        if self._heading and _level(element) == self._heading:
            self._flush()
            self._heading = 0
        elif _is_inline(name):
            self._inline.end(element)
        elif not self._heading:
            self._flush()
        elif name != "img":
            self._inline.data(" ", 0)

    def _image(self, element: Element) -> None:
        self.images += 1
        described = " ".join((element.get("alt") or "").split())
        if described:
            self.leftovers.append(Leftover(line_of(element), described))

    def _flush(self) -> None:
        made, line = self._inline.taken()
        if not line:
            return
        if self._heading:
            self.blocks.append(_heading_block(made, line, self._heading))
        else:
            self.blocks += _paragraphs(made, line)


def _is_inline(name: str) -> bool:
    # Word processors mark places and dates inside a sentence: <st1:place>.
    return name in _INLINE_TAGS or ":" in name


def _level(element: Element) -> int:
    """Level of a heading; what opens a folded part (<summary>, an accordion's button) heads the lowest. 0: none."""
    name = tag(element)
    if _HEADING.fullmatch(name):
        return int(name[1])
    folds = name == "summary" or (
        name == "button" and ("aria-expanded" in element.attrib or "aria-controls" in element.attrib)
    )
    return _FOLDED if folds and not _holds_heading(element) and len(words(element).split()) > 1 else 0


def _is_button(element: Element) -> bool:
    return tag(element) == "button" and not _level(element) and not _holds_heading(element)


def _holds_heading(element: Element) -> bool:
    return next(element.iter("h2", "h3", "h4", "h5"), None) is not None


def _speaks_of_page(text: str) -> bool:
    return bool(bylines.read(text) or dates.only_date(text) or bylines.is_unfinished(text))


def _plain(made: str) -> str:
    return " ".join(markup.text(f"<p>{made}</p>").split())


def _heading_block(made: str, line: int, level: int) -> Block:
    flat = _BR.sub(" ", made)
    return Block(kind="heading", line=line, text=_plain(flat), html=flat, level=level)


def _paragraph(made: str, line: int) -> Block:
    return Block(kind="paragraph", line=line, text=_plain(made), html=f"<p>{made}</p>")


def _paragraphs(made: str, line: int) -> Iterator[Block]:
    """One paragraph; several where line breaks part a byline from a date."""
    pieces = [piece for piece in _BR.split(made) if piece.strip()]
    plain = [_plain(piece) for piece in pieces]
    if len(pieces) > 1 and (any(map(_speaks_of_page, plain)) or sum(map(begins_with_bullet, plain)) > 1):
        yield from (_paragraph(piece, line) for piece in pieces)
    else:
        yield from (_paragraph(piece, line) for piece in _EMPTY_LINE.split(made) if _plain(piece))


def with_levels(blocks: list[Block]) -> list[Block]:
    """Headings renumbered without gaps: 2 for a section, 3 and 4 below it. Bold lines serve where there are none."""
    if not any(block.kind == "heading" for block in blocks):
        blocks = [_promoted(block) for block in blocks]
    return headings.renumbered(blocks)


def _promoted(block: Block) -> Block:
    bold = _ALL_BOLD.fullmatch(block.html.removeprefix("<p>").removesuffix("</p>").strip())
    if block.kind != "paragraph" or bold is None or bold[1].rstrip()[-1:] in ".,;":
        return block
    text = block.text.rstrip(":")
    return Block(kind="heading", line=block.line, text=text, html=markupwriter.escaped(text), level=2)


def title_of(root: Element, page: Element) -> tuple[str, Element | None]:
    """The page's title, and the <h1> it stands in; "" if there is none."""
    for place in (page, root):
        for heading in place.iter("h1"):
            text = words(heading)
            if 0 < len(text) <= LONGEST:
                return text, heading
    found = next(root.iter("title"), None)
    return " ".join((found.text or "").split()) if found is not None else "", None
