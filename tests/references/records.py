"""Records as the property tests make them, and small files of them."""

import unicodedata

from hypothesis import strategies as st

from references.reading import bylines, files, wording
from references.reading.records import Record, Refused

_CHARACTERS = st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=("Cc", "Cs", "Cn", "Zs"))
_SIGNS = st.sampled_from(
    [" ", ", ", "&", "&amp;", "<i>", "{", "}", "\\", "--", "$", "%", "~", "^", "`", "''", '"', ";", "É"]
)


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


WORDS = st.lists(_CHARACTERS | _SIGNS, min_size=1, max_size=14).map("".join).map(_line).filter(bool)
TITLES = WORDS.filter(lambda text: wording.title(wording.guarded(text)) == text)
FAMILIES = st.sampled_from(["Roe", "van der Berg", "O'Connor", "Dal-Ré", "Černý", "Müller", "Curry Rogers", "Wang"])
PEOPLE = st.builds(
    lambda *parts: " ".join(part for part in parts if part),
    FAMILIES,
    st.text("ABCDÉÖ", min_size=1, max_size=4),
    st.sampled_from(["", "", "Jr", "3rd"]),
)
GROUPS = st.sampled_from(["WHO Study Group", "Dal-Ré Rafael", "Society, Unit and Branch; Rome", "R&D {Team}", "et al"])
AUTHORS = st.lists(PEOPLE, max_size=4) | st.lists(PEOPLE | GROUPS, min_size=2, max_size=4)
DATES = st.sampled_from(["", "1998", "2005-12", "2018-10-17", "2024-02-29"])
NUMBERS = st.sampled_from(["", "7", "Suppl 1", "12(3)", "A&B"])
ADDRESSES = ["", "https://example.org/a?b=1&c=%7E_x#y~z", "http://example.org/~roe/a_b--c$"]


@st.composite
def records(draw):
    """Any record in the form in which readers leave one."""
    authors, organization = bylines.attributed(draw(AUTHORS))
    return Record(
        kind=draw(st.sampled_from(["web", "journal", "guideline", "book", "report", "data"])),
        authors=authors,
        organization=organization
        or ("" if authors else draw(st.just("") | WORDS.filter(lambda text: "[" not in text))),
        title=draw(TITLES),
        container=draw(st.just("") | WORDS),
        publisher=draw(st.just("") | WORDS),
        published=draw(DATES),
        edition=draw(NUMBERS),
        volume=draw(NUMBERS),
        issue=draw(NUMBERS),
        pages=draw(st.sampled_from(["", "7", "97-105", "S3-S13", "e12292", "3-5, 9-11", "1-2-3"])),
        url=draw(st.sampled_from(ADDRESSES)),
        doi=draw(st.sampled_from(["", "10.1000/a_b(c)-1", "10.1002/1097-0142(19990501)85:9<2051::aid-x1>3.0.co;2-0"])),
        pmid=draw(st.sampled_from(["", "12345678", "7"])),
        accessed=draw(st.sampled_from(["", "2026-11-01"])),
    )


def read(text: str | bytes, name: str = "list.txt"):
    """What a file says."""
    return files.read(text if isinstance(text, bytes) else text.encode(), name)


def one(text: str | bytes) -> Record:
    """The only record of a file that has no fault."""
    reading = read(text)
    assert not reading.problems, reading.problems
    assert len(reading.found) == 1
    return reading.found[0].record


def faults(text: str | bytes) -> list[tuple[int, str]]:
    """Where a file is at fault, and what is said about it."""
    return [(problem.line, problem.message) for problem in read(text).problems]


def refusal(data: bytes, name: str = "list.txt") -> str:
    """Why the whole file is refused."""
    try:
        files.read(data, name)
    except Refused as no:
        return str(no)
    return ""
