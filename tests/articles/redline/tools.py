"""Reading a redline back: what it keeps of the old text, and what of the new."""

import html
import re

from articles import markup

_UNSEEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')
_NOTE = re.compile(r' ?<span class="redline-note">.*?</span>')
_FORMAT = re.compile(r'<(/?)mark( class="redline-format")?>')
_BREAK = re.compile(r"<br>|</?(?:p|h3|h4|ul|ol|li|table|tr|th|td)(?: [^>]*)?>")


def shown(redlined: str) -> str:
    """The redline without what only screen readers hear: [-went-] and [+came+] and {remarks}."""
    said = _UNSEEN.sub("", redlined)
    said = re.sub(r"<del>(.*?)</del>", r"[-\1-]", said)
    said = re.sub(r"<ins>(.*?)</ins>", r"[+\1+]", said)
    said = re.sub(r' ?<span class="redline-note">\[(.*?)\]</span>', r"{\1}", said)
    return re.sub(r"<mark[^>]*>|</mark>", "", said)


def _words(side: str) -> list[str]:
    spoken = re.sub(r"</?su[bp]>", " ", _BREAK.sub(" ", side)).replace("↵", " ")
    return html.unescape(re.sub(r"<[^>]*>", "", spoken)).split()


def old_words(redlined: str) -> list[str]:
    """Words of the old text, as far as the redline has them."""
    return _words(re.sub(r"<ins>.*?</ins>", " ", _NOTE.sub("", _UNSEEN.sub("", redlined))))


def new_words(redlined: str) -> list[str]:
    """Words of the new text, as far as the redline has them."""
    return _words(re.sub(r"<del>.*?</del>", " ", _NOTE.sub("", _UNSEEN.sub("", redlined))))


def said(source: str) -> list[str]:
    """Words of a text as its redline shows them, citations with place and quote."""
    mark = r'<cite(?: data-locator="([^"]*)")?(?: data-quote="([^"]*)")? data-source="([^"]*)"></cite>'
    named = re.sub(mark, _named, markup.clean(source))
    return markup.text(re.sub(r"</?su[bp]>", " ", named)).split()


def _named(mark: re.Match[str]) -> str:
    label = f" [{', '.join(filter(None, (mark[3], mark[1])))}] "
    return f"{label}“{mark[2]}” " if mark[2] else label
