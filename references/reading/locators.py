"""Where in a journal: `2020;50(9):947-54`, `50 (9): 947-54, 2020`, `50(9), 947–954` and their kin."""

import re
from dataclasses import dataclass

from references.reading.dates import DATE, YEAR
from references.reading.later import later

Span = tuple[int, int]

_PART = r"(?i:Suppl(?:ement)?|Pt|Part|Spec(?:ial)?(?:\sNo)?|Issue)\.?(?:[ _]?[A-Z]?\d{0,4})?"
VOLUME = rf"(?:[A-Z]{{0,3}}\d{{1,4}}[A-Za-z]?(?:[-–/]\d{{1,4}})?(?:[ _]{_PART})?)"
ISSUE = r"\(\s*(?P<issue>[^()\0]{1,40}?)\s*\)"
_PAGE = r"(?:[A-Za-z]{1,6}[-.]?)?\d\w*(?:\.[A-Za-z]?\d+)?"
_PAGE_RANGE = rf"{_PAGE}(?:\s?[-–—]\s?[A-Za-z]{{0,6}}\d\w*(?:\.[A-Za-z]?\d+)?)?"
_ROMAN = r"[ivxlc]{1,7}(?:[-–][ivxlc]{1,7})?(?![\w])"
_ANSWER = rf";\s*(?:discussion|quiz|author reply|reply|passim)(?:\s{_PAGE_RANGE})?(?:,\s?{_PAGE_RANGE})*"
_MORE = rf"(?:,\s?(?!{YEAR}){_PAGE_RANGE})*+(?:{_ANSWER})*"
PAGES = rf"(?:{_PAGE_RANGE}|{_ROMAN}){_MORE}"
_END = r"(?=\s*(?:[.;,\0\[(]|$))"

_DATE = rf"(?P<date>{DATE})"
_VOLUME = rf"(?P<volume>{VOLUME})"
_PP = rf"(?:pp?\.\s?)?(?P<pages>{PAGES})"
_ALONE = r"(?<![\w.,-])"  # a number that is no part of another

# Each form with characters that it cannot do without; most texts lack most of them.
_DATED_FORMS = (
    # AMA, Vancouver, PubMed: 2020 Sep;50(9):947-954
    (";", rf"(?<![\w-]){_DATE}[\s\0]*;\s*{_VOLUME}?\s*(?:{ISSUE})?(?:\s*[:,]\s*(?:{_PP}|(?=\.)))?"),
    # BMC: 2005, 105:1234
    (",:", rf"(?<![\w-]){_DATE}\s*,\s*{_VOLUME}\s*(?:{ISSUE})?\s*:\s*{_PP}"),
    # NCI: 50 (9): 947-54, 2020
    ("():", rf"{_ALONE}{_VOLUME}?\s*{ISSUE}\s*:\s*(?P<pages>[^:\0]{{0,70}}?)\s*,\s*{_DATE}"),
    (":,", rf"{_ALONE}{_VOLUME}\s*:\s*(?P<pages>{_PAGE_RANGE}[^:\0]{{0,50}}?)?\s*,\s*{_DATE}"),
    # MLA, IEEE: vol. 50, no. 9, 2020, pp. 947-54
    (
        "ol",
        rf",?\s(?i:vol(?:ume)?\.?)\s{_VOLUME}(?:,?\s(?i:no|issue|iss)\.?\s(?P<issue>[\w-]{{1,20}}))?"
        rf"(?:,\s{_DATE})?(?:[,:]\s{_PP})?(?:,\s(?P<later_date>{DATE}))?",
    ),
    # Chicago: 50, no. 9 (2020): 947-54
    (
        "no(",
        rf"{_ALONE}{_VOLUME}\s*,\s*(?i:no|issue)\.?\s(?P<issue>[\w-]{{1,20}})\s*\((?P<date>{DATE})\)(?:\s*:\s*{_PP})?",
    ),
    # Nature: 580, 123–126 (2020)    Elsevier: 50 (2020) 947-954    Frontiers: (2020) 50:947–54
    ("()", rf"{_ALONE}{_VOLUME}\s*(?:{ISSUE})?\s*[,:]\s*{_PP}\s*\({_DATE}\)"),
    ("()", rf"{_ALONE}{_VOLUME}\s*(?:\((?P<issue>\d[^()\0]{{0,20}}?)\)\s*)?\((?P<date>{YEAR})\)[,:]?\s*{_PP}"),
    ("():", rf"\((?P<date>{YEAR})\)[.,]?\s*{_VOLUME}\s*(?:{ISSUE})?\s*:\s*{_PP}"),
)
_NO_YEAR = rf"(?P<volume>(?!{YEAR}\s*[,.:;]){VOLUME})"
_ARTICLE = r"(?:(?i:article(?: no\.?)?|art\. no\.|art\.)\s?)?"
_UNDATED_FORMS = (
    # APA: , 50(9), 947–954    , 50(9), Article e12
    (",", rf",\s*{_NO_YEAR}\s*(?:{ISSUE})?\s*,\s*{_ARTICLE}{_PP}{_END}"),
    # Harvard: 50(9), 947–954
    ("(),", rf"{_ALONE}{_NO_YEAR}\s*{ISSUE}\s*,\s*{_PP}{_END}"),
    (",()", rf",\s*{_NO_YEAR}\s*{ISSUE}{_END}"),
    # Springer: 50(9):947–954
    (":", rf"{_ALONE}{_NO_YEAR}\s*(?:{ISSUE})?\s*:\s*{_PP}{_END}"),
)
_DATED = [(needs, later(pattern)) for needs, pattern in _DATED_FORMS]
_UNDATED = [(needs, later(pattern)) for needs, pattern in _UNDATED_FORMS]


@dataclass(frozen=True)
class Locator:
    """Offsets; `start` is where the title of the journal has ended."""

    start: int
    end: int
    date: Span | None
    volume: Span | None
    issue: Span | None
    pages: Span | None


def find(text: str, start: int = 0, *, dated: bool = True) -> Locator | None:
    """First locator after `start`. Forms without a year count only if the reference is `dated` elsewhere."""
    for needs, pattern in _DATED:
        found = _all(needs, pattern, text, start)
        if found:
            return found[0]
    for needs, pattern in _UNDATED if dated else ():
        found = _all(needs, pattern, text, start)
        if found:
            # Titles may have numbers like these: the last ones count.
            return found[-1]
    return None


def _all(needs: str, pattern: re.Pattern[str], text: str, start: int) -> list[Locator]:
    if any(text.find(sign, start) < 0 for sign in needs):
        return []
    located = [_located(match) for match in pattern.finditer(text, start)]
    return [locator for locator in located if locator.volume or locator.issue or locator.pages]


def _located(match: re.Match[str]) -> Locator:
    groups = match.groupdict()

    def span(name: str) -> Span | None:
        return match.span(name) if groups.get(name) else None

    return Locator(*match.span(), span("date") or span("later_date"), span("volume"), span("issue"), span("pages"))
