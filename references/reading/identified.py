"""Lines and sentences that name a work by nothing but its DOI, PMID or address. What it is called is not known then."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from references import identifiers
from references.reading import addresses
from references.reading.records import Record

Name = tuple[str, str]  # "doi", "pmid" or "url", and its value
_MARK = re.compile(r"[ \t]*(?:[-–—•●▪◦‣·*+]\s+|[\[(]?\d{1,4}[\]).:]+\s+)?")
_LABEL = r"(?:doi|url|link|pmid|pubmed(?:\s?id)?|pmcid|(?:available (?:at|from)))"
_ITEM = re.compile(rf"(?P<label>{_LABEL})?\s*[:=]?\s*(?P<token>[^\s,;]\S*)[\s,;]*", re.IGNORECASE)
_DOI = re.compile(
    r"(?:doi:\s*)?(?:https?://)?(?:(?:www\.|dx\.)?doi\.org/(?:doi:)?|[^\s/]*doi-org[^\s/]*/)?10\.\d{4,9}", re.IGNORECASE
)
_DIGITS = re.compile(r"\d{1,8}")
_LONGEST = 5_000  # characters of a line
_FEWEST = 5  # digits of a number that is a PMID without being called one, among other lines
_PMC = re.compile(r"PMC\d{3,8}", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)
_VIEW = re.compile(
    r"(?:[?#].*|/(?:full(?:text|/html)?|abstract|e?pdf|meta|references|summary)/?(?:[?#].*)?)$", re.IGNORECASE
)
_WRAP = "<>()[]{}\"'“”‘’«»,;"


def line(text: str, *, alone: bool = False) -> list[Record]:
    """The works that this line names, if it holds nothing else; else none. `alone`: any number is a PMID."""
    names: list[Name] = []
    labelled = False
    mark = _MARK.match(text) if len(text) <= _LONGEST else None
    if mark is None:
        return []
    rest = text[mark.end() :].strip()
    while rest:
        item = _ITEM.match(rest)
        if item is None:
            return []
        name = _name(item["token"], (item["label"] or "").lower(), alone=alone)
        if name is None:
            return []
        labelled = labelled or bool(item["label"])
        names.append(name)
        rest = rest[item.end() :]
    return list(_works(names, together=labelled))


def within(text: str) -> list[Record]:
    """The works whose identifiers and addresses stand somewhere in this text."""
    names: list[Name] = []
    for start, end in addresses.runs(text):
        name = _name(addresses.clean(text[start:end]), "", alone=False)
        if name and name not in names:
            names.append(name)
    for found in identifiers.PMID.finditer(text):
        pmid = (found[1] or found[2]).lstrip("0")
        if pmid and ("pmid", pmid) not in names:
            names.append(("pmid", pmid))
    escaped = identifiers.normalize_doi(text) if identifiers.ESCAPED_DOI.search(text) else ""
    if escaped and ("doi", escaped) not in names:
        names.append(("doi", escaped))
    return list(_works(names, together=True))


def _works(names: list[Name], *, together: bool) -> Iterator[Record]:
    """One work for each; `together`: names of different kinds in a row are names of one work."""
    current: dict[str, str] = {}
    for kind, value in names:
        if current and (not together or kind in current):
            yield _record(current)
            current = {}
        current[kind] = value
    if current:
        yield _record(current)


def _record(names: dict[str, Any]) -> Record:
    return Record(kind="web" if set(names) == {"url"} else "journal", **names)


def _name(token: str, label: str, *, alone: bool) -> Name | None:
    token = identifiers.trim_punctuation(token.strip(_WRAP) if not token.endswith(")") else token.lstrip(_WRAP))
    if label.startswith(("pmid", "pubmed")):
        pmid = identifiers.normalize_pmid(token)
        return ("pmid", pmid) if pmid else None
    if _DOI.match(unquote(token)):
        doi = identifiers.normalize_doi(token)
        return ("doi", doi) if doi else None
    if _PMC.fullmatch(token):
        return "url", f"https://pmc.ncbi.nlm.nih.gov/articles/{token.upper()}/"
    if _DIGITS.fullmatch(token):
        return ("pmid", token.lstrip("0")) if token.strip("0") and (alone or len(token) >= _FEWEST) else None
    return _address(token)


def _address(token: str) -> Name | None:
    """A web address; one of PubMed, or one that shows a DOI, is a better name than itself."""
    url = token if re.match(r"https?://", token, re.IGNORECASE) else f"https://{token}"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if not _HOST.fullmatch(host) or (
        url != token and not token.lower().startswith("www.") and not parts.path.strip("/")
    ):
        return None
    pmid = identifiers.find_pmid(url)
    if pmid and "pubmed" in host + parts.path:
        return "pmid", pmid.lstrip("0")
    doi = identifiers.normalize_doi(_VIEW.sub("", parts.path)) if "/10." in parts.path else ""
    return ("doi", doi) if doi else ("url", url)
