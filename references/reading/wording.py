"""Texts of reference files: on one line, without markup, with their entities decoded; and their escaped form."""

import html
import re
import unicodedata

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_TAG = re.compile(r"</?(?:i|b|u|em|strong|su[bp]|scp?|span|p|br|jats:[a-z-]+|mml:[a-z-]+)\b[^<>]{0,200}>", re.I)
_RAISED = re.compile(r"<(su[bp])\b[^<>]{0,200}>([^<>]{1,40})</\1>", re.I)
_DIGITS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
# Neither character nor space: PostgreSQL stores no NUL, UTF-8 no surrogates, and nobody sees the rest.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_NO_SENTENCE = re.compile(r"(?:\.|\b(?:[A-Z]\.[A-Z]|et al|Inc|Ltd|[Jj]r|Co))\.$")


def clean(text: str) -> str:
    """Plain words: 10<sup>9</sup> becomes 10⁹ (never 109), other tags go, `&amp;` becomes &."""
    if "<" in text:
        text = _TAG.sub("", _RAISED.sub(_raised, text))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return " ".join(unicodedata.normalize("NFC", storable(text)).split())


def storable(text: str) -> str:
    """Without what no database stores or nobody sees."""
    return _NO_TEXT.sub("", text)


def _raised(match: re.Match[str]) -> str:
    place, words = match[1].lower(), match[2].strip()
    if all(ord(char) in _DIGITS[place] for char in words):
        return words.translate(_DIGITS[place])
    return f"^{words}" if place == "sup" else words


def guarded(text: str) -> str:
    """What `clean` reads back as exactly `text`, which it would otherwise take for an entity or a tag."""
    return text if clean(text) == text else text.replace("&", "&amp;").replace("<", "&lt;")


def title(text: str) -> str:
    """Clean, without the full stop that closes it; that of `U.S.` or `et al.` stays, and so do ? and !"""
    words = clean(text)
    if words.endswith(".") and not _NO_SENTENCE.search(words):
        return words[:-1].rstrip()
    return words
