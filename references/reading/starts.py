"""Where a reference can begin, and whether the one before it can have ended. For lists without numbers."""

import re

from references.reading import locators, names, organizations
from references.reading.dates import DATE, MONTH, UNDATED, YEAR
from references.reading.later import later
from references.reading.letters import LETTER, UPPER, any_of

_LOCATOR_LENGTH = 160
_SHORTEST = 8
_HINT = later(r"\d|\.[a-z]{2,3}/|(?i:http|www\.|accessed|retrieved|in press|available|pubmed)")
WINDOW = 4000  # characters looked at; a longer list of authors is cut there

_DATED_ORGANIZATION = later(rf"{organizations.PHRASE}\.?,?\s*\((?:{DATE}|{UNDATED})\)")
_NAMED_ORGANIZATION = later(rf"(?P<name>{organizations.PHRASE})(?P<mark>[.:])\s+(?=[{UPPER}“\"])(?!{DATE})")
_QUOTING_ORGANIZATION = later(rf"{organizations.PHRASE},\s[“\"][{UPPER}]")
_REMARK = later(
    r"(?i)(?:accessed|updated|published|last|available|retrieved|reviewed|doi|https?:|www\.|pmid|epub|version|\d"
    r"|bethesda|atlanta|geneva|london)"
)
TITLE = later(
    rf"(?:{organizations.PHRASE}(?=[.:]\s|\s\()|[{UPPER}“\"][{LETTER}’'-]*\s[^.\0]{{3,200}}[.?,]?[.?”\"]\s+[{UPPER}])"
)

# A remark or a part of the reference above, never the beginning of one.
CONTINUES = later(
    any_of(
        r"(?i:https?://|www\.|doi\b|10\.\d{4}|pmc?id\b|isbn|url\b)",
        r"(?i:available\b|also available|e-?pub\b|in:\s|published\b)",
        r"(?i:\(?(?:last )?(?:accessed|retrieved|updated|reviewed|viewed|cited)\b|vol(?:ume)?\.|pp?\.\s?\d)",
        r"[\[(&,;:)\]]",
        r"[A-Z][a-z]+(?: [A-Z][a-z]+)?,\s[A-Z][A-Za-z]{1,4}\.?:\s",  # Bethesda, Md:
        rf"{DATE}|\d|{MONTH}\s+\d{{1,2}}\s*[;\[]",  # 2018 | Oct 17 [cited …]
    )
)
_IDENTIFIED = later(
    any_of(
        r"https?://|www\.|\w\.(?:gov|org|com|edu|net|int|uk)/|\b10\.\d{4,9}/|PMC?ID|\[PUBMED",
        rf",\s*{YEAR},\s*pp?\.?\s?\d|;\s*(?:©|c)?{DATE}|:\s*{YEAR}\s*\.",
        r"\b(?i:accessed|retrieved|in press|available online)\b",
    )
)
_DATE_LAST = later(rf"(?:{DATE})\)?[.]?\s*$")
_DATED = later(rf"\((?:{DATE}|{UNDATED})\)")
_UNFINISHED = later(
    any_of(
        r"[,;:&-]",
        r"\b(?:and|of|the|in|for|with|by|from|to|at|on|[Ee]ds?\.|[Ee]ditors?[.,]|vs\.|In:?|doi:?)",
        r"\b(?:U\.\s?S|U\.\s?K|St|Dr|Mt)\.",
    )
    + r"\s*$"
)
# Beginnings of remarks that stand after the pages: "Abstract 456.", "Published correction appears in …".
_ASIDE = later(
    r"(?:Abstract|Presented|Published|Poster|Erratum|Comment|Discussion|Review|Supplement|Reprint|Correction|PMID"
    r"|Publication|Report|NIH|DHHS|ISBN|Document|Version|Vol)"
)
_END = later(
    any_of(
        rf";\s*(?:©|c)?{DATE}(?:\s*:\s*{locators.PAGES})?",
        rf"\bpp?\.?\s?{locators.PAGES}|\d\sp",
        rf"\bPMC?ID:?\s*\w+|(?i:accessed(?:\son)?:?\s+{DATE}|in press)",
    )
    + r"[.\s]*$"
)
_AFTER_LOCATOR = later(r"[.\s]*(?:\[[^\[\]]{1,40}\][.\s]*|[A-Z][a-z]+\.\s*)*")
_LAST_SENTENCE = later(r"(?:^|[.?!]\s+)([^.?!]{3,120})\.\s*$")


