"""A record of RIS, whichever of two dozen exporters wrote it.

Titles stand in TI or T1, years in PY, Y1 or DA, a DOI in DO, M3, L3 or an address, pages in SP, PG or C7.
"""

import re

from references import identifiers
from references.reading import bylines, locating, when, wording
from references.reading.records import Record
from references.reading.tagged import Fields

KINDS = {
    "journal": "JOUR EJOUR JFULL MGZN NEWS ABST INPR",
    "book": "BOOK CHAP EBOOK ECHAP EDBOOK CONF CPAPER SER ENCYC DICT",
    "report": "RPRT GOVDOC THES STAND UNPB PAMP LEGAL STAT HEAR CASE",
    "data": "DATA DBASE AGGR",
    "web": "ELEC ICOMM BLOG WEB MULTI VIDEO SOUND",
}
_KIND = {code: kind for kind, codes in KINDS.items() for code in codes.split()}
_CHAPTERS = {"CHAP", "ECHAP", "CONF", "CPAPER", "ENCYC", "DICT"}
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_MOST_NAMES = 6_000  # in one line; the longest article has 5,154 authors
_LONGEST_ISSUE = 60
_YEAR = re.compile(r"[12]\d{3}")


def record(fields: Fields) -> Record:
    """The work that these fields describe."""
    code = fields.first("TY").upper()
    kind = _kind(fields, code)
    authors, organization = _by(fields)
    is_whole_book = kind == "book" and code not in _CHAPTERS
    return Record(
        kind=kind,
        authors=authors,
        organization=organization,
        title=wording.title(fields.first("TI", "T1", "CT", *(["BT", "T2"] if is_whole_book else []))),
        container="" if is_whole_book else wording.clean(fields.first("T2", "JF", "JO", "BT", "JA", "J2")),
        publisher=wording.clean(fields.first("PB", "PU")),
        published=_published(fields),
        edition=wording.clean(fields.first("ET")),
        volume=wording.clean(fields.first("VL")),
        issue=_issue(wording.clean(fields.first("IS"))),
        pages=locating.pages(wording.clean(fields.first("SP", "PG", "C7")), wording.clean(fields.first("EP"))),
        url=locating.url(fields.all("UR", "LK", "L2")),
        doi=locating.doi(fields.all("DO", "DI", "M3", "L3", "UR", "L2")),
        pmid=_pmid(fields),
        accessed="" if _is_citavi(fields) else when.day(fields.first("Y2")),
    )


def _issue(printed: str) -> str:
    """One exporter puts the affiliations of all authors here."""
    return printed if len(printed) <= _LONGEST_ISSUE else ""


def _kind(fields: Fields, code: str) -> str:
    if "guideline" in fields.first("M3").lower():
        return "guideline"
    if code == "CONF" and fields.first("VL") and fields.first("JO", "JF", "T2"):
        return "journal"  # an abstract in a journal's supplement
    known = _KIND.get(code)
    in_a_journal = fields.first("JO", "JF", "T2") and fields.first("VL", "SP")
    return known or ("journal" if in_a_journal else "web" if fields.first("UR") else "report")


def _by(fields: Fields) -> tuple[tuple[str, ...], str]:
    names: list[str] = []
    corporate = set()
    for value in fields.values.get("AU") or fields.values.get("A1") or ():
        if value.endswith(","):  # as EndNote tells organizations from people
            corporate.add(wording.clean(value[:-1]))
            names.append(wording.clean(value[:-1]))
        else:
            names += [bylines.inverted(name) for name in value.split(";", _MOST_NAMES)[:_MOST_NAMES] if name.strip()]
    return bylines.attributed(names, corporate)


def _published(fields: Fields) -> str:
    year, day = fields.first("PY", "Y1"), fields.first("DA")
    if day and year and not _YEAR.search(day):
        day = f"{day} {year[:4]}"  # Web of Science: "SEP 22", and the year apart
    more = [fields.first("Y2")] if _is_citavi(fields) else []
    return when.published(year, fields.first("Y1"), day, *more)


def _is_citavi(fields: Fields) -> bool:
    """Citavi's Y2 is a date of the work. Everybody else's is the day on which it was read."""
    return "citavi" in fields.first("M4").lower()


def _pmid(fields: Fields) -> str:
    database = fields.first("DB")
    if _PUBMED.search(database):
        # Ovid puts it into ID, in which other programs count their own records.
        tags = ("AN", "ID") if database.startswith("Ovid") else ("AN",)
        known = next(filter(None, map(identifiers.normalize_pmid, fields.all(*tags))), "")
        if known:
            return known
    return locating.pmid(fields.all("UR", "L2", "AN", "C2"))
