"""A work as a printed reference in AMA style, 11th edition, and the numbers of references. Pure."""

import html as markup
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import quote

# AMA style is English, whatever the language of the page.
MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July")
MONTHS += ("August", "September", "October", "November", "December")
AUTHORS_ALL = 6
AUTHORS_SHOWN = 3


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
    author = _names(work.authors) or work.organization
    if work.kind not in {"journal", "book"}:
        author = author or work.publisher
    parts = [pen.stopped(author)]
    if work.kind == "journal" or (work.kind == "guideline" and work.volume):
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


def _names(authors: tuple[str, ...]) -> str:
    names = [name for name in authors if name.lower().rstrip(".") != "et al"]
    if len(names) > AUTHORS_ALL or len(names) < len(authors):
        names = [*names[:AUTHORS_SHOWN], "et al"]
    return ", ".join(names)


def _journal(work: Work, pen: _Pen) -> list[str]:
    year = work.published[:4]
    issue = f"({work.issue})" if work.issue else ""
    volume = f";{work.volume}{issue}" if work.volume or issue else ""
    pages = work.pages.replace("–", "-")
    if not volume and not pages and "-" in work.published:
        place = f"Published online {printed_date(work.published)}"
    else:
        place = f"{year}{volume}{':' if pages else ''}{pages}".lstrip(";:")
    return [pen.stopped(work.title), pen.stopped(work.container, italic=True), pen.stopped(place)]


def _web(work: Work, pen: _Pen, author: str) -> list[str]:
    site = work.container or work.publisher or work.organization
    published = f"Published {printed_date(work.published)}" if work.published else ""
    return [pen.stopped(work.title), "" if _same(site, author) else pen.stopped(site), pen.stopped(published)]


def _book(work: Work, pen: _Pen, author: str) -> list[str]:
    """Book, chapter (with the book as its container), report, guideline of an organization."""
    publisher = "" if _same(work.publisher, author) else work.publisher
    imprint = "; ".join(part for part in (publisher, printed_date(work.published)) if part)
    pages = work.pages.replace("–", "-")
    imprint += f":{pages}" if imprint and pages else pages
    if not work.container:
        return [pen.stopped(work.title, italic=True), pen.stopped(imprint)]
    return [pen.stopped(work.title), "In: " + pen.stopped(work.container, italic=True), pen.stopped(imprint)]


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
