"""The labels that bylines are printed with, English and Spanish: what each says of the people or dates after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from references.reading.later import later

REVIEWED_BY, REVIEWED, UPDATED, PUBLISHED = "reviewed by", "reviewed", "updated", "published"
# `Review date` is the last review on one site and the next on another; nobody can tell from the words.
REVIEW_DATE, NEXT, WRITTEN, UNLABELLED = "review date", "next review", "written", ""

_PAGE = r"(?:page|article|content|information|document|topic|leaflet|fact sheet|text)"
_THIS = rf"(?:(?:th(?:is|e) )?{_PAGE} (?:(?:was|has been|is) )?)?"
_WHEN = r"(?:(?:date|last|most recently|most recent|latest|annual|first|originally) )*"
_HOW = r"(?:(?:medical(?:ly)?|clinical(?:ly)?|scientific(?:ally)?|expert|peer|fact|professionally)[ -](?:and )?)*"
_DONE = r"(?:reviewed|approved|checked|vetted|verified)(?:(?:,|,? and|\s?/|\s?&)\s?(?:(?:last|medically) )?\w+ed)*"
_UNDER = (
    r"(?:,? (?:under|according to|in accordance with|following|per) (?P<policy>[^.;:]{3,80}?)"
    r"(?=,? by\b|,? on\b|[.;:]|$))?"
)
_DATE_AHEAD = (
    r"(?=\s*(?:[(\d]|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)|\s*$)"
)
_ON = r"(?: dates?)?(?: online)?(?: on)?\s*:?"
_LABELS = (
    (NEXT, rf"(?:{_PAGE} )?(?:next (?:medical |clinical )?review|review)(?: is)? due(?: dates?)?(?: on| by)?\s*:?"),
    (NEXT, r"next (?:medical |clinical )?review(?: date)?(?: on| by)?\s*:?|próxima revisión\s*:?"),
    (REVIEWED_BY, rf"{_THIS}{_WHEN}{_HOW}{_DONE}{_UNDER},? by\s*:?"),
    (REVIEWED_BY, r"(?:medical|clinical|expert|scientific) (?:reviewers?|review(?: by)?)\s*:(?!\s*\d)"),
    (REVIEWED_BY, r"reviewers?(?: names?)?\s*:|revis(?:ora?|ión) médic[ao]\s*:(?!\s*\d)"),
    (REVIEWED_BY, r"(?:esta página (?:ha sido|fue) )?revisad[oa](?: \w+mente)? por\s*:?"),
    (REVIEW_DATE, r"review date\s*:?"),
    (REVIEWED, rf"{_THIS}{_WHEN}{_HOW}(?:{_DONE}|review){_ON}{_DATE_AHEAD}"),
    (REVIEWED, rf"(?:date of )?{_WHEN}{_HOW}review{_ON}{_DATE_AHEAD}"),
    (REVIEWED, r"(?:última|fecha de(?: la)?(?: última)?) revisión\s*:?|revisad[oa](?: el)?\s*:?"),
    (UPDATED, rf"{_THIS}{_WHEN}(?:updated|modified|revised|edited|changed){_ON}"),
    (UPDATED, rf"{_WHEN}(?:update|revision|modification)(?: date)?\s*:"),
    (UPDATED, r"(?:fecha de )?(?:última )?actualiza(?:do|da|ción)(?: el)?\s*:?"),
    (PUBLISHED, rf"{_THIS}{_WHEN}(?:published|posted|created|issued){_ON}"),
    (PUBLISHED, r"(?:publication|posting|issue) date\s*:?|publicad[oa](?: el)?\s*:?"),
    (UNLABELLED, r"(?:date|fecha)\s*:"),
    (WRITTEN, rf"{_THIS}{_HOW}(?:written|authored|prepared|compiled|edited)(?: and \w+ed)? by\s*:?"),
    (WRITTEN, r"authors?\s*:|(?:section |deputy )?editors?\s*:|escrito por\s*:?|(?<=[—–|•·] )by(?=\s)"),
)
_ANY = later(
    "|".join(rf"(?P<l{n}>{pattern.replace('(?P<policy>', f'(?P<p{n}>')})" for n, (_, pattern) in enumerate(_LABELS)),
    re.I,
)
_BREAK_BEFORE = re.compile(r"(?:^|[.;|•·–—,)\]]\s*|\s{2,}|[\w.]\s)$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of `kind` at `start:end` of a line, and the policy that it names."""

    kind: str
    start: int
    end: int
    policy: str = ""


def opens(text: str) -> Label | None:
    """The label that a line begins with."""
    match = _ANY.match(text)
    return _label(match) if match else None


def find(text: str) -> Iterator[Label]:
    """Every label of a line: the one it begins with, and those that open with a capital inside it."""
    for match in _ANY.finditer(text):
        inside = match[0][:1].isupper() and _BREAK_BEFORE.search(text[: match.start()])
        if match.start() == 0 or inside:
            yield _label(match)


def _label(match: re.Match[str]) -> Label:
    groups = match.groupdict()
    number = int(next(name for name, value in groups.items() if value and name[0] == "l")[1:])
    policy = (groups.get(f"p{number}") or "").strip()
    return Label(_LABELS[number][0], match.start(), match.end(), policy)
