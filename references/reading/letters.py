"""Characters of reference lists: classes for patterns, and one reading of typographic variants."""

import re
from collections.abc import Sequence

_EXTENDED = [chr(code) for code in range(0x100, 0x180)]
# As ranges where the alphabet allows it: the patterns made of these classes compile quickly.
UPPER = "A-ZÀ-ÖØ-Þ" + "".join(char for char in _EXTENDED if char.isupper()) + "ȘȚΆ-ΏΑ-ΩЀ-Я"
LOWER = "a-zß-öø-ÿ" + "".join(char for char in _EXTENDED if char.islower()) + "șțά-ώа-џ"
LETTER = "A-Za-zÀ-ÖØ-öø-ɏΆ-ώЀ-ӿḀ-ỿ"

GONE = "\0"  # stands where something was taken out: it ends a sentence and matches no word

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_READING = {
    **_FULL_WIDTH,
    ord("\0"): " ",
    ord("。"): ".",
    ord("、"): ",",
    ord("【"): "[",
    ord("】"): "]",
    ord("‐"): "-",
    ord("‑"): "-",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    **{ord(space): " " for space in "\t\v\f\xa0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff"},
}
_KEPT = re.compile(r"\S|(?<=\S)\s")
SPACE = re.compile(r"[ \t\n\v\f\u2028\u2029]+")  # a non-breaking space is kept as printed
BROKEN_WORD = re.compile(r"(?<=\w[-‐–/])[ \t]*\n\s*(?=\w)")


def any_of(*parts: str) -> str:
    """A pattern for one of several, written one beside the other."""
    return f"(?:{'|'.join(parts)})"


def flatten(text: str) -> str:
    """Same length, so that offsets stay: one space, one line feed, ASCII for full-width punctuation."""
    return text.translate(_READING).replace("\r\n", " \n").replace("\r", "\n")


def tidy(text: str) -> str:
    """One line: a word broken after its hyphen is joined, other white space collapses."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return SPACE.sub(" ", BROKEN_WORD.sub("", lines)).strip()


def compact(text: str) -> tuple[str, Sequence[int]]:
    """One line with single spaces, and for each of its characters (and the end) the offset in `text`.

    A word that was broken after its hyphen is whole again.
    """
    line = text.replace("\n", " ")
    broken = {place for match in BROKEN_WORD.finditer(text) for place in range(*match.span())}
    if not broken and "  " not in line and not line.startswith(" "):
        return line, range(len(text) + 1)
    kept = [match.start() for match in _KEPT.finditer(line) if match.start() not in broken]
    return "".join(line[place] for place in kept), [*kept, len(text)]
