"""BibTeX with the kinds of BibLaTeX where classic BibTeX has none; UTF-8, titles with their capitals protected."""

from collections.abc import Iterator, Sequence

from references.reading import bylines, wording
from references.reading.records import Record
from references.writing.labels import labels

_TYPES = {"journal": "article", "book": "book", "report": "techreport", "data": "dataset", "web": "online"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    **{"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
    **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
}
_ESCAPES = str.maketrans(_SIGNS)
_LIGATURES = ("--", "``", "''")  # two signs that LaTeX draws as one


def write(records: Sequence[Record]) -> str:
    """The whole file."""
    return "\n".join(_entry(record, label) for record, label in zip(records, labels(records), strict=True))


def _entry(record: Record, label: str) -> str:
    rows = "".join(f"  {name} = {value},\n" for name, value in _values(record))
    return f"@{_type(record)}{{{label},\n{rows}}}\n"


def _values(record: Record) -> Iterator[tuple[str, str]]:
    names = [_name(author) for author in record.authors]
    if record.organization and not names:
        names = [_braced(record.organization)]
    if names:
        yield "author", f"{{{' and '.join(names)}}}"
    yield "title", f"{{{_braced(record.title)}}}"
    year, month, day = [*record.published.split("-"), "", ""][:3]
    values = {
        "booktitle" if record.kind == "book" else "journal": record.container,
        "institution" if _type(record) == "techreport" else "publisher": record.publisher,
        "year": year,
        "day": day.lstrip("0"),
        "edition": record.edition,
        "volume": record.volume,
        "number": record.issue,
        "pages": record.pages.replace("-", "--"),
        "type": "Guideline" if record.kind == "guideline" else "",
        "pmid": record.pmid,
        "urldate": record.accessed,
    }
    plain = {"pages"}  # whose two hyphens are meant
    for name, value in values.items():
        if value:
            yield name, f"{{{_signs(value) if name in plain else _text(value)}}}"
    if month:
        yield "month", _MONTHS[int(month) - 1]
    yield from ((name, f"{{{value}}}") for name, value in (("doi", record.doi), ("url", _address(record.url))) if value)


def _type(record: Record) -> str:
    if record.kind == "guideline":
        return "article" if record.container else "techreport"
    return "incollection" if record.kind == "book" and record.container else _TYPES[record.kind]


def _name(author: str) -> str:
    name = bylines.split(author)
    if author == "et al":
        return "others"
    if name.whole:
        return _braced(author) if bylines.is_group(author) else f"{_braced(author)},"
    return ", ".join(_text(part) for part in (name.family, name.suffix, name.given) if part)


def _braced(text: str) -> str:
    return f"{{{_text(text)}}}"


def _text(text: str) -> str:
    written = _signs(text)
    for pair in _LIGATURES:
        while pair in written:
            written = written.replace(pair, f"{pair[0]}{{}}{pair[1]}")
    return written


def _signs(text: str) -> str:
    return wording.guarded(text).translate(_ESCAPES)


def _address(url: str) -> str:
    """As it is, for BibTeX takes addresses by the letter; braces would end the value."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
