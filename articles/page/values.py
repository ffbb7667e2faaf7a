"""What a template shows of a page. Pure."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from articles import dates
from articles.content import FIGURE, HELP, QUESTIONS, STORY, CitedSource
from articles.page.stories import Stories
from articles.pictures import sizes

_WITH_TEMPLATE = (QUESTIONS, FIGURE, STORY)
_FROM_RIGHT = frozenset("ar ckb dv fa he ps sd ug ur yi".split())  # languages written from right to left


class Html(str):
    """Markup that is safe to print as it is; templates know it by `__html__` and need no `safe`."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A reviewer as signed. `how` is the review's origin: request, correction, unchanged, on_behalf or prior.

    `kind` is clinical, plain or editorial; `scope` full or changes; `interests` are those declared, in words; `slug`
    leads to the reviewer's own page, where there is one.
    """

    name: str
    credentials: str = ""
    role: str = ""
    department: str = ""
    institution: str = ""
    how: str = ""
    kind: str = "clinical"
    scope: str = "full"
    interests: str = ""
    slug: str = ""

    @property
    def printed(self) -> str:
        """Name and credentials."""
        return ", ".join(part for part in (self.name, self.credentials) if part)

    @property
    def post(self) -> str:
        """Role, department and institution, as far as known."""
        return ", ".join(part for part in (self.role, self.department, self.institution) if part)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected, and when."""

    on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a reader must know of a source today. `notice` is retraction, concern or correction; `copy` an address."""

    notice: str = ""
    notice_doi: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is true of the words and is not among them. Dates are of the site's time zone; None is unknown.

    `corrections` are those that the page still announces, the newest first. `standings` are of sources, by key;
    `stories` those that may be shown today, of which an old edition says where another one stood.
    """

    today: date
    slug: str = ""
    signature: Signature | None = None
    also_signed: tuple[Signature, ...] = ()
    last_reviewed: date | None = None
    next_due: date | None = None
    overdue_from: date | None = None  # the first day on which the page itself says that it is due
    first_published: date | None = None
    last_updated: date | None = None
    edition: int = 0
    change: str = ""
    change_note: str = ""
    corrections: tuple[Correction, ...] = ()
    housekeeping: bool = False  # nothing in the medical part changed
    unreviewed_since: date | None = None  # words of an emergency stand, and no reviewer has signed them yet
    condition: str = ""
    condition_names: tuple[str, ...] = ()  # other names, and codes as pairs of system and code: for machines alone
    condition_codes: tuple[tuple[str, str], ...] = ()
    is_demo: bool = False
    preview: bool = False
    shows_pictures: bool = True  # those of a page that was taken down are served no more
    standings: Mapping[str, Standing] = field(default_factory=dict)
    stories: Stories = field(default_factory=dict)
    is_edition: bool = False  # shown as it was published, among others

    @property
    def overdue(self) -> bool:
        """Whether the next review should have taken place, and the policy's days of grace are over."""
        return self.overdue_from is not None and self.overdue_from <= self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who answers for what the institution says of itself, since when, and how long it is good."""

    owner: str
    since: date
    until: date
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """One section. `anchor` is unique on its page; only a preview has sections without text.

    `form`, `figure`, `alt` and `credit` are as in Content, but `figure` is empty where its picture is served no more;
    `width` and `height` are a figure's, in pixels; `teller` and `language` are a story's.
    """

    anchor: str
    heading: str
    body: Html
    form: str = ""
    figure: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    credit: str = ""
    figure_erased: bool = False
    teller: str = ""
    language: str = ""
    claim: Claim | None = None

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths in which its picture can be had, in pixels, smallest first."""
        return sizes.widths(self.width) if self.figure else ()

    @property
    def usual_width(self) -> int:
        """The width for a browser that does not choose."""
        return sizes.nearest(self.width, 800)

    @property
    def is_help(self) -> bool:
        """Whether it says when to get help."""
        return self.form in HELP

    @property
    def template(self) -> str:
        """The template that shows it."""
        if self.is_help:
            return "articles/_callout.html"
        return f"articles/_{self.form}.html" if self.form in _WITH_TEMPLATE else "articles/_section.html"


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the text that leans on a reference, and the sentences of it that the writer quotes for that."""

    anchor: str
    locator: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A numbered entry of the reference list, every place that leans on it, and the links back there."""

    number: int
    entry: Html
    uses: tuple[Use, ...]
    back: Html
    source: CitedSource
    standing: Standing | None = None

    @property
    def quotes(self) -> tuple[str, ...]:
        """What the writer quotes of it, each sentence once."""
        return tuple(dict.fromkeys(quote for use in self.uses for quote in use.quotes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a template shows. The medical part and the institution's own stay apart.

    `glance` is what a reader needs at first sight: parts of the medical part, shown above it.
    """

    title: str
    language: str
    description: str
    summary: Html
    glance: tuple[PageSection, ...]
    medical: tuple[PageSection, ...]
    institutional: tuple[PageSection, ...]
    references: tuple[Reference, ...]
    facts: Facts

    @property
    def toc(self) -> tuple[PageSection, ...]:
        """Sections in the order in which they stand on the page; blocks on help in a row are one place."""
        found = [section for section in (*self.medical, *self.institutional) if section.heading]
        pairs = itertools.pairwise([None, *found])
        return tuple(one for last, one in pairs if one and not (last and last.is_help and one.is_help))

    @property
    def picture(self) -> PageSection | None:
        """The first figure of the medical part, for those who show one picture of a page."""
        return next((section for section in self.medical if section.figure), None)

    @property
    def from_right(self) -> bool:
        """Whether its language is written from right to left."""
        return self.language.partition("-")[0] in _FROM_RIGHT

    @property
    def valid_until(self) -> date | None:
        """The last day, of the site's time zone, on which this page reads as it does though nobody writes: the day
        before a story goes, a review is overdue, a claim is unchecked or a correction no longer announced."""
        facts, sections = self.facts, (*self.medical, *self.institutional)
        days = [story.until for story in facts.stories.values()]
        days += [one.on + timedelta(days=dates.CORRECTION_DAYS - 1) for one in facts.corrections]
        days += [section.claim.until for section in sections if section.claim]
        days += [facts.overdue_from - timedelta(days=1)] if facts.overdue_from else []
        return min((day for day in days if day >= facts.today), default=None)
