"""What a visitor of a page reads, and a fingerprint by which its text is known again. Pure.

The fingerprint has two halves (docs/source-health.md says why). The first is a simhash of the words of the main text,
four at a time: two texts that share most of their words differ in few of its 64 bits. The second is a hash of the
figures that have a unit; there, one that differs is news. Dates, times and the words around them are left out.
"""

import re
from hashlib import blake2b
from typing import Any

from lxml import etree

from references.looking import Page

_OPENING = 3000  # characters
_MOST = 60_000  # characters, about ten thousand words; more is a book, and its beginning will do
_LEAST = 30  # words; fewer are no text to know again
_NEAR = 6  # bits of 64 in which two texts may differ and still be the same to us
_SHINGLE = 4

# Not `head`: to a parser that does not know <main>, a page without <body> is all head.
_UNSEEN = "script style noscript template svg iframe object title select option button".split()
_AROUND = "nav header footer aside form".split()  # the house around the text, in which news and dates change daily
_MAIN = "//main | //*[@role='main'] | //article"
_PAID = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(
    rf"\b(?=[jfmasond\d])(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH},?(?:\s+\d{{4}})?|{_MONTH}\s+\d{{4}}"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?"
    r"|\d+\s+(?:second|minute|hour|day|week|month|year)s?\s+ago)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d[\d.,]*\s?(?:%|percent|mcg|mg|µg|μg|kg|g|ml|dl|l|iu|units?|mmol|mm\s?hg|years?|months?|weeks?|days?|hours?)\b"
    r"|\d[\d.,]*\s?%",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# Eight counters of 16 bits in one number, one for each bit of a byte: adding them is adding one number.
_LANES = tuple(sum(((byte >> bit) & 1) << (16 * bit) for bit in range(8)) for byte in range(256))


def read(body: bytes, charset: str = "") -> Page:
    """The page in these bytes; an empty one if there is none."""
    tree = _tree(body, charset)
    if tree is None:
        return Page()
    title = _line(tree.findtext(".//title") or "")
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    heading = _line(" ".join(tree.xpath("string((//h1)[1])").split()))
    etree.strip_elements(tree, *_AROUND, with_tail=False)
    main = max((_line(" ".join(part.itertext())) for part in tree.xpath(_MAIN)), key=len, default="")
    text = main if len(main) > 200 else _line(" ".join(tree.itertext()))
    words = len(text.split())
    return Page(title, heading, text[:_OPENING], words, fingerprint(text), free=_PAID.search(body) is None)


def fingerprint(text: str) -> str:
    """`simhash-figures` in hexadecimal; "" if the text is too short."""
    text = _DATES.sub(" ", text[:_MOST])
    words = _WORD.findall(text.casefold())
    if len(words) < _LEAST:
        return ""
    figures = sorted({"".join(found.split()).casefold().rstrip(".,") for found in _FIGURE.findall(text)})
    return f"{_simhash(words):016x}-{blake2b(' '.join(figures).encode(), digest_size=4).hexdigest()}"


def differs(one: str, other: str) -> bool:
    """Whether two fingerprints are those of different texts. With one that is missing, nobody knows: no."""
    if not one or not other:
        return False
    (words, figures), (others, other_figures) = one.split("-"), other.split("-")
    return figures != other_figures or (int(words, 16) ^ int(others, 16)).bit_count() > _NEAR


def _simhash(words: list[str]) -> int:
    found = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    lanes = [0] * 8
    for shingle in found:
        for place, byte in enumerate(blake2b(shingle.encode(), digest_size=8).digest()):
            lanes[place] += _LANES[byte]
    half = len(found) / 2
    bits = ((lane >> (16 * bit)) & 0xFFFF > half for lane in lanes for bit in range(8))
    return sum(1 << place for place, is_set in enumerate(bits) if is_set)


def _tree(body: bytes, charset: str) -> Any:  # its stubs say of xpath that it may give anything
    try:
        "".encode(charset or "ascii")
        parser = etree.HTMLParser(encoding=charset or None, remove_comments=True, remove_pis=True)
    except LookupError:  # a charset that nobody knows
        parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _line(text: str) -> str:
    return " ".join(text.split())
