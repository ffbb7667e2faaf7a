"""Bylines: who reviewed, who wrote, and which dates are printed, with what label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from articles.importing import dates, people
from articles.importing.dates import Found
from articles.importing.manuscript import NamedPerson

REVIEWED_BY, REVIEWED, UPDATED, PUBLISHED = "reviewed by", "reviewed", "updated", "published"
NEXT, WRITTEN, UNLABELLED = "next review", "written", ""
_THIS = r"(?:th(?:is|e) (?:page|article|content|information|document|topic|leaflet|fact sheet) (?:was|has been|is) )?"
_WHEN = r"(?:(?:last|most recently|first|originally|date) )?"
_HOW = r"(?:(?:medical(?:ly)?|clinical(?:ly)?|scientific(?:ally)?|expert|peer|fact|professionally)[ -](?:and )?)*"
_DONE = r"(?:reviewed|approved|checked|vetted|verified)(?:(?:,| and|/|,? and last) (?:\w+ )?(?:\w+ed))*"
_UNDER = (
    r"(?:,? (?:under|according to|in accordance with|following|per) (?P<policy>[^.;:]{3,80}?)(?=,? by\b"
    r"|,? on\b|[.;:]|$))?"
)
_LABELS = (
    (NEXT, r"next (?:medical |clinical )?review(?: is)?(?: due| date)*(?: on| by)?\s*:?"),
    (REVIEWED_BY, rf"{_THIS}{_WHEN}{_HOW}{_DONE}{_UNDER},? by\s*:?"),
    (
        REVIEWED_BY,
        r"(?:medical|clinical|expert|scientific) (?:reviewers?|review(?: by)?)\s*:|reviewers?(?: names?)?\s*:",
    ),
    (
        REVIEWED_BY,
        r"(?:esta página (?:ha sido|fue) )?revisad[oa](?: \w+mente)? por\s*:?|revis(?:ora?|ión) médic[ao]\s*:",
    ),
    (REVIEWED, rf"{_THIS}{_WHEN}{_HOW}(?:{_DONE}|review)(?: date)?(?: on)?\s*:?(?=\s*[\w(])"),
    (REVIEWED, r"(?:date )?(?:of )?(?:last |latest |most recent )?(?:medical |clinical )?review(?: date)?\s*:"),
    (REVIEWED, r"(?:última|fecha de(?: la)?(?: última)?) revisión\s*:?|revisad[oa](?: el)?\s*:?"),
    (
        UPDATED,
        rf"{_THIS}(?:content |page )?{_WHEN}(?:updated|modified|revised|edited"
        rf"|changed)(?: date)?(?: on)?\s*:?",
    ),
    (
        UPDATED,
        r"(?:last |latest )?(?:update|revision|modification)(?: date)?\s*:|(?:última )?actualiza(?:do|da"
        r"|ción)(?: el)?\s*:?",
    ),
    (PUBLISHED, rf"{_THIS}{_WHEN}(?:published|posted|created|issued)(?: date)?(?: online)?(?: on)?\s*:?"),
    (PUBLISHED, r"(?:publication|posting|issue) date\s*:?|publicad[oa](?: el)?\s*:?"),
    (UNLABELLED, r"(?:date|fecha)\s*:"),
    (
        WRITTEN,
        rf"{_THIS}{_HOW}(?:written|authored|prepared|compiled|edited)(?: and \w+ed)? by\s*:?|authors?\s*:"
        rf"|escrito por\s*:?",
    ),
)
_ANY = re.compile(
    "|".join(rf"(?P<l{n}>{pattern.replace('(?P<policy>', f'(?P<p{n}>')})" for n, (_, pattern) in enumerate(_LABELS)),
    re.I,
)
_BREAK_BEFORE = re.compile(r"(?:^|[.;|•·–—,)\]]\s*|\s{2,}|[\w.]\s)$")
_FILLER = re.compile(r"[\s.,;:|•·–—()\[\]]+|\b(?:on|in|at|and|el|the|version|date)\b", re.I)
_OWN_DATE = re.compile(r"[\s,;(–—|-]*(?:\bon\s+|\bel\s+|\bin\s+)?$", re.I)
_DATE_THEN_BY = re.compile(r"(.{4,40}?),?\s+by\s*:?\s+(.+)", re.I)
_THE = re.compile(r"^\s*(?:the|our|el|la|nuestro)\s+", re.I)
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Segment:
    """One label and what follows it: a kind, and people or dates."""

    kind: str
    people: tuple[NamedPerson, ...] = ()
    dates: tuple[Found, ...] = ()
    policy: str = ""


def is_unfinished(text: str) -> bool:
    """`Medically reviewed by`, with the name on the next line."""
    match = _ANY.match(text)
    return match is not None and match.end() == len(text.rstrip())


def read(text: str) -> tuple[Segment, ...]:
    """The labelled segments of a byline; empty if the text is anything else, such as a sentence of the page."""
    if len(text) > _LONGEST or not _ANY.match(text):
        return ()
    marks = list(_marks(text))
    if not marks or marks[0][1] != 0:
        return ()
    found = []
    for place, (kind, _start, stop, policy) in enumerate(marks):
        until = marks[place + 1][1] if place + 1 < len(marks) else len(text)
        segment = _segment(kind, text[stop:until], policy)
        if segment is None:
            return ()
        found.append(segment)
    return _dated(found)


def _dated(segments: list[Segment]) -> tuple[Segment, ...]:
    """`Updated and medically reviewed on May 3` dates both; a label without any date is no byline."""
    out: list[Segment] = []
    following: tuple[Found, ...] = ()
    for segment in reversed(segments):
        following = segment.dates or following
        if segment.kind not in (REVIEWED_BY, WRITTEN) and not following:
            return ()
        out.append(replace(segment, dates=following) if segment.kind not in (REVIEWED_BY, WRITTEN) else segment)
    return tuple(reversed(out))


def _marks(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Kind, start, end and policy of each label, in order."""
    for match in _ANY.finditer(text):
        number = int(next(name for name, value in match.groupdict().items() if value and name[0] == "l")[1:])
        first_of_line = match.start() == 0
        # Inside a line only a capital opens a label: "was reviewed by" in a sentence does not.
        if first_of_line or (match[0][0].isupper() and _BREAK_BEFORE.search(text[: match.start()])):
            policy = (match.groupdict().get(f"p{number}") or "").strip()
            yield _LABELS[number][0], match.start(), match.end(), policy


