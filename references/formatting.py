"""A work as a printed reference in AMA style, 11th edition, and the numbers of references. Pure."""

import html as markup
import re
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import quote

from references.reading import organizations

# AMA style is English, whatever the language of the page.
MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July")
MONTHS += ("August", "September", "October", "November", "December")
AUTHORS_ALL = 6
AUTHORS_SHOWN = 3
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_EDITION = re.compile(r"(?P<number>\d{1,3})(?:st|nd|rd|th)?(?:\s+edn?\.?|\s+edition)?", re.IGNORECASE)
_EDITION_WORD = re.compile(r"(?P<word>[a-z][\w -]{0,24}?)\s*(?:\bedn?\.?|\bedition)?", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"\b(?:suppl(?:ement)?|pt|part)\b\.?", re.IGNORECASE)
_VOLUME = re.compile(r"^vol(?:ume)?\b\.?\s*", re.IGNORECASE)  # the place says that it is one
_MONTH_OF_ISSUE = re.compile(rf"(?<=\d)\s+(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?$")
_GENERATION = re.compile(r"(?<= )(?:2nd|3rd|4th)$")
_GENERATIONS = {"2nd": "II", "3rd": "III", "4th": "IV"}
_LONG_WORD = re.compile(r"[^\W\d_]{7}")  # no acronym is as long
_SMALL_WORDS = {"a", "an", "and", "for", "in", "of", "on", "the", "to", "with"}
_RANGE = re.compile(r"(?<![\w-])(\d{2,})-(\d+)(?![\w-])")


