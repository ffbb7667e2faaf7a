"""One printed reference as a record. A field is None where it is not printed: an invented value is worse than none."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from references import identifiers
from references.reading import addresses, dates, notes, parts
from references.reading.letters import compact, flatten, tidy
from references.reading.sentences import Span

LONGEST = 20_000  # characters; a longer piece is prose

_BEFORE_ADDRESS = re.compile(r"(?i)(?:\bdoi\s*[:.]?\s*|\burl\s*:?\s*|<\s*)$")
_SIGN = re.compile(
    r"(?i)(?:1[6-9]|20|１[６-９]|２０)\d\d|https?://|www\.|\.(?:gov|org|com|edu|net|int|uk)/|10\.\d{4}|pmc?id"
    r"|in press|forthcoming"
)
_PUBMED_ID = re.compile(r"(?i)[;,]?\s*\(?(?:\bPubMed\s)?\bPMC?ID\s*:?\s*(?:PMC\s?)?\d+\)?[.;,]?")


@dataclass(frozen=True)
class Entry:
    """`raw` is `text[start:end]` of the list. Dates are partial ISO; texts are as printed, on one line."""

    raw: str
    start: int
    end: int
    authors: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_as_printed: str | None = None
    title: str | None = None
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    accessed: str | None = None


@dataclass(frozen=True)
class _Links:
    url: str | None = None
    doi: str | None = None


def read(text: str, start: int, end: int) -> Entry:
    """The reference printed at `text[start:end]`, without its list number."""
    raw = text[start:end]
    if len(raw) > LONGEST:
        return Entry(raw, start, end)
    line, offsets = compact(flatten(raw))
    line, links = _without_links(raw, line, offsets)
    pmid, pmcid = identifiers.find_pmid(raw), identifiers.find_pmcid(raw)
    for match in _PUBMED_ID.finditer(line):
        line = notes.gone(line, *match.span())
    remarks = notes.take(line)
    found = parts.read(remarks.text, identified=bool(links.doi or pmid), host=identifiers.url_host(links.url or ""))
    printed = found.date or remarks.online

    def cut(span: Span | None) -> str | None:
        return tidy(raw[offsets[span[0]] : offsets[span[1] - 1] + 1]).strip("*_") or None if span else None

    published = dates.partial(line[slice(*printed)]) if printed else None
    return Entry(
        *(raw, start, end, cut(found.authors), cut(found.publisher), published),
        published_as_printed=cut(printed) if published else None,
        title=cut(found.title),
        container=cut(found.container),
        volume=cut(found.volume),
        issue=cut(found.issue),
        pages=cut(found.pages),
        url=links.url,
        doi=links.doi,
        pmid=pmid,
        pmcid=pmcid,
        accessed=dates.partial(remarks.accessed) if remarks.accessed else None,
    )


def may_be_reference(text: str, start: int, end: int) -> bool:
    """A quick no to what shows neither a year nor an address nor an identifier."""
    return end - start <= LONGEST and _SIGN.search(text, start, end) is not None


def _without_links(raw: str, line: str, offsets: Sequence[int]) -> tuple[str, _Links]:
    """`line` with the addresses of `raw` taken out, and the first web address and DOI among them."""
    url = doi = None
    for start, end in addresses.runs(raw):
        address = addresses.clean(raw[start:end])
        doi = doi or identifiers.find_doi(address)
        is_bare_doi = address.startswith("10.")
        is_resolver = identifiers.url_host(address).endswith("doi.org")
        if not is_bare_doi and (url is None or "doi.org/" in url) and not (url and is_resolver):
            url = address
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        before = _BEFORE_ADDRESS.search(line, max(0, first - 20), first)
        line = notes.gone(line, before.start() if before else first, last)
    return line, _Links(url, doi)
