"""What a file held: the words, and what the document says about itself. Frozen values, no database."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.content import CitedSource, Content

LONGEST_TEXT = 500_000  # characters; the longest patient page we know has 30,000
# Where a heading comes from; `seed` is the word of the interchange format for "printed in the file".
PRINTED, PROPOSED, NONE = "seed", "proposed", "none"


class Refused(ValueError):
    """The file cannot become a draft. The message names file, place and remedy."""


def refuse_length(text: str, name: str) -> None:
    """Refuse more words than any page has. Raises Refused."""
    if len(text) > LONGEST_TEXT:
        line = text.count("\n", 0, LONGEST_TEXT) + 1
        message = _(
            "%(name)s: more than %(most)d characters of text (line %(line)d on). Split it and import the parts."
        )
        raise Refused(message % {"name": name, "most": LONGEST_TEXT, "line": line})


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of the condition; `kind` is synonym or abbreviation."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as the document prints it; `value` is partial ISO, "" where the print is no certain date.

    `label` is reviewed, updated, published or next review, and "" when nothing says what the date means.
    """

    value: str
    as_printed: str
    line: int
    label: str = ""
    statement: str = ""  # the whole line it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """A reviewer as named in print; "" is not printed."""

    name: str
    given_name: str = ""
    family_name: str = ""
    credentials: tuple[str, ...] = ()
    role: str = ""
    department: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStatement:
    """What the document says about its review; `reviewed_on` only where the text says so, never in the future."""

    statement: str
    line: int
    reviewers: tuple[NamedPerson, ...] = ()
    reviewed_on: str = ""
    policy: str = ""

    @property
    def reviewer(self) -> NamedPerson | None:
        """The first person named."""
        return self.reviewers[0] if self.reviewers else None


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that no rule claims: kept with the draft, and reported."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One list item, as plain text; `url` is the first outside address it links to."""

    text: str
    line: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the page. `kind`: heading, paragraph, label, list, table, or end (a section ends here).

    `html` is what goes into the section's body, `text` its plain words; `level` is a heading's (2: a section).
    """

    kind: str
    line: int
    text: str = ""
    html: str = ""
    level: int = 0
    ordered: bool = False
    label: str = ""
    items: tuple[Item, ...] = ()
    gap: int = 0  # blank lines that follow, in plain text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section as found: heading, where the heading comes from, and its blocks. The summary has no heading."""

    anchor: str
    heading: str
    origin: str
    kind: str
    role: str
    line: int
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedReference:
    """One entry of the reference list; `key` is provisional (ref-1, ref-2 …), `number` as the text cites it."""

    key: str
    number: int
    raw: str
    line: int
    published_as_printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """Where the references stood. `heading` is "" when the list had none."""

    entries: tuple[PrintedReference, ...] = ()
    heading: str = ""
    first_line: int = 0
    last_line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A file read. `content.sources` holds all printed references; `uncited` those that no marker uses."""

    content: Content
    file_name: str
    sha256: str
    aliases: tuple[Alias, ...] = ()
    printed_dates: tuple[PrintedDate, ...] = ()
    review: ReviewStatement | None = None
    parts: tuple[Part, ...] = ()
    references: ReferenceList = field(default_factory=ReferenceList)
    uncited: tuple[str, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def proposed_headings(self) -> frozenset[str]:
        """Anchors of sections whose heading is a proposal for a person to confirm."""
        return frozenset(part.anchor for part in self.parts if part.origin == PROPOSED)

    @property
    def printed_date(self) -> PrintedDate | None:
        """The first date without a label: its meaning is for a person to say."""
        return next((date for date in self.printed_dates if not date.label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a format's parser hands on: title, blocks in order, and what was taken out of them."""

    file_name: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    dates: tuple[PrintedDate, ...] = ()
    review: ReviewStatement | None = None
    references: ReferenceList = field(default_factory=ReferenceList)
    sources: tuple[CitedSource, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()
