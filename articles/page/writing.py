"""Writes bodies for readers: numbers sources, frames tables, gives every section an address. Pure."""

import html
import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from articles import markup
from articles.content import GLANCE, INSTITUTIONAL, CitedSource, Content, SectionContent, plain
from articles.page import stories, tables
from articles.page.values import Claim, Facts, Html, PageSection, Reference, Use
from references import formatting

LOCATOR_SHOWN = 16  # characters; a longer place in a source is shown beside the reference only
_CITE = re.compile(r"<cite [^>]*></cite>")
_GROUP = re.compile(r"(<cite [^>]*></cite>(?:\s*<cite [^>]*></cite>)*)")
_RAISED = re.compile(rf"<sup>\s*{_GROUP.pattern}\s*</sup>")
_LINK = re.compile(r"<a [^>]*>.*?</a>", re.S)
_EMPTY_LINK = re.compile(r"<a [^>]*>\s*</a>")
# Behind these a raised number would read as a power: 10³, m².
_READS_AS_POWER = re.compile(r"(?:[\d⁰-⁹²³¹]|</su[bp]>|\b[cdkmµμ]?m)(?:</\w+>)*$")


def erased() -> Html:
    return Html(
        f'<p class="erased">{_("This part was removed for legal reasons. What it said is no longer kept.")}</p>'
    )


class Writer:
    """Writes bodies in the order of the page; numbers sources by first use and remembers every use."""

    def __init__(self, content: Content, facts: Facts) -> None:
        self.sources = {source.key: source for source in content.sources}
        # Records that were merged keep their keys in the text and read alike: they are one reference.
        works: dict[CitedSource, str] = {}
        self.works = {one.key: works.setdefault(replace(one, key=""), one.key) for one in content.sources}
        self.facts = facts
        self.stories = facts.stories
        self.preview, self.today, self.standings = facts.preview, facts.today, facts.standings
        self.numbers: dict[str, int] = {}
        self.uses: dict[int, list[Use]] = {}
        self.quoted: dict[tuple[int, str], tuple[str, ...]] = {}  # of the group that is being written
        self.anchors = {"content", "at-a-glance", "on-this-page", "references", "about-this-page"}
        self.tables = itertools.count(1)
        self.label = _("Reference %(number)d")
        self.back = _("Back to the text")
        # What a link from a reference to a place that cites it says to a voice. A page has hundreds of them.
        self.back_label = _("Back to the text: reference %(number)d, place %(place)d")

    def summary(self, stored: str) -> Html:
        # The summary stands above the first heading of the page, so it can have none of its own.
        return self._written(unheaded(markup.clean(stored)))

    def sections(self, sections: Iterable[SectionContent]) -> tuple[PageSection, ...]:
        return tuple(self._section(section) for section in sections if self.preview or _is_filled(section))

    def _section(self, section: SectionContent) -> PageSection:
        level = unheaded if section.form in GLANCE else levelled
        body = erased() if section.erased else self._written(level(markup.clean(section.body)))
        width, _x, height = section.size.partition("x")
        story = stories.of_section(section, self.stories)
        return PageSection(
            anchor=self._anchor(section.anchor),
            heading=section.heading.strip(),
            body=body,
            form=section.form,
            figure=section.figure if self.facts.shows_pictures and not section.figure_erased else "",
            figure_erased=bool(section.figure_erased),
            width=int(width or 0),
            height=int(height or 0),
            alt=section.alt,
            credit=section.credit,
            teller=story.told.name if story else "",
            language=story.told.language if story else "",
            claim=claim(section, self.today),
        )

    def _anchor(self, wanted: str) -> str:
        """`wanted`, or the next free name like it: an address must lead to one place."""
        if not wanted or re.fullmatch(r"ref-\d+|cite-\d+-\d+", wanted):
            wanted = f"section-{wanted}".rstrip("-")
        names = itertools.chain([wanted], (f"{wanted}-{count}" for count in itertools.count(2)))
        anchor = next(name for name in names if name not in self.anchors)
        self.anchors.add(anchor)
        return anchor

    def _written(self, cleaned: str) -> Html:
        pieces = _GROUP.split(tables.framed(_loosened(markup.unmarked(cleaned)), self.tables))
        for place in range(1, len(pieces), 2):
            before = pieces[place - 1].rstrip()  # a raised number hangs on its word
            pieces[place - 1] = before
            pieces[place] = self._group(pieces[place], fenced=bool(_READS_AS_POWER.search(before[-40:])))
        return Html("".join(pieces))

    def _group(self, cites: str, *, fenced: bool) -> str:
        marks = dict.fromkeys(markup.citations(cites))
        known = [mark for mark in marks if mark.key in self.sources]
        for mark in known:
            self.numbers.setdefault(self.works[mark.key], len(self.numbers) + 1)
        self.quoted = {}
        for mark in known:
            place = (self.numbers[self.works[mark.key]], mark.locator)
            self.quoted[place] = self.quoted.get(place, ()) + ((mark.quote,) if mark.quote else ())
        numbers = self._numbers(sorted(self.quoted))
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
        uses.append(Use(f"cite-{number}-{len(uses) + 1}", locator, self.quoted.get((number, locator), ())))
        label = ", ".join(part for part in (self.label % {"number": number}, locator) if part)
        link = f'<a href="#ref-{number}" id="{uses[-1].anchor}" aria-label="{html.escape(label)}">{number}</a>'
        return f"{link}({html.escape(locator)})" if 0 < len(locator) <= LOCATOR_SHOWN else link

    def _back(self, number: int) -> Html:
        """The links from a reference to its places: one to a line, with what the place leans on of it."""
        uses = self.uses[number]
        one = html.escape(self.back, quote=False)
        lines = [f"{one}:"] if len(uses) > 1 else []
        for place, use in enumerate(uses, 1):
            label = html.escape(self.back_label % {"number": number, "place": place})
            shown = place if len(uses) > 1 else one
            lines.append(f'<a href="#{use.anchor}" aria-label="{label}">{shown}</a>')
            lines += [f"<span>({html.escape(use.locator)})</span>"] if use.locator else []
        return Html("\n".join(lines))

    def references(self) -> tuple[Reference, ...]:
        return tuple(
            Reference(
                number=number,
                entry=Html(formatting.ama(self.sources[key])),
                uses=tuple(self.uses[number]),
                back=self._back(number),
                source=self.sources[key],
                standing=self.standings.get(key),
            )
            for key, number in self.numbers.items()
        )


