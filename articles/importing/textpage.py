"""A plain-text manuscript to a Document."""

from datetime import date

from articles.importing import bibliography, language, layout, lines, sayings, titles
from articles.importing.manuscript import Document


def read(text: str, name: str, *, today: date) -> Document:
    """Read decoded text. Raises Refused for a manuscript without a title."""
    title, rest = titles.take(lines.unwrapped(lines.numbered(text)), name)
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
