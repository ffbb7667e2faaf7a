"""A work as a reference file describes it, and what was read of a whole file."""

from dataclasses import dataclass, fields
from typing import Any, Self


class Refused(ValueError):
    """The whole file is refused; the message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work. "" is unknown; `published` is a partial ISO date, `accessed` a day (2026-11-01).

    `authors` are printed as AMA does (`Roe JA`); `organization` is the author where one organization, and nobody
    else, wrote it. Every text stands on one line.
    """

    kind: str = "web"
    authors: tuple[str, ...] = ()
    organization: str = ""
    title: str = ""
    container: str = ""
    publisher: str = ""
    published: str = ""
    edition: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    url: str = ""
    doi: str = ""
    pmid: str = ""
    accessed: str = ""

    @property
    def is_bare(self) -> bool:
        """Known by an identifier or an address alone; it needs a title before it is filed."""
        return not self.title

    @classmethod
    def of(cls, work: Any) -> Self:
        """The same work from anything that has these fields."""
        return cls(**{field.name: getattr(work, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Found:
    """A record, the line of the file in which it begins, and of a printed text the words it was read from."""

    line: int
    record: Record
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, where, and how to mend it, for a person; and the text itself, to mend."""

    line: int
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: `format` is ris, nbib, bib, json or text; `note` a remark for a person ("" mostly)."""

    format: str
    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    note: str = ""
