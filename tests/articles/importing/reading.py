"""Verbs for the tests of importing: read a text or a page, and compare what went in with what was kept."""

import re
import unicodedata
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from articles import importing, markup
from articles.importing.manuscript import Manuscript

TODAY = date(2026, 11, 23)
PAGES = Path(__file__).parent / "pages"
_WORD = re.compile(r"[^\W\d_]+|\d+")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNSEEN = {"script", "style", "noscript", "template", "iframe", "svg", "math", "object", "head", "title"}
_INLINE = set("a abbr b big cite code em font i q s small span strong sub sup u var time".split())


def read(text: str | bytes, name: str = "page.txt") -> Manuscript:
    data = text.encode() if isinstance(text, str) else text
    return importing.read(data, name, today=TODAY)


def page(name: str) -> Manuscript:
    return importing.read((PAGES / name).read_bytes(), name, today=TODAY)


def body(manuscript: Manuscript, anchor: str) -> str:
    return next(section.body for section in manuscript.content.sections if section.anchor == anchor)


def headings(manuscript: Manuscript) -> list[str]:
    return [section.heading for section in manuscript.content.sections]


def words(text: str) -> Counter[str]:
    return Counter(sequence(text))


def sequence(text: str) -> list[str]:
    """Words and numbers in order; those that the print runs together (`htmlAmerican`, `virus2`) count one by one."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", text.translate(_RAISED)))
    return _WORD.findall(apart)


def in_order(source: str, manuscript: Manuscript) -> bool:
    """Whether the page's own words stand in the order of the file."""
    rest = iter(sequence(source))
    return all(word in rest for word in sequence(_page_words(manuscript)))


def _page_words(manuscript: Manuscript) -> str:
    content = manuscript.content
    proposed = manuscript.proposed_headings
    pieces = [content.title, markup.text(content.summary)]
    for section in content.sections:
        pieces += ["" if section.anchor in proposed else section.heading, markup.text(section.body)]
    return "\n".join(pieces)


def kept(manuscript: Manuscript) -> str:
    """Everything a manuscript still says, each citation mark as the number it was printed as."""
    numbers = {entry.key: entry.number for entry in manuscript.references.entries}
    content = manuscript.content
    bodies = [content.summary, *(section.body for section in content.sections)]
    cited = [re.sub(r'<cite data-source="([^"]*)"></cite>', lambda m: f" {numbers[m[1]]} ", body) for body in bodies]
    review = manuscript.review
    return "\n".join(
        [
            content.title,
            *(section.heading for section in content.sections),
            *map(markup.text, cited),
            manuscript.references.heading,
            *(entry.raw for entry in manuscript.references.entries),
            *(str(entry.number) for entry in manuscript.references.entries),
            *(rest.text for rest in manuscript.leftovers),
            *(day.statement for day in manuscript.printed_dates),
            review.statement if review else "",
        ]
    )


def lost(source: str, manuscript: Manuscript) -> dict[str, int]:
    """Words of the source that the manuscript does not have, or has less often."""
    return dict(words(source) - words(kept(manuscript)))


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += [tag] if tag in _UNSEEN else []
        self.pieces += [] if tag in _INLINE else [" "]

    def handle_endtag(self, tag: str) -> None:
        if self.unseen and self.unseen[-1] == tag:
            self.unseen.pop()
        self.pieces += [] if tag in _INLINE else [" "]

    def handle_data(self, data: str) -> None:
        self.pieces += [] if self.unseen else [data]


def visible(html: str) -> str:
    """The words of a page, found by other means than the importer's."""
    parser = _Visible()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces)
