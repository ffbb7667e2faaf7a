"""How surely an entry is a reference, and no other line with a year, a name or an address in it."""

import re
from enum import IntEnum
from urllib.parse import urlsplit

from references.reading import organizations
from references.reading.entries import Entry

_SPEECH = re.compile(
    r"(?i)\b(?:we|our|ours|you|your|i|my|they|their|it is|please|call|click|visit|learn more|contact|has been|have been"
    r"|should|there (?:is|are))\b"
)
_APPEAL = re.compile(
    r"(?:^|[.!?]\s+)(?:See|Visit|Call|Read|Learn|Find|Click|Contact|Ask|Talk|Please|If)\b"
    r"|(?:^|[.!?]\s+)(?:For (?:more|further|additional)|More (?:information|about)|To (?:learn|find|read|get|make))\b"
    r"|\b(?i:see|visit|go to|click)(?: us at)?:?\s+(?:https?:|www\.)"
)
_CONTACT = re.compile(r"\b(?:1-)?(?:\d{3}|\(\d{3}\))[-. ]\d{3}[-. ]\d{4}\b|\b1-8\d\d-|\b[A-Z]{2} \d{5}\b|\S@\S+\.\w")
_TAG = re.compile(r"</?\w+[ >]|href=")


class Evidence(IntEnum):
    """NONE: something else. SOME: a title and its address, as a list of links has, too. ENOUGH: a reference."""

    NONE = 0
    SOME = 1
    ENOUGH = 2


def of(entry: Entry) -> Evidence:
    if entry.title and _TAG.search(entry.title):
        return Evidence.NONE
    if entry.doi or entry.pmid or entry.pmcid:
        return Evidence.ENOUGH if entry.title or entry.container else Evidence.NONE
    if entry.container and (entry.published or entry.title) and (entry.volume or entry.pages or entry.authors):
        return Evidence.ENOUGH
    if entry.title is None or _is_speech(entry.title) or _CONTACT.search(entry.raw):
        return Evidence.NONE
    named = entry.authors or entry.publisher
    if entry.accessed and (entry.url or named):
        return Evidence.ENOUGH
    if named and entry.published:
        return Evidence.ENOUGH
    return _of_link(entry) if entry.url and not _APPEAL.search(entry.raw) else Evidence.NONE


def _of_link(entry: Entry) -> Evidence:
    if entry.authors or entry.publisher:
        return Evidence.ENOUGH
    title = entry.title or ""
    leads_home = urlsplit(entry.url or "").path in {"", "/", entry.url}
    if len(title.split()) > 25 or (leads_home and organizations.is_organization(title)):
        return Evidence.NONE
    return Evidence.SOME


def _is_speech(title: str) -> bool:
    """Two words of speech in a sentence that asks nothing, or a very long sentence."""
    return len(title.split()) > 60 or (len(_SPEECH.findall(title)) > 1 and not title.endswith("?"))