class Work(Protocol):
    """What a reference is printed from. "" is unknown; dates are partial ISO (2018, 2018-10, 2018-10-17)."""

    @property
    def kind(self) -> str: ...  # "web", "journal", "guideline", "book", "report" or "data"
    @property
    def authors(self) -> tuple[str, ...]: ...  # "Surname AB" or the name of an organization
    @property
    def organization(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def container(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def published(self) -> str: ...
    @property
    def accessed(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def volume(self) -> str: ...
    @property
    def issue(self) -> str: ...
    @property
    def pages(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def doi(self) -> str: ...
    @property
    def pmid(self) -> str: ...


def ama(work: Work, *, html: bool = True) -> str:
    """The reference without its number: safe HTML, or plain text if not `html`."""
    pen = _Pen(html=html)
    in_journal = work.kind == "journal" or (work.kind == "guideline" and bool(work.volume))
    author = _names(work.authors) or work.organization
    if work.authors and work.organization not in ("", *work.authors) and not _has_a_place(work, in_journal=in_journal):
        author += f"; {work.organization}"
    if work.kind not in {"journal", "book"}:
        author = author or work.publisher
    parts = [pen.stopped(author)]
    if in_journal:
        parts += _journal(work, pen)
    elif work.kind in {"web", "data"}:  # a data set stands in its repository as a page does on its site
        parts += _web(work, pen, author)
    else:
        parts += _book(work, pen, author)
    return " ".join(part for part in [*parts, _locator(work, pen)] if part)


def numbering(keys: Iterable[str]) -> dict[str, int]:
    """Number of each key, from 1, in the order of first use."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys), 1)}


def ranges(numbers: Iterable[int]) -> str:
    """`2,5-7`: ascending, without a space; a run of three or more is joined by a hyphen."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)


def printed_date(partial: str) -> str:
    """`October 17, 2018`, `November 2022` or `2018` of a partial ISO date; anything else as it is."""
    year, _, rest = partial.partition("-")
    month, _, day = rest.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return partial
    name = MONTHS[int(month) - 1]
    return f"{name} {int(day)}, {year}" if day.isdecimal() else f"{name} {year}"


class _Pen:
    """Writes pieces in one of two hands, HTML or plain text. Everything is escaped here, once."""

    def __init__(self, *, html: bool) -> None:
        self.html = html

    def text(self, text: str) -> str:
        return markup.escape(text) if self.html else text

    def stopped(self, text: str, *, italic: bool = False) -> str:
        """With a full stop, unless it already ends a sentence; "" stays ""."""
        text = " ".join(text.split())
        if not text:
            return ""
        written = f"<i>{self.text(text)}</i>" if italic and self.html else self.text(text)
        return written if text.rstrip("\"'”’»")[-1:] in {".", "?", "!", "…"} else written + "."

    def link(self, url: str, text: str) -> str:
        if self.html and url.lower().startswith(("http://", "https://")):
            return f'<a href="{self.text(url)}">{self.text(text)}</a>'
        return self.text(text)


def _names(authors: Sequence[str]) -> str:
    """People by commas, six at most or three and `et al`; a group stands apart by a semicolon and is never dropped."""
    names = [name for name in authors if name.lower().rstrip(".") != "et al"]
    names = [_GENERATION.sub(lambda found: _GENERATIONS[found[0]], name) for name in names]
    groups = [name for name in names if organizations.is_organization(name)]
    if len(groups) == len(names):
        groups = []  # organizations among themselves are authors like any other
    people = [name for name in names if name not in groups]
    shown = ", ".join(people)
    if len(people) > AUTHORS_ALL or len(names) < len(authors):
        shown = ", ".join([*people[:AUTHORS_SHOWN], "et al"])
    first = [groups.pop(0)] if groups and names[0] == groups[0] else []
    return "; ".join([*first, shown, *groups])


def _has_a_place(work: Work, *, in_journal: bool) -> bool:
    """Whether the organization beside the authors is printed as the site or as who publishes."""
    site = work.container if work.kind in {"web", "data"} else ""
    places = [name for name in (site, work.publisher) if name]
    return not in_journal and (not places or any(_same(name, work.organization) for name in places))


def _journal(work: Work, pen: _Pen) -> list[str]:
    year = work.published[:4]
    number = _MONTH_OF_ISSUE.sub("", _SUPPLEMENT.sub(_small, work.issue.replace("_", " ")))
    issue = f"({number})" if number else ""
    volume = _VOLUME.sub("", work.volume)
    volume = f";{volume}{issue}" if volume or issue else ""
    pages = _pages(work)
    if not volume and not pages and "-" in work.published:
        place = f"Published online {printed_date(work.published)}"
    else:
        place = f"{year}{volume}{':' if pages else ''}{pages}".lstrip(";:")
    return [pen.stopped(work.title), pen.stopped(_container(work), italic=True), pen.stopped(place)]


def _web(work: Work, pen: _Pen, author: str) -> list[str]:
    site = work.container or work.publisher or work.organization
    published = f"Published {printed_date(work.published)}" if work.published else ""
    site = "" if _same(site, author) else site
    return [pen.stopped(part) for part in (work.title, _version(work.edition), site, published)]


def _book(work: Work, pen: _Pen, author: str) -> list[str]:
    """Book, chapter (with the book as its container), report, guideline of an organization."""
    # Who publishes is named even where it is the author, but not where it stands in the author's place.
    published_by = work.publisher or (work.organization if work.authors else "")
    publisher = "" if author == work.publisher and not (work.authors or work.organization) else published_by
    # A book bears a year; a report or a guideline is known by its day.
    date = work.published[:4] if work.kind == "book" else printed_date(work.published)
    imprint = "; ".join(part for part in (publisher, date) if part)
    pages = _pages(work)
    imprint += f":{pages}" if imprint and pages else pages
    behind = [pen.stopped(_version(work.edition)), pen.stopped(imprint)]
    if not work.container:
        return [pen.stopped(work.title, italic=True), *behind]
    return [pen.stopped(work.title), "In: " + pen.stopped(_container(work), italic=True), *behind]


def _version(edition: str) -> str:
    """`8th ed`, `Version 2.1`; a first edition is not mentioned."""
    number, word = _EDITION.fullmatch(edition), _EDITION_WORD.fullmatch(edition)
    count = int(number["number"]) if number else _ORDINALS.get(word["word"].lower(), 0) if word else 0
    if count:
        return f"{count}{_ending(count)} ed" if count > 1 else ""
    if edition[:1].isdigit():
        return f"Version {edition}"
    if word is None or re.match(r"(?i)first$|version\b|v\d", word["word"]):
        return "" if word and word["word"].lower() == "first" else edition
    return f"{word['word']} ed"


def _ending(count: int) -> str:
    return "th" if count % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _pages(work: Work) -> str:
    """`947-954` of `947–54`: the last page in full."""
    return _RANGE.sub(_in_full, work.pages.replace("–", "-"))


def _in_full(pages: re.Match[str]) -> str:
    first, last = pages[1], pages[2]
    whole = first[: max(0, len(first) - len(last))] + last
    return f"{first}-{whole}" if int(whole) > int(first) else pages[0]


def _small(word: re.Match[str]) -> str:
    return "suppl" if word[0][0] in "Ss" else "pt"


def _container(work: Work) -> str:
    """Without the habits of catalogs: a blank before the colon, the name in a second language, capitals throughout."""
    name = work.container.partition(" = ")[0].replace(" : ", ": ")
    if not name.isupper() or not _LONG_WORD.search(name):
        return name
    first, *others = name.capitalize().split(" ")
    return " ".join([first, *(word if word in _SMALL_WORDS else word.capitalize() for word in others)])


def _locator(work: Work, pen: _Pen) -> str:
    """DOI, else the address with the day it was seen, else PMID. No full stop: it would be copied along."""
    if work.doi:
        return pen.link(f"https://doi.org/{quote(work.doi, safe='/:;()')}", f"doi:{work.doi}")
    if work.url:
        accessed = pen.stopped(f"Accessed {printed_date(work.accessed)}") if work.accessed else ""
        return f"{accessed} {pen.link(work.url, work.url)}".lstrip()
    if work.pmid:
        return pen.link(f"https://pubmed.ncbi.nlm.nih.gov/{quote(work.pmid)}/", f"PMID: {work.pmid}")
    return ""


def _same(one: str, other: str) -> bool:
    return one.casefold().rstrip(". ") == other.casefold().rstrip(". ")
