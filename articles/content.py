"""Content: the frozen value that runs through the house, its stored text, and its digest (design §5a)."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from articles import markup

SCHEMA = 1
MEDICAL, INSTITUTIONAL = "medical", "institutional"
# What a section is, where it is no plain text.
GLANCE = ("glance-what", "glance-common", "glance-symptoms", "glance-now")  # in the order in which a reader needs them
HELP = ("emergency", "urgent", "nonurgent")  # when to get help, the gravest first
QUESTIONS, FIGURE, STORY = "questions", "figure", "story"
_SEQUENCES = (list, tuple)
_encoder = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class UnknownSchema(ValueError):
    """Stored text from a release newer than this one."""


class _Composed:
    """Texts in composed characters, so that equal words are equal values whatever keyboard wrote them."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            composed = tuple(map(_nfc, value)) if isinstance(value, tuple) else _nfc(value)
            if composed is not value:
                object.__setattr__(self, name, composed)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource(_Composed):
    """What a reader sees of a source. Empty string means unknown; `published` is a partial ISO date."""

    key: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionContent(_Composed):
    """One section: heading and cleaned HTML. `anchor` is its address on the page, not part of its words.

    `form` is empty for a text, else one of GLANCE and HELP, QUESTIONS (the body is a list), FIGURE (the body is its
    caption) or STORY (the body is empty). A figure has the SHA-256 of its bytes, its size in pixels ("1280x720"),
    what it shows in words, and whom it is owed to; a story, whose text is kept elsewhere because a consent can end,
    its key and the SHA-256 of its text. An institutional section that claims something ("ranked first") names who
    answers for it, since when and until when (ISO dates). `erased` is the SHA-256 of a body that was redacted,
    `figure_erased` that of what was said of a picture that was: the picture's own hash stays where it was.
    """

    anchor: str
    heading: str
    body: str
    kind: str = MEDICAL
    form: str = ""
    figure: str = ""
    size: str = ""
    alt: str = ""
    credit: str = ""
    story: str = ""
    story_hash: str = ""
    claim_owner: str = ""
    claim_from: str = ""
    claim_until: str = ""
    erased: str = ""
    figure_erased: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a reader would read, and nothing else: no database, no dates, no people."""

    title: str
    summary: str = ""
    language: str = "en"
    sections: tuple[SectionContent, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    summary_erased: str = ""  # SHA-256 of a summary that was redacted

    def __post_init__(self) -> None:
        for name, value in (("title", self.title), ("summary", self.summary), ("language", self.language)):
            object.__setattr__(self, name, _nfc(value))
        object.__setattr__(self, "sections", tuple(self.sections))
        object.__setattr__(self, "sources", tuple(self.sources))

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, empty fields absent, schema number inside."""
        rows = {name: [_columns(one) for one in getattr(self, name)] for name in ("sections", "sources")}
        return _dump({"schema": SCHEMA, **_filled({**_columns(self), **rows})})

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """Read stored text back. Raises UnknownSchema for a schema this release does not know."""
        data = _load(stored)
        return cls(
            title=data.get("title", ""),
            summary=data.get("summary", ""),
            language=data.get("language", ""),
            sections=tuple(_section(row) for row in data.get("sections", ())),
            sources=tuple(_source(row) for row in data.get("sources", ())),
            summary_erased=data.get("summary_erased", ""),
        )

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the medical part."""
        return digest_of(self.to_json())

    @property
    def full_hash(self) -> str:
        """SHA-256 (hex) of everything, the institutional part included."""
        return sha256(self.to_json())

    @property
    def redacted(self) -> bool:
        """Whether a part was erased; then `digest` can no longer be computed from what is left."""
        return bool(self.summary_erased) or any(section.erased or section.figure_erased for section in self.sections)

    def erase(self, body_hash: str) -> "Content":
        """The same words without the texts whose SHA-256 is `body_hash`, which stays in their place.

        Where it is that of a picture, what was said of the picture goes.
        """
        sections = tuple(_erased(section, body_hash) for section in self.sections)
        if self.summary and sha256(self.summary) == body_hash:
            return replace(self, sections=sections, summary="", summary_erased=body_hash)
        return replace(self, sections=sections)

    def as_printed(self) -> tuple[tuple[SectionContent, ...], ...]:
        """Sections as they stand on the page: at a glance, the other medical ones, the institution's own."""
        ours = [section for section in self.sections if section.kind == INSTITUTIONAL]
        medical = [section for section in self.sections if section.kind != INSTITUTIONAL]
        glance = sorted((one for one in medical if one.form in GLANCE), key=lambda one: GLANCE.index(one.form))
        return tuple(glance), tuple(one for one in medical if one.form not in GLANCE), tuple(ours)

    def marks(self) -> tuple[markup.Mark, ...]:
        """Every citation mark on the page in reading order."""
        bodies = (self.summary, *(section.body for section in self.sections))
        return tuple(mark for body in bodies for mark in markup.citations(body))

    def facts(self) -> tuple[markup.FactMark, ...]:
        """Every fact that stands in the text, in the order in which it was written."""
        return tuple(
            fact for body in (self.summary, *(one.body for one in self.sections)) for fact in markup.facts(body)
        )

    def cited_keys(self) -> tuple[str, ...]:
        """Keys of cited sources in order of first use, the order in which they are numbered."""
        return tuple(dict.fromkeys(mark.key for mark in self.marks()))

    def recite(self, keys: dict[str, str]) -> "Content":
        """The same words with citation keys exchanged, for sources that were given their permanent keys."""
        return replace(
            self,
            summary=markup.recite(self.summary, keys),
            sections=tuple(replace(s, body=markup.recite(s.body, keys)) for s in self.sections),
            sources=tuple(replace(s, key=keys.get(s.key, s.key)) for s in self.sources),
        )


