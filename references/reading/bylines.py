"""Names of authors, between the one line of the house (`Roe JA Jr`) and the parts that files keep apart."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from references.reading import organizations, wording

SUFFIXES = {"Jr", "Sr", "2nd", "3rd", "4th", "II", "III", "IV"}
_AMONG_GIVEN = {"Jr", "Sr", "2nd", "3rd", "4th"}  # not IV, which may be initials
_LONGEST = 4  # letters of initials that are written together
_GAP = re.compile(r"[\s.,‐‑-]+")
_SPACED = re.compile(r"(\S.*?)((?: [A-Z]\.?){2,4})")  # "Roe J A"
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Name:
    """A person in parts; or `whole`, an organization or a person whose parts nobody can tell apart."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    whole: str = ""


def split(printed: str) -> Name:
    """The parts of `Roe JA` or `van der Roe JA Jr`; anything else is whole, as `Dal-Ré Rafael` is."""
    words = printed.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in SUFFIXES else ""
    if len(words) < 2 or not _is_initials(words[-1]) or "," in printed or organizations.is_organization(printed):
        return Name(whole=printed)
    return Name(" ".join(words[:-1]), words[-1], suffix)


def is_group(printed: str) -> bool:
    """Whether files should call this an organization; `Dal-Ré Rafael` is a person, whose parts nobody knows."""
    return "," in printed or ";" in printed or organizations.is_organization(printed)


def joined(family: str, given: str, suffix: str = "") -> str:
    """`Roe JA Jr` of a family name, given names or initials, and a suffix."""
    words = [word for word in _GAP.split(wording.clean(given)) if word]
    if "".join(words) in _AMONG_GIVEN:  # "3.r.d.", where a program took it for initials
        words = ["".join(words)]
    if words and words[-1] in _AMONG_GIVEN and not suffix:
        suffix = words.pop()
    initials = "".join(map(_initial, words))
    return " ".join(part for part in (wording.clean(family), initials, wording.clean(suffix).rstrip(".")) if part)


def inverted(text: str) -> str:
    """`Roe JA Jr` of `Roe, Jane A., Jr`, `Roe, Jr, Jane A.` or `Roe J A`; any other without a comma stays as it is."""
    parts = [part.strip() for part in wording.clean(text).split(",")]
    suffixes = [part for part in parts[1:] if part.rstrip(".") in SUFFIXES]
    rest = [part for part in parts if part not in suffixes]
    spaced = _SPACED.fullmatch(rest[0]) if len(parts) == 1 else None
    if spaced:
        return joined(spaced[1], spaced[2])
    if len(rest) == 1 and len(suffixes) < 2:
        return " ".join([rest[0], *(suffix.rstrip(".") for suffix in suffixes)])  # "Roe JA, 3rd"
    if len(rest) == 2 and len(suffixes) < 2:
        return joined(rest[0], rest[1], *suffixes)
    return ", ".join(part for part in parts if part)


def attributed(names: Sequence[str], corporate: Collection[str] = ()) -> tuple[tuple[str, ...], str]:
    """Authors and organization: one organization alone is the second; beside people it is an author like them."""
    names = [name for name in names if name]
    if len(names) == 1 and (names[0] in corporate or organizations.is_organization(names[0])):
        return (), names[0]
    return tuple(names), ""


def _is_initials(word: str) -> bool:
    return len(word) <= _LONGEST and word.isalpha() and word.isupper()


def _initial(word: str) -> str:
    letter = _LETTER.search(word)
    if letter is None or _is_initials(word):
        return word
    upper = letter.group().upper()
    return upper if len(upper) == 1 else letter.group()
