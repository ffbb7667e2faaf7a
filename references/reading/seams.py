"""Inside a line: where references touch (`…html` + `American Cancer Society`, `2001.` + `Howell A`)."""

import re
from collections.abc import Iterator

from references.reading import addresses, names, starts
from references.reading.letters import LETTER, LOWER, UPPER
from references.reading.names import PARTICLE

_CAPITAL = rf"[“\"]?(?:{PARTICLE}\s){{0,3}}(?:[dl]['’])?[{UPPER}][{LETTER}'’.]"
_AFTER_STOP = re.compile(rf"(?:(?<=[.\])])[ ]*|(?<=\d)[ ]*)(?={_CAPITAL})")
_AFTER_ADDRESS = re.compile(r"[.,;>)\]]*[ ]*")
_LOWER_WORD = re.compile(rf"\s[{LOWER}\d]")
_WORD = re.compile(rf"[“\"]?(?:{PARTICLE}\s+){{0,3}}[{UPPER}]")
_FIRST_WORD = re.compile(
    r"(?:American|National|European|World|International|Mayo|Centers|Children|Canadian|British|Royal|Cleveland|Dana|Johns|Memorial|U\.S)\b"
)
_DOI_ADDRESS = re.compile(r"10\.|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_INNER_CAPITAL = re.compile(rf"(?!Medline|Mc|Web)[{UPPER}][{LOWER}]+[{UPPER}]")
_WORD_AFTER_DIGIT = re.compile(rf"\d[{UPPER}][{LOWER}]{{2,}}")
_FIRST_WORD_ONLY = re.compile(rf"[{LETTER}][{LETTER}'’®™-]*(?:[.,:;(/&].*)?")
_CAMEL = re.compile(rf"[{UPPER}][{LOWER}]")


def places(text: str, flat: str, line: tuple[int, int], reach: int) -> Iterator[tuple[int, int | None]]:
    """Where a reference may begin in one line; with the start of the address that ended there, or None.

    `reach`: how far a reference that begins in the line may go on (the paragraph, if its lines are wrapped).
    """
    position, end = line
    for begin, stop in addresses.runs(text, *line):
        yield from ((match.end(), None) for match in _AFTER_STOP.finditer(flat, position, begin))
        touching = _touching(flat, begin, stop, reach)
        after = _AFTER_ADDRESS.match(flat, stop, end)
        position = touching if touching is not None else after.end() if after else stop
        if touching is not None or (_WORD.match(flat, position, end) and not starts.CONTINUES.match(flat, position)):
            yield position, begin
    yield from ((match.end(), None) for match in _AFTER_STOP.finditer(flat, position, end))


def _touching(flat: str, begin: int, stop: int, reach: int) -> int | None:
    """Where in an unbroken address the next reference begins."""
    capitals = [match.start() for match in addresses.CAPITAL.finditer(flat, begin + 8, stop + 2)]
    found = [match.start() for match in addresses.PARTICLE.finditer(flat, begin + 8, min(stop + 12, reach))]
    found += [match.start() for match in addresses.CAPITAL_AFTER_CAPITAL.finditer(flat, begin + 8, stop + 2)]
    capitals = [place for place in capitals if _FIRST_WORD_ONLY.fullmatch(flat, place, stop)]
    found = [place for place in found if place < stop and _FIRST_WORD_ONLY.fullmatch(flat, place, stop)]
    for place in sorted(found + capitals):
        people = names.head(flat, place, min(place + starts.WINDOW, reach))
        if starts.is_strong(flat, place, reach) and (people or not _is_camel_case(flat, begin, place, stop)):
            return place
    if not capitals or stop >= reach:
        return None
    last = max(capitals)
    if _DOI_ADDRESS.match(flat, begin) and not _WORD_AFTER_DIGIT.fullmatch(flat, last - 1, stop):
        return None
    goes_on = _LOWER_WORD.match(flat, stop) and not starts.CONTINUES.match(flat, stop + 1)
    begins = goes_on or starts.TITLE.match(flat, last, reach)
    return last if begins and not _is_camel_case(flat, begin, last, stop) else None


def _is_camel_case(flat: str, begin: int, place: int, stop: int) -> bool:
    """`/HealthTopics` writes words like that itself: the capital does not begin a reference."""
    if flat[place - 1].isdigit():
        return False
    part = flat[begin:place].rpartition("/")[2]
    if part:
        return _CAMEL.search(part) is not None and "." not in part
    return _INNER_CAPITAL.match(flat, place) is not None or _FIRST_WORD.match(flat, stop + 1) is not None
