"""An entry of BibTeX or BibLaTeX as a record."""

import re

from references import identifiers
from references.reading import bylines, latex, locating, when, wording
from references.reading.records import Record

KINDS = {
    "journal": "article",
    "book": "book inbook incollection inproceedings proceedings conference booklet collection mvbook inreference",
    "report": "techreport report phdthesis mastersthesis thesis unpublished manual patent",
    "data": "dataset data",
    "web": "online electronic www webpage software",
}
_KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
_PARTS = re.compile(r"[{}]|\\.| and ", re.DOTALL)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = 4


def record(kind: str, raw: dict[str, str]) -> Record:
    """The work that these raw values describe."""

    def text(*names: str) -> str:
        return next((words for name in names if (words := wording.clean(latex.decode(raw.get(name, ""))))), "")

    addresses = [latex.address(raw.get(name, "")) for name in ("url", "howpublished", "ee", "note")]
    authors, organization = _by(raw.get("author", ""))
    publisher = text("publisher", "institution", "school")
    if not authors and not organization:
        organization = text("organization")
    return Record(
        kind=_kind(kind, raw, text("type")),
        authors=authors,
        organization=organization,
        title=wording.title(latex.decode(raw.get("title", ""))),
        container=text("journal", "journaltitle", "booktitle", "maintitle"),
        publisher=publisher or (text("organization") if organization != text("organization") else ""),
        published=_published(raw),
        edition=text("edition", "version"),
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=locating.pages(text("pages", "eid", "articleno")),
        url=locating.url(addresses),
        doi=locating.doi([latex.address(raw.get("doi", "")), *addresses]),
        pmid=_pmid(raw, addresses),
        accessed=when.day(text("urldate", "lastaccessed")),
    )


def _kind(name: str, raw: dict[str, str], printed: str) -> str:
    if "guideline" in printed.lower():
        return "guideline"
    return _KIND.get(name) or ("web" if raw.get("url") or raw.get("howpublished") else "report")


def _by(raw: str) -> tuple[tuple[str, ...], str]:
    corporate = set()
    names = []
    for one in _split(" ".join(raw.split())):
        name = _name(one)
        names.append(name)
        if _is_braced(one):
            corporate.add(name)
    return bylines.attributed(names, corporate)


def _split(raw: str) -> list[str]:
    """Names, parted by an `and` that stands in no braces."""
    found, begin, depth = [], 0, 0
    for sign in _PARTS.finditer(raw):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign[0] == " and " and depth <= 0:
            found.append(raw[begin : sign.start()])
            begin = sign.end() - 1  # the blank may be the next one's, too
    return [name.strip() for name in [*found, raw[begin:]] if name.strip()]


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds all of it: an organization, or a name to be left whole."""
    depth = 0
    for sign in re.finditer(r"[{}]|\\.", name):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            return name.startswith("{") and sign.end() == len(name)
    return False


def _name(raw: str) -> str:
    words = wording.clean(latex.decode(raw))
    if _is_braced(raw):
        return words
    if words == "others":
        return "et al"
    if "," in words:
        return bylines.inverted(words)
    if not bylines.split(words).whole or " " not in words:
        return words  # "Roe JA", as some exporters have it
    return _natural(words.split())


def _natural(words: list[str]) -> str:
    """`Ludwig van Beethoven`: the family name begins at its first small particle, or is the last word."""
    begins = next((place for place, word in enumerate(words[:-1]) if place and word[0].islower()), len(words) - 1)
    return bylines.joined(" ".join(words[begins:]), " ".join(words[:begins]))


def _published(raw: dict[str, str]) -> str:
    year, month, day = (wording.clean(latex.decode(raw.get(name, ""))) for name in ("year", "month", "day"))
    named = month[:3].lower()
    if named in _MONTHS and len(month.split()) < 2:
        month = str(_MONTHS.index(named) + 1)
    whole = f"{year[:_YEAR]}/{month}/{day}" if month.isdecimal() else f"{month} {year}" if month else year
    return when.published(wording.clean(raw.get("date", "")), whole, year)


def _pmid(raw: dict[str, str], addresses: list[str]) -> str:
    plain = identifiers.normalize_pmid(wording.clean(raw.get("pmid", "")))
    if plain:
        return plain
    eprint = raw.get("eprint", "") if "pubmed" in raw.get("eprinttype", raw.get("archiveprefix", "")).lower() else ""
    return identifiers.normalize_pmid(eprint) or locating.pmid([*addresses, raw.get("note", "")])
