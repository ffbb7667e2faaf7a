"""Page: Content and the facts about it, as a template shows them. Pure, and the last gate before a reader."""

import html
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from articles import dates, markup
from articles.content import INSTITUTIONAL, CitedSource, Content, SectionContent, plain
from references import formatting

DESCRIPTION_LIMIT = 160  # characters; search engines cut what is longer
LOCATOR_SHOWN = 16  # characters; a longer place in a source is shown beside the reference only


class Html(str):
    """Markup that is safe to print as it is; templates know it by `__html__` and need no `safe`."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A reviewer as signed. `how` is the review's origin: request, correction, on_behalf or prior.

    `kind` is clinical, plain or editorial; `scope` full or changes; `interests` are those declared, in words.
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
class Facts:
    """What is true of the words and is not among them. Dates are of the site's time zone; None is unknown.

    `corrections` are those that the page still announces, the newest first.
    """

    today: date
    slug: str = ""
    signature: Signature | None = None
    also_signed: tuple[Signature, ...] = ()
    last_reviewed: date | None = None
    next_due: date | None = None
    first_published: date | None = None
    last_updated: date | None = None
    edition: int = 0
    change: str = ""
    change_note: str = ""
    corrections: tuple[Correction, ...] = ()
    housekeeping: bool = False  # nothing in the medical part changed
    unreviewed_since: date | None = None  # words of an emergency stand, and no reviewer has signed them yet
    condition: str = ""
    is_demo: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who answers for what the institution says of itself, since when, and how long it is good."""

    owner: str
    since: date
    until: date
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """One section. `anchor` is unique on its page; only a preview has sections without text."""

    anchor: str
    heading: str
    body: Html
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the text that leans on a reference."""

    anchor: str
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A numbered entry of the reference list, and every place that leans on it."""

    number: int
    entry: Html
    uses: tuple[Use, ...]
    source: CitedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a template shows. The medical part and the institution's own stay apart."""

    title: str
    language: str
    description: str
    summary: Html
    medical: tuple[PageSection, ...]
    institutional: tuple[PageSection, ...]
    references: tuple[Reference, ...]
    facts: Facts

    @property
    def toc(self) -> tuple[PageSection, ...]:
        """Sections in the order in which they stand on the page."""
        return tuple(section for section in (*self.medical, *self.institutional) if section.heading)

    @property
    def overdue(self) -> bool:
        """Whether the next review should have taken place by today."""
        return dates.is_overdue(self.facts.next_due, self.facts.today)


def build(content: Content, facts: Facts) -> Page:
    """The page of these words. Every body passes the gate again, whatever is stored."""
    medical = [section for section in content.sections if section.kind != INSTITUTIONAL]
    institutional = [section for section in content.sections if section.kind == INSTITUTIONAL]
    writer = _Writer(content, facts)
    # In the order of the page, for that is the order in which references are numbered.
    summary = _erased() if content.summary_erased else writer.summary(content.summary)
    shown = [writer.sections(part) for part in (medical, institutional)]
    return Page(
        title=content.title,
        language=content.language,
        description=_description(content, is_demo=facts.is_demo),
        summary=summary,
        medical=shown[0],
        institutional=shown[1],
        references=writer.references(),
        facts=facts,
    )


def _erased() -> Html:
    return Html(
        f'<p class="erased">{_("This part was removed for legal reasons. What it said is no longer kept.")}</p>'
    )


def _description(content: Content, *, is_demo: bool) -> str:
    bodies = (content.summary, *(section.body for section in content.sections if section.kind != INSTITUTIONAL))
    words = next(filter(None, (plain(markup.clean(body), DESCRIPTION_LIMIT) for body in bodies)), content.title)
    if not is_demo:
        return words
    return plain(html.escape(_("Demonstration, reviewed by no clinician.") + " " + words), DESCRIPTION_LIMIT)


_CITE = re.compile(r"<cite [^>]*></cite>")
_GROUP = re.compile(r"(<cite [^>]*></cite>(?:\s*<cite [^>]*></cite>)*)")
_RAISED = re.compile(rf"<sup>\s*{_GROUP.pattern}\s*</sup>")
_LINK = re.compile(r"<a [^>]*>.*?</a>", re.S)
_EMPTY_LINK = re.compile(r"<a [^>]*>\s*</a>")
_TABLE = re.compile(r"<table>(?=(?:<caption>(?P<caption>.*?)</caption>)?)", re.S)
# Behind these a raised number would read as a power: 10³, m².
_READS_AS_POWER = re.compile(r"(?:[\d⁰-⁹²³¹]|</su[bp]>|\b[cdkmµμ]?m)(?:</\w+>)*$")


