"""A reference that was printed in a list, as a record."""

import re

from references import identifiers
from references.reading import bylines, locating, organizations, plain, wording
from references.reading.records import Record

_DAY = 10  # characters of a whole day
_COPIED = ("container", "published", "volume", "issue", "pmid")
_BETWEEN = re.compile(r"[,;]|\s(?:&|and)\s")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_GIVEN = r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]+))*"
_FIRST_INVERTED = re.compile(rf"(?P<family>[^\d,.;]{{2,40}}), (?P<given>{_GIVEN}\.?)(?:,? et al\.?|(?P<rest>,? .+))?")
_NATURAL = re.compile(r"(?P<given>[A-ZÀ-Þ]\S*(?:\s[A-ZÀ-Þ]\.?)*) (?P<family>(?:[a-z]{2,3} ){0,2}[A-ZÀ-Þ][\w'’-]+)")
_CHAPTER = re.compile(r"\.\s+In:?\s+[A-Z]")
_DATA = re.compile(r"\[data ?set\]|\bdata from:|\bdryad\b|\bzenodo\b|\bfigshare\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:report|working paper|technical (?:note|report)) no\.?\s", re.IGNORECASE)
_IMPRINT = re.compile(r";\s*c?(?:1[6-9]|20)\d\d\.")  # no web page is printed with one
_GUIDELINE = re.compile(r"\bguidelines?\b", re.IGNORECASE)
_EDITION = re.compile(
    r"\b(?P<number>\d{1,2}(?:st|nd|rd|th)|[Rr]ev(?:ised)?|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ii]nternational)"
    r"\s(?:ed|edn|edition)\b"
)


def record(entry: plain.Entry) -> Record:
    """The work as printed; an organization without named authors is its own author."""
    authors, organization = bylines.attributed(_names(entry.authors or ""))
    publisher = wording.clean(entry.publisher or "")
    by_publisher = not (authors or organization)
    kind = _kind(entry)
    doi = identifiers.normalize_doi(entry.doi or "")
    container = wording.clean(entry.container or "")
    if kind == "data" and container and not publisher:  # a repository is no journal
        publisher, container = container, ""
    edition = _EDITION.search(entry.raw) if kind in {"book", "report"} else None
    return Record(
        kind=kind,
        authors=authors,
        organization=publisher if by_publisher and kind != "data" else organization,
        publisher="" if by_publisher and kind != "data" else publisher,
        accessed=entry.accessed if entry.accessed and len(entry.accessed) == _DAY else "",
        title=wording.title(entry.title or ""),
        doi=doi,
        url=_url(entry, doi),
        pages=locating.pages(wording.clean(entry.pages or "")),
        edition=edition["number"] if edition else "",
        **{name: wording.clean(getattr(entry, name) or "") for name in _COPIED} | {"container": container},
    )


def _kind(entry: plain.Entry) -> str:
    in_journal = bool(entry.volume or entry.issue)
    if _DATA.search(entry.raw) and not in_journal:
        return "data"
    if entry.container and not in_journal and _CHAPTER.search(entry.raw):
        return "book"
    if entry.container and (in_journal or entry.pages or entry.pmid or entry.doi):
        return "journal"
    if entry.publisher and entry.authors and not entry.url and not organizations.is_organization(entry.authors):
        return "book"
    if _GUIDELINE.search(entry.title or ""):
        return "guideline"
    is_report = _REPORT.search(entry.raw) or (entry.publisher and _IMPRINT.search(entry.raw))
    return "report" if is_report else "web"


def _url(entry: plain.Entry, doi: str) -> str:
    """The address; of a DOI's own there is no need beside the DOI."""
    url = wording.clean(entry.url or "")
    return "" if doi and identifiers.RESOLVER.search(url) and identifiers.normalize_doi(url) == doi else url


def _names(line: str) -> list[str]:
    """Name by name where most of the line is people, else the line as printed."""
    line = wording.clean(line).rstrip(" ,;")
    pieces = [piece for part in _BETWEEN.split(line) if (piece := part.strip(" .&"))]
    people = [piece for piece in pieces if piece.lower() != "et al"]
    rest = ["et al"] if len(people) < len(pieces) else []
    if 2 * sum(bool(bylines.split(name).family) for name in people) > len(people):  # a study group may be among them
        return [*people, *rest]
    pairs = list(zip(people[::2], people[1::2], strict=False))
    if len(people) % 2 == 0 and all(_INITIALS.fullmatch(initials) for _family, initials in pairs):
        return [*(bylines.joined(*pair) for pair in pairs), *rest]
    return _in_full(line) or [line]


def _in_full(line: str) -> list[str]:
    """`Roe, Jane A., and Kim Doe`, as MLA and Chicago print; empty if it is anything else."""
    first = _FIRST_INVERTED.fullmatch(line)
    if first is None or organizations.is_organization(line):
        return []
    others = [piece for part in _BETWEEN.split(first["rest"] or "") if (piece := part.strip(" .")) and piece != "and"]
    cut = ["et al"] if re.search(r"\bet al\.?$", line) else []
    names = [_NATURAL.fullmatch(other.removeprefix("and ")) for other in others if other != "et al"]
    if not all(names):
        return []
    later = [bylines.joined(name["family"], name["given"]) for name in names if name]
    return [bylines.joined(first["family"], first["given"]), *later, *cut]