def _segment(kind: str, rest: str, policy: str) -> Segment | None:
    if kind == REVIEWED_BY:
        return _review(rest, policy)
    if kind == WRITTEN:
        named = people.read(rest)
        return Segment(kind) if len(rest.split()) <= 40 and named and _reads_as_people(rest, named) else None
    by = _DATE_THEN_BY.match(rest) if kind == REVIEWED else None
    if by and next(dates.find(by[1]), None):
        return _review(f"{by[2]} on {by[1]}", policy)
    found = tuple(dates.find(rest))
    left = rest
    for date in found:
        left = left.replace(date.as_printed, " ", 1)
    return None if _FILLER.sub("", left) else Segment(kind, dates=found[:1], policy=policy)


def _review(rest: str, policy: str) -> Segment | None:
    """People, then perhaps the date of their review."""
    rest = _THE.sub("", rest)
    found = list(dates.find(rest))
    on: tuple[Found, ...] = ()
    if found and not _FILLER.sub("", rest[found[-1].end :]):
        on, rest = (found[-1],), rest[: found[-1].start]
        rest = _OWN_DATE.sub("", rest)
    named = people.read(rest)
    if not named or not _reads_as_people(rest, named):
        return None
    return Segment(REVIEWED_BY, named, on, policy)


def _reads_as_people(rest: str, named: tuple[NamedPerson, ...]) -> bool:
    """A byline names someone; "by the FDA in a trial of 300 people." is a sentence."""
    first = named[0]
    return bool(first.credentials or first.family_name) or (len(rest.split()) <= 10 and rest.strip()[:1].isupper())
