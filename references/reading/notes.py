"""Remarks around a reference that are no part of its title: accessed, updated, Epub, link text, medium."""

import re
from dataclasses import dataclass

from references.reading.dates import DATE
from references.reading.letters import GONE

_FROM = r"(?:\s*,?\s*(?:from|at|via|on)\b:?)?"
_SEEN = r"(?:(?:date\s)?(?:last\s)?(?:accessed|retrieved|viewed|visited|cited|consulted)|access(?:ed)? date)"
ACCESSED = re.compile(rf"(?i:[(\[]?\s*\b{_SEEN}(?:\s(?:at|from|via)[\s:\0.,;]+)?(?:\son)?\s*:?\s*)<?(?P<date>{DATE})>?(?i:{_FROM})\s*[)\]]?[.,;]?")
_CITED = re.compile(rf"\[(?P<before>[^\[\]]{{0,60}}?)(?i:cited|accessed)\s+(?P<date>{DATE})[^\[\]]{{0,40}}\]\.?")
ONLINE = re.compile(
    rf"(?i:\b(?:preprint\s)?(?:published|posted|first published)\s(?:online|ahead of print)(?:\s(?:first|ahead of print))*|\bpreprint(?:\sposted)?(?:\sonline)?)"
    rf"[:,]?\s+(?P<date>{DATE})[.,;:]?"
)
PUBLISHED = re.compile(
    rf"(?i:\b(?:published|posted|issued|created|date of publication)(?:\son)?:?\s+)(?P<date>{DATE})[.,;]?"
)

_UPDATED = (
    rf"\(?(?i:\b(?:(?:page|content)\s)?(?:last\s)?(?:medically\s)?(?:updated|reviewed|revised|modified|amended|review)(?:\son)?:?\s+)"
    rf"<?(?:{DATE})>?\)?[.,;]?"
)
_EPUB = rf"(?i:\be-?pub(?:lished)?(?:\sahead\sof\sprint)?)(?:[:,]?\s+(?:{DATE}))?[.,;]?|(?i:\b(?:online\s)?ahead of print)[.,;]?"
_LINKS = (
    r"\[(?i:pubmed(?:\sabstract)?|pmc(?:\sfree\sarticle)?|free\s(?:pmc\s)?(?:full\s)?(?:article|text)|full\stext|cross\s?ref|google\sscholar"
    r"|abstract|medline|web\sof\sscience|doi|links?|view|external\slink|exit\sdisclaimer|pdf(?:\s[^\[\]]{1,20})?)\]"
    r"|(?<=[.\s])(?:Google Scholar|CrossRef|PubMed Central|PubMed(?:\sAbstract)?|Full Text(?:\sPDF)?|View (?:in Article|Abstract|Article))(?=[.\s\0]|$)"
)
_MEDIUM = (
    r"\s?\[(?i:internet|online|web\s?(?:site|page)|abstract[^\[\]]{0,20}|preprint|data\s?set|pdf|e-?book|video|brochure|fact\ssheet|press\srelease"
    r"|letter|editorial|review|supplement|guideline|report|computer\s[^\[\]]{1,20}|mobile\sapp|article\sin\s\w+|published[^\[\]]{0,60}"
    r"|updated\s[^\[\]]{1,30}|conference[^\[\]]{1,20}|poster[^\[\]]{0,20}|unpublished[^\[\]]{1,30})\]"
)
_LANGUAGE = (
    r"(?<=\.\s)(?:German|French|Spanish|Italian|Chinese|Japanese|Russian|Polish|Portuguese|Dutch|Korean|Turkish|Czech|Hungarian|Hebrew"
    r"|Danish|Swedish|Norwegian)(?:, \w+)?\."
)
_AVAILABLE = (
    r"(?i:\b(?:also\s)?(?:available\s(?:online\s)?(?:at|from|via)|available\sonline|available|retrieved\sfrom|accessed\s(?:at|from|via)|web\saddress"
    r"|website|link|url|online|doi)\s*:?)\s*(?=\0)|(?i:\b(?:also\s)?available\sonline)[.:]?(?i:\sexit disclaimer\.?)?"
)
_SUPERFLUOUS = [re.compile(part) for part in (_MEDIUM, _UPDATED, _EPUB, _LINKS, _LANGUAGE, _AVAILABLE)]


# No remark does without one of these.
_WORDS = (
    "access",
    "retriev",
    "view",
    "visit",
    "cite",
    "consult",
    "publish",
    "posted",
    "issued",
    "created",
    "preprint",
    "update",
    "modif",
)
_WORDS += (
    "amend",
    "revis",
    "print",
    "epub",
    "e-pub",
    "available",
    "link",
    "url",
    "online",
    "website",
    "web address",
    "doi",
    "[",
    "scholar",
)
_WORDS += (
    "crossref",
    "pubmed",
    "full text",
    "german",
    "french",
    "spanish",
    "italian",
    "chinese",
    "japanese",
    "russian",
    "polish",
    "dutch",
)
_WORDS += ("portuguese", "korean", "turkish", "czech", "hungarian", "hebrew", "danish", "swedish", "norwegian")


@dataclass(frozen=True)
class Notes:
    """The reference with its remarks taken out (same length), and the dates they carried, as printed."""

    text: str
    accessed: str | None = None
    online: tuple[int, int] | None = None


def take(text: str) -> Notes:
    lower = text.lower()
    if not any(word in lower for word in _WORDS):
        return Notes(text)
    accessed = online = None
    for pattern in (_CITED, ACCESSED):
        for match in pattern.finditer(text):
            accessed = accessed or match.group("date")
            text = gone(text, *match.span())
    for pattern in (ONLINE, PUBLISHED):
        for match in pattern.finditer(text):
            online = online or match.span("date")
            text = gone(text, *match.span())
    for pattern in _SUPERFLUOUS:
        for match in pattern.finditer(text):
            text = gone(text, *match.span())
    return Notes(text, accessed, online)


def gone(text: str, start: int, end: int) -> str:
    return text[:start] + GONE * (end - start) + text[end:]
