"""Bylines: who reviewed, who wrote, and which dates are printed, with what label."""

import re
from dataclasses import dataclass, replace

from articles.importing import dates, labels, people
from articles.importing.dates import Found
from articles.importing.labels import REVIEWED, REVIEWED_BY, WRITTEN, Label
from articles.importing.manuscript import NamedPerson

_FILLER = re.compile(r"[\s.,;:|•·–—()\[\]]+|\b(?:on|in|at|and|el|the|version|date)\b", re.I)
_OWN_DATE = re.compile(r"[\s,;(–—|-]*(?:\b(?:(?:last )?reviewed|on|el|in)\s+)*$", re.I)
_NEXT_SENTENCE = re.compile(r"(?<=\w{2}\.)\s+(?=[A-Z][a-z]+ [a-z]{3,})")
_DATE_THEN_BY = re.compile(r"(.{4,40}?),?\s+by\s*:?\s+(.+)", re.I)
_THE = re.compile(r"^\s*(?:the|our|an?|el|la|nuestro|una?)\s+", re.I)
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
    label = labels.opens(text)
    return text.lower() == "by" or (label is not None and label.end == len(text.rstrip()))


def read(text: str) -> tuple[Segment, ...]:
    """The labelled segments of a byline; empty if the text is anything else, such as a sentence of the page."""
    if len(text) > _LONGEST or not labels.opens(text):
        return ()
    marks = list(labels.find(text))
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    found = [_segment(mark, text[mark.end : end]) for mark, end in zip(marks, ends, strict=True)]
    return _dated([segment for segment in found if segment]) if all(found) else ()


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


def _segment(label: Label, rest: str) -> Segment | None:
    if label.kind == REVIEWED_BY:
        return _review(rest, label.policy)
    if label.kind == WRITTEN:
        named = people.read(rest)
        return Segment(WRITTEN) if len(rest.split()) <= 40 and named and _reads_as_people(rest, named) else None
    by = _DATE_THEN_BY.match(rest) if label.kind == REVIEWED else None
    if by and next(dates.find(by[1]), None):
        return _review(f"{by[2]} on {by[1]}", label.policy)
    found = tuple(dates.find(rest))
    left = rest
    for date in found:
        left = left.replace(date.as_printed, " ", 1)
    return None if _FILLER.sub("", left) else Segment(label.kind, dates=found[:1], policy=label.policy)


def _review(rest: str, policy: str) -> Segment | None:
    """People, then perhaps the date of their review, then perhaps a sentence about something else."""
    rest = _THE.sub("", _NEXT_SENTENCE.split(rest, maxsplit=1)[0])
    found = list(dates.find(rest))
    on: tuple[Found, ...] = ()
    if found and not _FILLER.sub("", rest[found[-1].end :]):
        on, rest = (found[-1],), _OWN_DATE.sub("", rest[: found[-1].start])
    named = people.read(rest)
    if not named or not _reads_as_people(rest, named):
        return None
    return Segment(REVIEWED_BY, named, on, policy)


def _reads_as_people(rest: str, named: tuple[NamedPerson, ...]) -> bool:
    """A byline names someone; "by the FDA in a trial of 300 people." is a sentence."""
    first = named[0]
    return bool(first.credentials or first.family_name) or (len(rest.split()) <= 10 and rest.strip()[:1].isupper())
