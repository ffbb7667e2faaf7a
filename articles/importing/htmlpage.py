"""An HTML page to a Document."""

import re
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing import bibliography, htmlblocks, htmlbullets, htmltree, language, sayings, titles
from articles.importing.htmlinline import Links, base_of
from articles.importing.htmltree import Element
from articles.importing.lines import Line
from articles.importing.manuscript import Block, Document, Leftover, Refused, refuse_length

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)


def declared_charset(data: bytes) -> str:
    """The encoding that the page itself names, lower case; "" if it names none."""
    found = _CHARSET.search(data[:2048])
    return found[1].decode("ascii").lower() if found else ""


def read(text: str, name: str, *, today: date) -> Document:
    """Read decoded HTML. Raises Refused for a page without title or words, or nested too deep."""
    root = htmltree.parse(text, name)
    refuse_length(htmltree.words(root), name)
    page = htmltree.scope(root)
    title, heading = htmlblocks.title_of(root, page)
    if not title:
        raise _untitled(name)
    if heading is None:
        title = titles.without_site(title)
    walker = htmlblocks.Walker(Links(base_of(root)), title=heading)
    _outside(walker, root, page, heading)
    walker.walk(page)
    blocks, said = _without_sayings(htmlblocks.with_levels(htmlbullets.gathered(walker.blocks)), today)
    blocks, listed = bibliography.from_blocks(blocks)
    notes = [*said.notes, *_notes(walker)]
    if heading is None:
        notes.append(_("The page has no heading of its own; its title is the browser title “%s”.") % title)
    return Document(
        file_name=name,
        title=title,
        language=language.declared(root.get("lang") or "") or language.of(title, blocks),
        blocks=tuple(blocks),
        dates=tuple(said.dates),
        review=said.review,
        references=listed.printed,
        sources=listed.sources,
        leftovers=(*walker.leftovers, *said.leftovers, *listed.leftovers),
        notes=tuple(notes),
    )


def _untitled(name: str) -> Refused:
    message = _("%s: no title (no <h1> and no <title> in the page). Give the page a first heading.")
    return Refused(message % name)


def _outside(walker: htmlblocks.Walker, root: Element, page: Element, heading: Element | None) -> None:
    """What stands outside the page's own element is the site's."""
    body = next(root.iter("body"), root)
    if page is body:
        return
    kept = {page, *page.iterancestors(), *([] if heading is None else [heading])}
    for above in page.iterancestors():
        if above is root:
            break
        for beside in above:
            if beside not in kept and htmltree.tag(beside) not in htmltree.UNSEEN and htmltree.tag(beside):
                walker.leave(beside)
        for loose in (above.text, *(child.tail for child in above)):
            if loose and loose.strip():
                walker.leftovers.append(Leftover(htmltree.line_of(above), " ".join(loose.split())))


def _without_sayings(blocks: list[Block], today: date) -> tuple[list[Block], sayings.Sayings]:
    lines = [Line(block.line, block.text, raw=block.text) for block in blocks]
    said, kept = sayings.collect(lines, today=today, apart=True)
    return [blocks[place] for place in kept], said


def _notes(walker: htmlblocks.Walker) -> list[str]:
    pictures = ngettext(
        "%d picture was left out; its description is kept.",
        "%d pictures were left out; their descriptions are kept.",
        walker.images,
    )
    links = ngettext(
        "%d link within the old site was left out; its words are kept.",
        "%d links within the old site were left out; their words are kept.",
        walker.links.dropped,
    )
    counted = ((pictures, walker.images), (links, walker.links.dropped))
    return [message % count for message, count in counted if count]
