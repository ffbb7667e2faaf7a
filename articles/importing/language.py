"""The language of a manuscript: what HTML declares, else the small words of English and Spanish, else the script."""

import re
from collections.abc import Sequence
from itertools import islice

from articles.importing.manuscript import Block

_SMALL = {
    "en": frozenset("the of and to in is that for are with you your may or be have this as by on it from".split()),
    "es": frozenset("el la los las de del y que en es un una por con para se su puede como más está son".split()),
}
_SCRIPTS = (("he", "\u0590", "\u05ff"), ("ar", "\u0600", "\u06ff"))
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:-[a-zA-Z0-9]{2,8})*")
_ENOUGH_BLOCKS = 40


def declared(tag: str) -> str:
    """Primary language of an HTML `lang`; "" if it is none."""
    found = _TAG.fullmatch(tag.strip())
    return found[1].lower() if found else ""


def of(title: str, blocks: Sequence[Block]) -> str:
    """`en` unless the words speak clearly for another."""
    text = " ".join([title, *(block.text[:2000] for block in islice(blocks, _ENOUGH_BLOCKS))]).lower()
    letters = sum(map(str.isalpha, text)) or 1
    for code, first, last in _SCRIPTS:
        if sum(first <= c <= last for c in text) * 2 > letters:
            return code
    words = re.findall(r"[^\W\d_]+", text)
    counts = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    return max(counts, key=lambda code: counts[code]) if counts["es"] > counts["en"] * 2 else "en"
