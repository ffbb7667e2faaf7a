"""A plain-text manuscript to a Document."""

from datetime import date

from django.utils.translation import gettext as _

from articles.importing import bibliography, language, layout, lines, sayings, titles
from articles.importing.manuscript import Document, Refused, refuse_length

MOST_LINES = 10_000


def read(text: str, name: str, *, today: date) -> Document:
    """Read decoded text. Raises Refused for a manuscript without a title."""
    numbered = lines.numbered(text)
    refuse_length(text, name)
    if len(numbered) > MOST_LINES:
        message = _("%(name)s: more than %(most)d lines (line %(line)d on). Split it and import the parts.")
        raise Refused(message % {"name": name, "most": MOST_LINES, "line": MOST_LINES + 1})
    title, rest = titles.take(lines.unwrapped(numbered), name)
    said, kept = sayings.collect(rest, today=today)
    left, listed = bibliography.from_lines([rest[place] for place in kept])
    blocks = layout.blocks(left)
    return Document(
        file_name=name,
        title=title,
        language=language.of(title, blocks),
        blocks=tuple(blocks),
        dates=tuple(said.dates),
        review=said.review,
        references=listed.printed,
        sources=listed.sources,
        leftovers=(*said.leftovers, *listed.leftovers),
        notes=tuple(said.notes),
    )