def _erased(section: SectionContent, body_hash: str) -> SectionContent:
    if section.body and sha256(section.body) == body_hash:
        section = replace(section, body="", erased=body_hash)
    if section.figure == body_hash and not section.figure_erased:
        said = _said_of_figure(section.alt, section.credit)
        section = replace(section, alt="", credit="", figure_erased=said)
    return section


def _said_of_figure(alt: str, credit: str) -> str:
    return sha256(_dump({"alt": alt, "credit": credit}))


def sha256(value: str) -> str:
    """SHA-256 (hex) of a text."""
    return hashlib.sha256(value.encode()).hexdigest()


def parts_hash(stored: str) -> str:
    """SHA-256 (hex) of all parts of a stored text, each body standing as its own SHA-256: what seals cover.

    What was erased by a redaction left its hash behind, and so leaves this one as it was.
    """
    data = _load(stored)
    summary = data.pop("summary_erased", "") or sha256(data.get("summary", ""))
    sections = [_hashed(row) for row in data.get("sections", ())]
    return sha256(_dump({**data, "summary": summary, "sections": sections}))


def _hashed(row: dict[str, Any]) -> dict[str, Any]:
    """A stored section with hashes in the place of all that a redaction can take away."""
    goes = ("erased", "figure_erased", *(("alt", "credit") if row.get("figure") else ()))
    hashed = {
        **{k: v for k, v in row.items() if k not in goes},
        "body": row.get("erased") or sha256(row.get("body", "")),
    }
    if row.get("figure"):
        said = row.get("figure_erased") or _said_of_figure(row.get("alt", ""), row.get("credit", ""))
        hashed["said_of_figure"] = said
    return hashed


def digest_of(stored: str) -> str:
    """Digest (SHA-256, hex) of a stored canonical JSON text; nothing is cleaned or parsed as HTML again."""
    return sha256(medical_part(stored))


