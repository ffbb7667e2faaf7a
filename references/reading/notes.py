"""Remarks around a reference that are no part of its title: accessed, updated, Epub, link text, medium."""

import re
from dataclasses import dataclass

from references.reading.dates import DATE
from references.reading.later import later
from references.reading.letters import GONE, any_of

_FROM = r"(?:\s*,?\s*(?:from|at|via|on)\b:?)?"
_SEEN = r"(?:(?:date\s)?(?:last\s)?(?:accessed|retrieved|viewed|visited|cited|consulted)|access(?:ed)? date)"
_PLACE = r"(?:\s(?:at|from|via)[\s:\0.,;]+)?"  # "Accessed at <address> on <date>"
ACCESSED = later(rf"(?i:[(\[]?\s*\b{_SEEN}{_PLACE}(?:\son)?\s*:?\s*)<?(?P<date>{DATE})>?(?i:{_FROM})\s*[)\]]?[.,;]?")
_CITED = later(rf"\[(?P<before>[^\[\]]{{0,60}}?)(?i:cited|accessed)\s+(?P<date>{DATE})[^\[\]]{{0,40}}\]\.?")
_ONLINE = any_of(
    r"(?:preprint\s)?(?:(?:first\s)?published|posted)\s(?:online|ahead of print)(?:\s(?:first|ahead of print))*",
    r"preprint(?:\sposted)?(?:\sonline)?",
)
ONLINE = later(rf"(?i:\b{_ONLINE})[:,]?\s+(?P<date>{DATE})[.,;:]?")
PUBLISHED = later(
    rf"(?i:\b(?:published|posted|issued|created|date of publication)(?:\son)?:?\s+)(?P<date>{DATE})[.,;]?"
)

_CHANGED = r"(?:updated|reviewed|revised|modified|amended|(?<=last\s)review)"
_UPDATED = (
    rf"\(?(?i:\b(?:(?:page|content)\s)?(?:last\s)?(?:medically\s)?{_CHANGED}(?:\son)?:?\s+)<?(?:{DATE})>?\)?[.,;]?"
)
_EPUB = (
    rf"(?i:\be-?pub(?:lished)?(?:\sahead\sof\sprint)?)(?:[:,]?\s+(?:{DATE}))?[.,;]?"
    r"|(?i:\b(?:online\s)?ahead of print)[.,;]?"
)
_LINK = any_of(
    *(
        r"pubmed(?:\sabstract)?",
        r"pmc(?:\sfree\sarticle)?",
        r"free\s(?:pmc\s)?(?:full\s)?(?:article|text)",
        r"full\stext",
    ),
    *(r"cross\s?ref", r"google\sscholar", "abstract", "medline", r"web\sof\sscience", "doi", "links?", "view"),
    *(r"external\slink", r"exit\sdisclaimer", r"pdf(?:\s[^\[\]]{1,20})?"),
)
_BARE_LINK = any_of(
    *("Google Scholar", "CrossRef", "PubMed Central", r"PubMed(?:\sAbstract)?", r"Full Text(?:\sPDF)?"),
    *("View in Article", "View Abstract", "View Article"),
)
_LINKS = rf"\[(?i:{_LINK})\]|(?<=[.\s]){_BARE_LINK}(?=[.\s\0]|$)"
_MEDIUM_WORD = any_of(
    *(
        "internet",
        "online",
        r"web\s?(?:site|page)",
        r"abstract[^\[\]]{0,20}",
        "preprint",
        r"data\s?set",
        "pdf",
        "e-?book",
    ),
    *(
        "video",
        "brochure",
        r"fact\ssheet",
        r"press\srelease",
        "letter",
        "editorial",
        "review",
        "supplement",
        "guideline",
    ),
    *("report", r"computer\s[^\[\]]{1,20}", r"mobile\sapp", r"article\sin\s\w+", r"published[^\[\]]{0,60}"),
    *(r"updated\s[^\[\]]{1,30}", r"conference[^\[\]]{1,20}", r"poster[^\[\]]{0,20}", r"unpublished[^\[\]]{1,30}"),
)
_MEDIUM = rf"\s?\[(?i:{_MEDIUM_WORD})\]"
_LANGUAGES = (
    *("German", "French", "Spanish", "Italian", "Chinese", "Japanese", "Russian", "Polish", "Portuguese", "Dutch"),
    *("Korean", "Turkish", "Czech", "Hungarian", "Hebrew", "Danish", "Swedish", "Norwegian"),
)
_LANGUAGE = rf"(?<=\.\s){any_of(*_LANGUAGES)}(?:, \w+)?\."
_LEAD = any_of(
    *(r"available\s(?:online\s)?(?:at|from|via)", r"available\sonline", "available", r"retrieved\sfrom"),
    *(r"accessed\s(?:at|from|via)", r"web\saddress", "website", "link", "url", "online", "doi"),
)
_AVAILABLE = (
    rf"(?i:\b(?:also\s)?{_LEAD}\s*:?)\s*(?=\0)|(?i:\b(?:also\s)?available\sonline)[.:]?(?i:\sexit disclaimer\.?)?"
)
# Each remark with words that it cannot do without; most references lack most of them.
_ACCESS = ("access", "retriev", "view", "visit", "cite", "consult")
_DATING: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("online", "print", "posted"), ONLINE),
    (("publish", "publication", "posted", "issued", "created"), PUBLISHED),
)
_SUPERFLUOUS = (
    (("[",), later(_MEDIUM)),
    (("updat", "review", "revis", "modif", "amend"), later(_UPDATED)),
    (("pub", "ahead of print"), later(_EPUB)),
    (("[", "scholar", "crossref", "pubmed", "full text", "view"), later(_LINKS)),
    (tuple(language.lower() for language in _LANGUAGES), later(_LANGUAGE)),
    ((GONE, "online"), later(_AVAILABLE)),
)


@dataclass(frozen=True)
class Notes:
    """The reference with its remarks taken out (same length), and the dates they carried, as printed."""

    text: str
    accessed: str | None = None
    online: tuple[int, int] | None = None


def take(text: str) -> Notes:
    lower = text.lower()
    accessed = online = None
    for pattern in (_CITED, ACCESSED) if any(word in lower for word in _ACCESS) else ():
        for match in pattern.finditer(text):
            accessed = accessed or match.group("date")
            text = gone(text, *match.span())
    for words, pattern in _DATING:
        for match in pattern.finditer(text) if any(word in lower for word in words) else ():
            online = online or match.span("date")
            text = gone(text, *match.span())
    for words, pattern in _SUPERFLUOUS:
        for match in pattern.finditer(text) if any(word in lower for word in words) else ():
            text = gone(text, *match.span())
    return Notes(text, accessed, online)


def gone(text: str, start: int, end: int) -> str:
    return text[:start] + GONE * (end - start) + text[end:]
