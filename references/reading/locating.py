"""Where a work is found: addresses, identifiers and pages, out of whichever field an exporter put them into."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from references import identifiers

_LONGEST = 2000  # characters of a web address
_LONGEST_DOI = 200
_DASH = re.compile(r"\s*[-‐‑‒–—]+\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f]+", re.IGNORECASE)


def doi(texts: Iterable[str]) -> str:
    """The first DOI in these texts, in lower case."""
    found = map(identifiers.normalize_doi, texts)
    return next((value for value in found if 0 < len(value) <= _LONGEST_DOI), "")


def pmid(texts: Iterable[str]) -> str:
    """The first PMID that is called one, or stands in an address of PubMed."""
    return next((found.lstrip("0") for text in texts if (found := identifiers.find_pmid(text))), "")


def url(texts: Iterable[str]) -> str:
    """The first web address; of one that is too long for any browser, none."""
    for text in texts:
        for match in _ADDRESS.finditer(text.replace("&amp;", "&")):
            if len(match.group()) <= _LONGEST and _has_host(match.group()):
                return match.group()
    return ""


def pages(first: str, last: str = "") -> str:
    """`97-105`, with a plain hyphen; one page, or an article's number, stands by itself."""
    first, last = (_DASH.sub("-", text).strip(" -") for text in (first, last))
    return first if not last or last == first or "-" in first else f"{first}-{last}".lstrip("-")


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
