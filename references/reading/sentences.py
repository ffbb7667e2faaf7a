"""A reference cut at its full stops, minding abbreviations and initials."""

import re

from references.reading.letters import GONE, LETTER, UPPER

Span = tuple[int, int]

_LOWER_TITLES = r"(?:eLife|mBio|medRxiv|bioRxiv|npj|iScience|eJHaem|eBioMedicine|mSystems|mSphere)"
_STOP = re.compile(
    rf"(?:[.?!][\"”’')\]]*\s+(?=[{UPPER}\d\[(“\"‘'¿¡]|(?:{_LOWER_TITLES})\b|pp?\.\s?\d)|[.?!][\"”’')\]]*\s*(?=\0|$)|\0+|(?<=[{LETTER})])\.(?=[{UPPER}][{LETTER}]{{3}}))"
)
_DASHES = {" -", " –", " —"}  # the dash of "2022 Jan-" says that it goes on
_ABBREVIATION = re.compile(
    r"(?:\b(?:U\.\s?S|U\.\s?K|D\.C|Ph\.D|M\.D|St|Mt|Dr|vs|No|Nos|Vol|pp?|Pt|Suppl|approx|ca|cf|al|e\.g|i\.e|Fig|Ref|Chap|Ch|Dept|Univ)"
    r"|\b(?:Inc|Ltd|Co|Corp)(?=\.\s\())$"
)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans without the closing full stop; a closing ? or ! stays. Empty ones are left out."""
    end = len(text) if end is None else end
    found, begin = [], start
    for stop in _STOP.finditer(text, start, end):
        if text[stop.start()] == "." and _ABBREVIATION.search(text, max(start, stop.start() - 12), stop.start()):
            continue
        found.append(trim(text, begin, stop.end()))
        begin = stop.end()
    found.append(trim(text, begin, end))
    return [span for span in found if span[0] < span[1]]


def trim(text: str, start: int, end: int) -> Span:
    """Without white space, gaps and the punctuation that separates parts."""
    while start < end and text[start] in f" \n{GONE}.,;:*_)]–—-":
        start += 1
    while start < end and (
        text[end - 1] in f" \n{GONE},;:*_([" or text[end - 2 : end] in _DASHES or _is_full_stop(text, start, end)
    ):
        end -= 1
    return _unquoted(text, start, end)


def _is_full_stop(text: str, start: int, end: int) -> bool:
    return (
        text[end - 1] == "." and re.search(r"\b(?:[A-Z]\.[A-Z]|et al|Inc|Ltd|[Jj]r|Co)$", text[start : end - 1]) is None
    )


def _unquoted(text: str, start: int, end: int) -> Span:
    pair = text[start : start + 1] + text[end - 1 : end]
    if end - start > 2 and pair in {"“”", '""', "‘’", "«»", "''"}:
        return trim(text, start + 1, end - 1)
    return start, end
