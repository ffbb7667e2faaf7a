"""Addresses and identifiers in a list, also where they touch the next reference or were broken by a line end."""

import re
from collections.abc import Iterator

from references import identifiers
from references.reading.letters import LETTER, LOWER, UPPER

# Read in the text as it is: a full-width stop or bracket ends an address.
_STOP = r"\s<>\"“”«»，。；：（）［］【】、．！？"
_NOTE = r"(?:accessed|retrieved|viewed|last|available|doi|pmid|and|updated|published|cited)(?=[\s:,.])"
# An address goes on in the next line after one of its own signs, or if that line begins with half an address.
_AFTER_SIGN = rf"(?<=[-/_=&?%.])[ \t]*\r?\n[ \t]*(?=[a-z0-9%])(?!(?i:{_NOTE}))(?!\d{{1,3}}[.)]\s)"
_BEFORE_HALF = r"[ \t]*\r?\n[ \t]*(?=[a-z0-9]\w*[-/_=]\w+[-/_=.])(?!\w+\s)"
_SICI = r"<\d+::[^\s<>]+(?:-[ \t]*\r?\n[ \t]*[^\s<>]+)?>"  # of old Wiley DOIs
_REST = rf"(?:[^{_STOP}]|{_SICI}|{_AFTER_SIGN}|{_BEFORE_HALF})+"
_BARE_HOST = r"(?<![\w./@-])(?:www\.(?=\w)|(?:[a-z0-9-]{1,40}\.){1,4}(?:gov|org|com|edu|net|int|uk)/(?=\w))"
URL = rf"(?:(?i:https?://)|{_BARE_HOST}){_REST}"
DOI = rf"(?<![\w./])(?i:10)\.\d{{4,9}}(?:\.\d+)*/{_REST}"
CAPITAL = re.compile(rf"(?<=[{LOWER}\d/)=_.])[{UPPER}](?=[{LETTER}]|['’][{UPPER}]|\.?\s|\.[{UPPER}])")
CAPITAL_AFTER_CAPITAL = re.compile(rf"(?<=[{UPPER}])[{UPPER}](?=[{LOWER}])")
PARTICLE = re.compile(r"(?<=\w)(?:van|von|de|del|di)(?=(?:\s(?:der?|den|la))?\s[A-Z])")
_SCHEME = re.compile(r"(?i)https?://")
_ADDRESS = re.compile(rf"{URL}|{DOI}")


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of unbroken address text (URL or DOI), with whatever touches them."""
    stop = len(text) if end is None else end
    position = start
    while match := _ADDRESS.search(text, position, stop):
        begin, position = match.span()
        inner = _SCHEME.search(text, begin + 8, position)
        if inner and text[inner.start() - 1] not in "/=?&%":
            position = inner.start()
        yield begin, position


def clean(run: str) -> str:
    """The address alone: joined again, without the sentence's punctuation."""
    address = re.sub(r"\s+", "", run)
    return identifiers.trim_punctuation(address)