def claim(section: SectionContent, today: date) -> Claim | None:
    if section.kind != INSTITUTIONAL or not (section.claim_owner and section.claim_from and section.claim_until):
        return None
    since, until = date.fromisoformat(section.claim_from), date.fromisoformat(section.claim_until)
    return Claim(owner=section.claim_owner, since=since, until=until, expired=until < today)


def _loosened(cleaned: str) -> str:
    """Marks out of links, which can hold no link, and out of <sup>, which they bring along."""
    if "<cite " not in cleaned and "<a " not in cleaned:
        return cleaned
    free = _LINK.sub(lambda link: _CITE.sub("", link[0]) + "".join(_CITE.findall(link[0])), cleaned)
    return _RAISED.sub(r"\1", _EMPTY_LINK.sub("", free))


def _is_filled(section: SectionContent) -> bool:
    return bool(section.erased or section.figure or plain(section.body))


def unheaded(cleaned: str) -> str:
    """With every heading as a strong line."""
    if "<h" not in cleaned:
        return cleaned
    return re.sub(r"</h[34]>", "</strong></p>", re.sub(r"<h[34]>", "<p><strong>", cleaned))


def levelled(text: str) -> str:
    """Without a skipped level under the section's h2: an h4 that no h3 precedes becomes an h3. Redlines mark tags."""
    start = text.find("<h3")
    head, rest = (text, "") if start < 0 else (text[:start], text[start:])
    return re.sub(r"(</?)h4\b", r"\1h3", head) + rest
