"""The title of a plain-text manuscript: the first line that can be one."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from articles.importing import bylines, chrome, dates, topics
from articles.importing.lines import RULE, Line, is_closed
from articles.importing.manuscript import Refused

LONGEST = 200
_LABEL = re.compile(r"(?:title|título)\s*:\s*(?=\S)", re.I)
_MARKDOWN = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_MOST_WORDS, _FEW_WORDS = 14, 4
_SITE = re.compile(r"\s+(?:[|»·]|–|—|-)\s+[^|»·–—]{2,60}$")


def take(lines: Sequence[Line], name: str) -> tuple[str, list[Line]]:
    """The title and the lines without it. Raises Refused where the first words are no title."""
    for place, line in enumerate(lines):
        if not line.text or _comes_before(line.text):
            continue
        title = _bare(line.text)
        if not _can_be_title(title):
            raise missing(name, _("line %d") % line.number)
        rest = list(lines[place + 1 :])
        if rest and RULE.fullmatch(rest[0].text):
            rest = rest[1:]
        return title, [*lines[:place], *rest]
    raise missing(name, _("line %d") % 1)


def missing(name: str, place: str) -> Refused:
    """The refusal of a manuscript without a title."""
    message = _("%(name)s: no title (%(place)s). Put the title of the page alone on the first line.")
    return Refused(message % {"name": name, "place": place})


def without_site(title: str) -> str:
    """`Acute leukemia | Example Hospital` names the page and the site it stood on."""
    return _SITE.sub("", title)


def _comes_before(text: str) -> bool:
    return bool(chrome.is_chrome(text) or RULE.fullmatch(text) or dates.only_date(text) or bylines.read(text))


def _bare(text: str) -> str:
    marked = _MARKDOWN.fullmatch(text)
    return _LABEL.sub("", marked[1] if marked else text, count=1).strip()


def _can_be_title(text: str) -> bool:
    if not 2 <= len(text) <= LONGEST or "://" in text or not any(c.isalnum() for c in text):
        return False
    words = text.split()
    if topics.is_references_heading(text) or len(words) > _MOST_WORDS * 2:
        return False
    return not is_closed(text) or text[-1] in "?!" or len(words) <= _FEW_WORDS or "." in words[-1][:-1]
