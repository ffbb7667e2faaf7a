"""One reference, its addresses and remarks taken out, to authors, title, container, publisher, date. Offsets only."""

import re
from dataclasses import dataclass, replace

from references.reading import locators, monographs, names, organizations
from references.reading.dates import DATE, UNDATED
from references.reading.sentences import Span, sentences, trim

_DATED_HEAD = re.compile(
    rf"(?P<head>[^()\0]{{2,220}}?(?:\s\([^()\d]{{2,14}}\))?)\s*[.,]?\s*\((?P<date>{DATE}|{UNDATED})\)\s*[.,:]?\s*"
)
_COLON_HEAD = re.compile(r"(?P<head>[^:\0]{3,160}):\s+")
_BEFORE_QUOTE = re.compile(r"(?P<head>[^\0“\"]{3,120}?)[.,]\s+(?=[“\"])")
# A title in quotation marks; not one that only begins with a quoted word.
_QUOTED = re.compile(
    r"[“\"](?P<title>[^“”\"\0]{4,400}?)(?:[,.]?[”\"](?=\s*(?:[.,;\0]|$|\()|\s+[A-Z])|[,.][”\"])[,.]?\s*"
)
_DATED_TAIL = re.compile(rf"\s*\((?P<date>{DATE}|{UNDATED})\)$")


@dataclass(frozen=True)
class Parts:
    """Spans of what is printed; None where it is not."""

    authors: Span | None = None
    publisher: Span | None = None
    date: Span | None = None
    title: Span | None = None
    container: Span | None = None
    volume: Span | None = None
    issue: Span | None = None
    pages: Span | None = None


@dataclass(frozen=True)
class _Head:
    authors: Span | None
    organization: Span | None
    date: Span | None
    end: int
    comma: bool = False


def read(text: str, *, identified: bool, host: str = "") -> Parts:
    """`identified`: a DOI or PMID was printed; `host` of the address. Both help to tell journal from publisher."""
    head = _head(text)
    locator = locators.find(text, head.end, dated=head.date is not None)
    quoted = _QUOTED.match(text, head.end)
    if quoted:
        return _quoted(text, head, locator, quoted)
    if locator:
        return _article(text, head, locator)
    headed = bool(head.authors or head.organization)
    in_journal = identified or bool(head.date and monographs.UNPUBLISHED.match(text, *head.date))
    body = monographs.read(text, head.end, headed=headed, in_journal=in_journal, host=host)
    organization = head.organization or body.organization
    publisher, authors = body.publisher or organization, head.authors
    if body.publisher and organization and not _same(text, body.publisher, organization):
        authors = organization
    title, date = _without_date(text, body.title)
    if title is None and organization and not organizations.is_organization(text[slice(*organization)]):
        publisher, title = body.publisher, organization
    if title == organization:
        authors = head.authors
    return Parts(authors, publisher, head.date or date or body.date, title, body.container, None, None, body.pages)


def _head(text: str) -> _Head:
    people = names.head(text)
    if people:
        return _Head(people.names, None, people.date, people.end, people.comma)
    colon = _COLON_HEAD.match(text)
    if colon and organizations.is_organization(colon.group("head")):
        return _Head(None, colon.span("head"), None, colon.end())
    quoted = _BEFORE_QUOTE.match(text)
    if quoted and organizations.is_title_case(quoted.group("head")):
        return _Head(None, quoted.span("head"), None, quoted.end())
    dated = _DATED_HEAD.match(text)
    if dated and organizations.is_title_case(dated.group("head")):
        # The stop of "Inc." belongs to the name; trim takes any other away.
        start, end = dated.span("head")
        return _Head(None, trim(text, start, end + (text[end] == ".")), dated.span("date"), dated.end())
    return _Head(None, None, None, 0)


def _quoted(text: str, head: _Head, locator: locators.Locator | None, quoted: re.Match[str]) -> Parts:
    """MLA, Chicago, IEEE: the title stands in quotation marks, the journal or publisher after it."""
    title = trim(text, *quoted.span("title"))
    if locator and locator.start > quoted.end():
        container = trim(text, quoted.end(), locator.start)
        parts = Parts(head.authors or head.organization, None, head.date or locator.date, title, container)
        return replace(parts, volume=locator.volume, issue=locator.issue, pages=locator.pages)
    rest = monographs.read(text, quoted.end(), headed=True, in_journal=False, host="")
    publisher = rest.publisher or rest.title
    if publisher and not organizations.is_title_case(text[slice(*publisher)]):
        publisher = None
    authors = head.organization if publisher and head.organization else head.authors
    return Parts(authors, publisher or head.organization, head.date or rest.date, title)


def _article(text: str, head: _Head, locator: locators.Locator) -> Parts:
    begin, before = head.end, sentences(text, head.end, locator.start)
    authors = head.authors or head.organization
    if authors is None and len(before) > 2 and organizations.is_organization(text[slice(*before[0])]):
        authors, begin, before = before[0], before[0][1], before[1:]
    container = _after_comma(text, begin, locator.start) if head.comma else _container(text, before)
    title = trim(text, begin, container[0]) if container else None
    if title and title[0] >= title[1]:
        title = None
    if container and title is None and len(text[slice(*container)].split()) > 9:
        container, title = None, container
    parts = Parts(authors, None, head.date or locator.date, title, container)
    return replace(parts, volume=locator.volume, issue=locator.issue, pages=locator.pages)


def _container(text: str, before: list[Span]) -> Span | None:
    """The last sentence; `N. Engl. J. Med.` is one, though its stops look like several."""
    if not before:
        return None
    first = len(before) - 1
    while first > 1 and _is_abbreviated(text[slice(*before[first - 1])]):
        first -= 1
    return trim(text, before[first][0], before[-1][1])


def _is_abbreviated(word: str) -> bool:
    return " " not in word and len(word) < 8 and not word.endswith(("?", "!"))


def _after_comma(text: str, start: int, end: int) -> Span | None:
    comma = text.rfind(", ", start, end)
    return trim(text, comma, end) if comma > 0 else None


def _without_date(text: str, title: Span | None) -> tuple[Span | None, Span | None]:
    dated = _DATED_TAIL.search(text, *title) if title else None
    if not title or not dated:
        return title, None
    return trim(text, title[0], dated.start()), dated.span("date")


def _same(text: str, one: Span, other: Span) -> bool:
    return text[slice(*one)].casefold().strip(" .") == text[slice(*other)].casefold().strip(" .")
