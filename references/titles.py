"""Words of titles: brought to one spelling for searching, and compared to find two records of one work. Pure."""

import re
import unicodedata
from difflib import SequenceMatcher

LONGEST = 60  # characters of a word that are looked at
# Words that one copy of a title has and another has not.
_SMALL = frozenset("a an and at by for from in of on or the to with".split())
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SUBTITLE = re.compile(r"[:?–—]|\s-\s|\.\s")
_ALIKE = 0.85  # of the letters of a word, in order
_SHARED = 0.8  # of the words of a title, in any order
_TITLE = 3  # words without which the part before a colon names no work ("Leukemia: …")
_END = 4  # words


def words(text: str) -> list[str]:
    """Words in lower case, without accents and punctuation, each at most LONGEST characters."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold().translate(_LETTERS)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in re.findall(r"[^\W_]+", re.sub(r"['’]", "", bare))]


def squeezed(text: str) -> str:
    """An identifier as one word, so that its parts are no words of their own."""
    return "".join(words(text))[:LONGEST]


def key(title: str) -> str:
    """The same for titles that differ in case, accents, articles and punctuation alone."""
    return " ".join(_significant(title))


def ends(title: str) -> tuple[str, str]:
    """The first and the last words of the main title: copies of one title with a slip have one of the two alike."""
    main = _main(title)
    long = min(_END, (len(main) + 1) // 2)
    return " ".join(main[:long])[:LONGEST], " ".join(main[-long:])[:LONGEST]


def alike(one: str, other: str) -> bool:
    """Whether two titles are nearly the same, whatever their case, accents, articles, punctuation and subtitles."""
    mine, theirs = _significant(one), _significant(other)
    if not mine or not theirs:
        return False
    if mine == theirs or (_main(one) == _main(other) and (mine == _main(one) or theirs == _main(other))):
        return True
    if _numbers(mine) != _numbers(theirs):
        return False  # "Cycle 2" is not "Cycle 3", however much is alike
    return _shortened({*mine}, {*theirs}) or _misspelt(mine, theirs)


def same_year(one: str, other: str) -> bool:
    """Whether two partial dates may be those of one work: online in one year, printed in the next."""
    return not one or not other or abs(int(one[:4]) - int(other[:4])) <= 1


def _shortened(mine: set[str], theirs: set[str]) -> bool:
    """Whether the one lacks few words of the other; a word in another's place ("children", "adults") counts."""
    few, many = sorted((mine, theirs), key=len)
    return few <= many and len(few) / len(many) >= _SHARED


def _misspelt(mine: list[str], theirs: list[str]) -> bool:
    """Whether both have the same words, give or take a letter."""
    return len(mine) == len(theirs) and all(
        one == other or SequenceMatcher(None, one, other).ratio() >= _ALIKE
        for one, other in zip(mine, theirs, strict=True)
    )


def _significant(title: str) -> list[str]:
    return [word for word in words(title) if word not in _SMALL] or words(title)


def _numbers(found: list[str]) -> list[str]:
    return [word for word in found if any(sign.isdigit() for sign in word)]


def _main(title: str) -> list[str]:
    main = _significant(_SUBTITLE.split(title.strip(), maxsplit=1)[0])
    return main if len(main) >= _TITLE else _significant(title)