class _Writer:
    """Writes bodies in the order of the page; numbers sources by first use and remembers every use."""

    def __init__(self, content: Content, facts: Facts) -> None:
        self.sources = {source.key: source for source in content.sources}
        self.preview, self.today = facts.preview, facts.today
        self.numbers: dict[str, int] = {}
        self.uses: dict[int, list[Use]] = {}
        self.anchors = {"content", "on-this-page", "references", "about-this-page"}
        self.tables = 0

    def summary(self, stored: str) -> Html:
        # The summary stands above the first heading of the page, so it can have none of its own.
        flat = re.sub(r"<h[34]>", "<p><strong>", markup.clean(stored))
        return self._written(re.sub(r"</h[34]>", "</strong></p>", flat))

    def sections(self, sections: Iterable[SectionContent]) -> tuple[PageSection, ...]:
        return tuple(
            self._section(section) for section in sections if self.preview or section.erased or plain(section.body)
        )

    def _section(self, section: SectionContent) -> PageSection:
        body = _erased() if section.erased else self._written(_levelled(markup.clean(section.body)))
        anchor, heading = self._anchor(section.anchor), section.heading.strip()
        return PageSection(anchor=anchor, heading=heading, body=body, claim=_claim(section, self.today))

    def _anchor(self, wanted: str) -> str:
        """`wanted`, or the next free name like it: an address must lead to one place."""
        if not wanted or re.fullmatch(r"ref-\d+|cite-\d+-\d+", wanted):
            wanted = f"section-{wanted}".rstrip("-")
        names = itertools.chain([wanted], (f"{wanted}-{count}" for count in itertools.count(2)))
        anchor = next(name for name in names if name not in self.anchors)
        self.anchors.add(anchor)
        return anchor

    def _written(self, cleaned: str) -> Html:
        pieces = _GROUP.split(_loosened(cleaned))
        for place in range(1, len(pieces), 2):
            before = pieces[place - 1].rstrip()  # a raised number hangs on its word
            pieces[place - 1] = before
            pieces[place] = self._group(pieces[place], fenced=bool(_READS_AS_POWER.search(before[-40:])))
        return Html(_TABLE.sub(self._table, "".join(pieces)).replace("</table>", "</table></div>"))

    def _group(self, cites: str, *, fenced: bool) -> str:
        marks = dict.fromkeys(markup.citations(cites))
        known = [mark for mark in marks if mark.key in self.sources]
        for mark in known:
            self.numbers.setdefault(mark.key, len(self.numbers) + 1)
        numbers = self._numbers(sorted((self.numbers[mark.key], mark.locator) for mark in known))
        problem = f'<mark class="problem">[{_("source missing")}]</mark>' if self.preview else ""
        raised = f"<sup>[{numbers}]</sup>" if fenced else f"<sup>{numbers}</sup>"
        return (raised if known else "") + (problem if len(known) < len(marks) else "")

    def _numbers(self, cited: list[tuple[int, str]]) -> str:
        """`2,5-7`, every number a link; one that names a place stands by itself: `3(p 4)`."""
        parts: list[str] = []
        for located, group in itertools.groupby(cited, key=lambda pair: bool(pair[1])):
            if located:
                parts += [self._link(number, locator) for number, locator in group]
            else:
                runs = formatting.ranges(number for number, _locator in group).split(",")
                parts += [self._run(run) for run in runs]
        return ",".join(parts)

    def _run(self, run: str) -> str:
        first, _hyphen, last = run.partition("-")
        links = [self._link(number) for number in range(int(first), int(last or first) + 1)]
        if not last:
            return links[0]
        # The numbers between are out of sight, yet within reach of a keyboard and of a screen reader.
        return f'{links[0]}-<span class="between">{"-".join(links[1:-1])}-</span>{links[-1]}'

    def _link(self, number: int, locator: str = "") -> str:
        uses = self.uses.setdefault(number, [])
        uses.append(Use(f"cite-{number}-{len(uses) + 1}", locator))
        label = ", ".join(part for part in (_("Reference %(number)d") % {"number": number}, locator) if part)
        link = f'<a href="#ref-{number}" id="{uses[-1].anchor}" aria-label="{html.escape(label)}">{number}</a>'
        return f"{link}({html.escape(locator)})" if 0 < len(locator) <= LOCATOR_SHOWN else link

    def _table(self, opening: re.Match[str]) -> str:
        """A table scrolls inside a frame of its own, which the keyboard must reach and a screen reader name."""
        self.tables += 1
        caption = plain(opening["caption"] or "")
        name = ": ".join(filter(None, (_("Table %(number)d") % {"number": self.tables}, caption)))
        return f'<div class="table" role="group" tabindex="0" aria-label="{html.escape(name)}"><table>'

    def references(self) -> tuple[Reference, ...]:
        return tuple(
            Reference(
                number=number,
                entry=Html(formatting.ama(self.sources[key])),
                uses=tuple(self.uses[number]),
                source=self.sources[key],
            )
            for key, number in self.numbers.items()
        )


def _claim(section: SectionContent, today: date) -> Claim | None:
    if section.kind != INSTITUTIONAL or not (section.claim_owner and section.claim_from and section.claim_until):
        return None
    since, until = date.fromisoformat(section.claim_from), date.fromisoformat(section.claim_until)
    return Claim(owner=section.claim_owner, since=since, until=until, expired=until < today)


def _loosened(cleaned: str) -> str:
    """Marks out of links, which can hold no link, and out of <sup>, which they bring along."""
    free = _LINK.sub(lambda link: _CITE.sub("", link[0]) + "".join(_CITE.findall(link[0])), cleaned)
    return _RAISED.sub(r"\1", _EMPTY_LINK.sub("", free))


def _levelled(cleaned: str) -> str:
    """Without a skipped level under the section's h2: an h4 that no h3 precedes becomes an h3."""
    start = cleaned.find("<h3>")
    head, rest = (cleaned, "") if start < 0 else (cleaned[:start], cleaned[start:])
    return re.sub(r"(</?)h4>", r"\1h3>", head) + rest
