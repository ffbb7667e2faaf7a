"""Rich text that stands outside articles: through the gate once more, without citations, under headings that fit."""

import itertools
import re

from articles import markup
from articles.page import Html
from articles.page.tables import framed
from articles.page.writing import unheaded

_CITE = re.compile(r"<cite [^>]*></cite>")
_HEADING = re.compile(r"(</?h)([34])>")


def under_title(stored: str) -> Html:
    """Text of a whole page: its headings follow the page's own h1, without a skipped level."""
    text = _clean(stored)
    start = text.find("<h3>")
    head, rest = (text, "") if start < 0 else (text[:start], text[start:])
    lifted = _HEADING.sub(r"\g<1>2>", head) + _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) - 1}>", rest)
    return Html(framed(lifted, itertools.count(1)))


def flat(stored: str) -> Html:
    """Text without headings: they are paragraphs in bold type."""
    return Html(framed(unheaded(_clean(stored)), itertools.count(1)))


def _clean(stored: str) -> str:
    return _CITE.sub("", markup.unmarked(markup.clean(stored)))