def is_certain(text: str, at: int, end: int) -> bool:
    """Several people, or people or an organization with a date: no sentence inside a reference begins like that."""
    head = names.head(text, at, min(at + WINDOW, end))
    if head:
        several = re.search(r"[,;&]|et al|\band\b", text[slice(*head.names)]) is not None
        return several or head.date is not None or text[head.names[1]] == ":"
    return _DATED_ORGANIZATION.match(text, at, min(at + WINDOW, end)) is not None


def is_weak(text: str, at: int, end: int) -> bool:
    """A sentence of three words or more that is no remark, with another one after it."""
    if CONTINUES.match(text, at) or _ASIDE.match(text, at):
        return False
    match = TITLE.match(text, at, min(at + WINDOW, end))
    return match is not None and (len(match.group().split()) > 2 or text.startswith(". In: ", match.end()))


def ends_in_date(text: str, start: int, end: int) -> bool:
    return _DATE_LAST.search(text, max(start, end - 40), end) is not None


def follows_publisher(text: str, start: int, at: int) -> bool:
    """The sentence before names an organization, as the last one of a book does."""
    last = _LAST_SENTENCE.search(text[max(start, at - 140) : at])
    return last is not None and organizations.is_organization(last[1])


def is_locator_line(text: str, at: int, end: int) -> bool:
    """`Lancet 354(9188):1425-30` begins a line, not a reference, while that is still missing."""
    line = text[at:end]
    locator = locators.find(line)
    return locator is not None and ". " not in line[: locator.start].rstrip(". ")


def is_strong(text: str, at: int, end: int | None = None) -> bool:
    """People, or an organization with a date or a title after it."""
    stop = min(at + WINDOW, len(text) if end is None else end)
    head = names.head(text, at, stop)
    if head:
        several = re.search(r"[,;&]|et al|\band\b", text[slice(*head.names)]) is not None
        return several or head.date is not None or text[head.names[1] : head.names[1] + 1] in {":", "."}
    if _DATED_ORGANIZATION.match(text, at, stop) or _QUOTING_ORGANIZATION.match(text, at, stop):
        return True
    named = _NAMED_ORGANIZATION.match(text, at, stop)
    return bool(named and organizations.is_organization(named["name"]) and not _REMARK.match(text, named.end(), stop))


class Current:
    """The reference that is being collected, from `start` on."""

    def __init__(self, flat: str, start: int) -> None:
        self.flat = flat
        self.start = start
        self._complete = False
        self._seen = start

    def is_complete(self, end: int) -> bool:
        """Where it was published, or how to reach it, has been printed up to `end`: another reference may follow."""
        if self._complete or end - self._seen < _SHORTEST:
            return self._complete
        # Only what is new is read, so that a long text is read once; a locator may have begun a little before.
        if _HINT.search(self.flat, self._seen, end):
            self._complete = is_complete(self.flat, max(self.start, self._seen - _LOCATOR_LENGTH), end)
        self._seen = end
        return self._complete

    def has_ended(self, end: int) -> bool:
        """The very last thing before `end` is where it was published: pages and year, with nothing but links after."""
        tail = self.flat[max(self.start, end - 220) : end]
        if _END.search(tail):
            return True
        locator = locators.find(tail)
        return locator is not None and _AFTER_LOCATOR.fullmatch(tail, locator.end) is not None


def is_complete(text: str, start: int, end: int) -> bool:
    return _IDENTIFIED.search(text, start, end) is not None or locators.find(text[start:end]) is not None


def is_dated(text: str, start: int, end: int) -> bool:
    return _DATED.search(text, start, min(end, start + WINDOW)) is not None


def is_unfinished(text: str, start: int, end: int) -> bool:
    """The sentence goes on: it ends in a word or sign that needs another, or inside brackets."""
    tail = text[max(start, end - 200) : end]
    inside = tail.rfind("[") > tail.rfind("]") or tail.rfind("(") > tail.rfind(")")
    return inside or _UNFINISHED.search(tail[-40:]) is not None


def is_head_only(text: str, start: int, end: int) -> bool:
    """Nothing but authors or an organization, perhaps with a date, has been printed so far."""
    if end - start > WINDOW:
        return False
    head = names.head(text, start, end)
    if head:
        return head.end >= end
    dated = _DATED_ORGANIZATION.match(text, start, end)
    return dated is not None and not text[dated.end() : end].strip(" .")
