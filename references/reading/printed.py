"""A reference that was printed in a list, as a record."""

import re

from references import identifiers
from references.reading import bylines, plain, wording
from references.reading.records import Record

_DAY = 10  # characters of a whole day
_COPIED = ("container", "published", "volume", "issue", "pages", "url", "pmid")
_BETWEEN = re.compile(r"[,;]|\s(?:&|and)\s")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")


def record(entry: plain.Entry) -> Record:
    """The work as printed; an organization without named authors is its own author."""
    is_article = bool(entry.container and (entry.volume or entry.pages or entry.pmid or entry.doi))
    is_book = bool(entry.publisher and entry.authors and not entry.url)
    authors, organization = bylines.attributed(_names(entry.authors or ""))
    publisher = wording.clean(entry.publisher or "")
    by_publisher = not (authors or organization)
    return Record(
        kind="journal" if is_article else "book" if is_book else "web",
        authors=authors,
        organization=publisher if by_publisher else organization,
        publisher="" if by_publisher else publisher,
        accessed=entry.accessed if entry.accessed and len(entry.accessed) == _DAY else "",
        title=wording.title(entry.title or ""),
        doi=identifiers.normalize_doi(entry.doi or ""),
        **{name: wording.clean(getattr(entry, name) or "") for name in _COPIED},
    )


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
    return [line]
