"""A Document to a Manuscript: markers become citations, blocks become sections, and what is odd is said."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import markup
from articles.content import Content, SectionContent
from articles.importing import markers, naming, sections
from articles.importing.manuscript import PROPOSED, Block, Document, Leftover, Manuscript, Part, Refused
from articles.importing.markupwriter import escaped

_MARK = re.compile(r"\[\d[\d,\s–-]*\]")
MOST_BLOCKS = 10_000
_OPENING_BLOCKS, _OPENING_LENGTH = 8, 1500


def assemble(document: Document, *, sha256: str, note: str = "") -> Manuscript:
    """The whole. Raises Refused where the document has no words of its own."""
    _refuse_length(document)
    keys = {entry.number: entry.key for entry in document.references.entries}
    blocks, unknown = markers.applied(_after_title(document), keys)
    if not any(block.text for block in blocks if block.kind != "heading"):
        raise _without_words(document)
    opening = _opening(blocks)
    aliases = naming.aliases(document.title, opening)
    names = (naming.in_sentence(document.title, opening), *(alias.name for alias in aliases))
    parts = sections.arrange(blocks, names=names, language=document.language)
    content = Content(
        title=document.title,
        summary=_body(parts[0], document.file_name),
        language=document.language,
        sections=tuple(_section(part, document.file_name) for part in parts[1:]),
        sources=document.sources,
    )
    uncited = tuple(source.key for source in content.sources if source.key not in content.cited_keys())
    notes = [note, *document.notes, *_notes(document, parts, uncited, unknown)]
    return Manuscript(
        content=content,
        file_name=document.file_name,
        sha256=sha256,
        aliases=aliases,
        printed_dates=document.dates,
        review=document.review,
        parts=parts,
        references=document.references,
        uncited=uncited,
        leftovers=tuple(sorted(document.leftovers, key=lambda rest: rest.line)),
        notes=tuple(filter(None, notes)),
    )


def _refuse_length(document: Document) -> None:
    if len(document.blocks) > MOST_BLOCKS:
        line = document.blocks[MOST_BLOCKS].line
        message = _("%(name)s: more than %(most)d paragraphs (line %(line)d on). Split it and import the parts.")
        raise Refused(message % {"name": document.file_name, "most": MOST_BLOCKS, "line": line})


def _after_title(document: Document) -> Sequence[Block]:
    """Pages often print their title twice."""
    blocks = list(document.blocks)
    while blocks and blocks[0].text.casefold() == document.title.casefold():
        blocks.pop(0)
    return blocks


def _without_words(document: Document) -> Refused:
    line = document.references.first_line or 1
    if document.references.entries:
        message = _("%(name)s: only a title and references (line %(line)d on). Add the text of the page.")
    else:
        message = _("%(name)s: no text after the title (line %(line)d). Add the text of the page.")
    return Refused(message % {"name": document.file_name, "line": line})


def _opening(blocks: Sequence[Block]) -> list[str]:
    """Sentences of the first paragraphs, where a page says what else its subject is called."""
    texts = [_MARK.sub("", block.text[:_OPENING_LENGTH]) for block in blocks if block.kind == "paragraph"][
        :_OPENING_BLOCKS
    ]
    return [sentence for text in texts for sentence in markup.sentences(text)]


def _section(part: Part, name: str) -> SectionContent:
    return SectionContent(anchor=part.anchor, heading=part.heading, body=_body(part, name), kind=part.kind)


def _body(part: Part, name: str) -> str:
    try:
        return markup.clean("".join(_html(block) for block in part.blocks))
    except markup.TooDeep as reason:
        message = _("%(name)s: %(reason)s (from line %(line)d). Save the page again as plain text.")
        raise Refused(message % {"name": name, "reason": reason, "line": part.line}) from reason


def _html(block: Block) -> str:
    if block.kind != "heading":
        return block.html
    level = 3 if block.level <= 3 else 4
    return f"<h{level}>{block.html or escaped(block.text)}</h{level}>"


def _notes(document: Document, parts: Sequence[Part], uncited: Sequence[str], unknown: Sequence[str]) -> Iterator[str]:
    numbers = [entry.number for entry in document.references.entries if entry.key in uncited]
    if numbers:
        yield ngettext(
            "Reference %s is not cited anywhere in the text.",
            "References %s are not cited anywhere in the text.",
            len(numbers),
        ) % ", ".join(map(str, numbers))
    for marker in unknown:
        yield _("The marker %s in the text has no reference in the list; it stays as text.") % marker
    for part in parts:
        if not part.blocks and part.heading:
            yield _("The section “%s” came in empty. Fill it or delete it.") % part.heading
    proposed = sum(part.origin == PROPOSED for part in parts)
    if proposed:
        yield (
            ngettext(
                "%d heading is a proposal. Confirm or change it.",
                "%d headings are proposals. Confirm or change them.",
                proposed,
            )
            % proposed
        )
    yield from _leftover_notes(document.leftovers)


def _leftover_notes(leftovers: Sequence[Leftover]) -> Iterator[str]:
    if leftovers:
        yield ngettext(
            "%d piece of text was left out of the page and is kept with the draft.",
            "%d pieces of text were left out of the page and are kept with the draft.",
            len(leftovers),
        ) % len(leftovers)