def medical_part(stored: str) -> str:
    """The canonical JSON of what a medical review covers (design §5a), read from the stored text."""
    data = _load(stored)
    sections = [row for row in data.get("sections", ()) if row.get("kind") != INSTITUTIONAL]  # as page.py shows them
    cited = {mark.key for row in sections for mark in markup.citations(row.get("body", ""))}
    cited |= {mark.key for mark in markup.citations(data.get("summary", ""))}
    return _dump(
        {
            "schema": data["schema"],
            **_filled(
                {
                    "title": _spaced(data.get("title", "")),
                    "summary": _words_of(data.get("summary", "")),
                    "language": data.get("language", ""),
                    "sections": [_signed_part(row) for row in sections],
                    "sources": [_identity(row) for row in _by_key(data) if row.get("key") in cited],
                }
            ),
        }
    )


def _signed_part(section: dict[str, Any]) -> dict[str, Any]:
    """What a review covers of a section: all that a reader reads and sees of it."""
    lines = {name: _spaced(section.get(name, "")) for name in ("heading", "alt", "credit")}
    as_it_is = {name: section.get(name, "") for name in ("form", "figure")}
    return {**lines, **as_it_is, "body": _words_of(section.get("body", ""))}


def same_identity(one: CitedSource, other: CitedSource) -> bool:
    """Whether the digest of words that cite the one would be the same if the other stood behind its key."""
    mine, theirs = (_identity(_filled({**_columns(source), "key": ""})) for source in (one, other))
    return mine == theirs


def _identity(source: dict[str, Any]) -> dict[str, Any]:
    shown = {name: source.get(name, "") for name in ("key", "organization", "title", "container")}
    people = [_spaced(name) for name in source.get("authors", ())]
    return _filled(
        {**{k: _spaced(v) for k, v in shown.items()}, "authors": people, "year": source.get("published", "")[:4]}
    )


def _by_key(data: dict[str, Any]) -> list[dict[str, Any]]:
    # The order of the list is bookkeeping; the order readers see follows the marks in the text.
    return sorted(data.get("sources", ()), key=lambda row: str(row.get("key", "")))


def _words_of(body: str) -> str:
    return _spaced(markup.link_hosts(body))


def _spaced(value: str) -> str:
    return " ".join(value.split())


def _nfc(value: str) -> str:
    if value.isascii() and "\x00" not in value:
        return value  # there is nothing to compose, and most values are such
    # NUL and half a surrogate pair are no characters; no database and no file takes them.
    return re.sub(r"[\ud800-\udfff]", "\ufffd", unicodedata.normalize("NFC", value.replace("\x00", "")))


def _columns(row: Any) -> dict[str, Any]:
    """The fields of a value as they are; `asdict` copies them deeply, which takes many times as long."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Drop empty fields, at every depth, so that a field added later leaves old digests alone."""
    out: dict[str, Any] = {}
    for name, value in data.items():
        kept = value
        if isinstance(value, _SEQUENCES):
            kept = [_filled(v) if isinstance(v, dict) else v for v in value]
        if kept or kept not in ("", [], None):
            out[name] = kept
    return out


def _dump(data: dict[str, Any]) -> str:
    return _encoder.encode(data)


def _load(stored: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(stored)
    if data.get("schema") != SCHEMA:
        raise UnknownSchema(f"Content of schema {data.get('schema')!r}; this release reads schema {SCHEMA}")
    return data


def _section(row: dict[str, Any]) -> SectionContent:
    return SectionContent(**{"anchor": "", "heading": "", "body": "", "kind": "", **row})  # kind "" is no default


def _source(row: dict[str, Any]) -> CitedSource:
    return CitedSource(**{"key": "", "kind": "", **row, "authors": tuple(row.get("authors", ()))})


def plain(cleaned: str, limit: int = 0) -> str:
    """Cleaned HTML as one line; with a `limit`, whole sentences of at most so many characters, else cut at a word."""
    line = _spaced(markup.text(cleaned))
    if not limit or len(line) <= limit:
        return line
    whole = ""
    for sentence in markup.sentences(line):
        longer = f"{whole} {sentence}".strip()
        if len(longer) > limit:
            break
        whole = longer
    return whole or line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
