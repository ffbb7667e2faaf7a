"""The redline of a whole page: one row for each part a reader sees."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.content import MEDICAL, CitedSource, Content, SectionContent
from articles.redline import alignment
from articles.redline.texts import is_marked, redline, redline_line

Pair = tuple[SectionContent | None, SectionContent | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part of the page. `heading` and `html` are safe HTML with the changes marked; `notes` are plain text.

    `part` is title, language, summary, section or references; `anchor` is a section's.
    """

    part: str
    heading: str
    html: str
    anchor: str = ""
    notes: tuple[str, ...] = ()
    changed: bool = False


def redline_content(old: Content, new: Content) -> list[Row]:
    """Every part of the new page in its order, and sections that went where they stood, each with its changes."""
    labels = {source.key: _label(source) for source in (*old.sources, *new.sources)}
    rows = [_line_row("title", _("Title"), old.title, new.title)]
    if old.language != new.language:
        rows.append(_line_row("language", _("Language"), old.language, new.language))
    rows.append(_row("summary", _("Summary"), redline(old.summary, new.summary, labels)))
    rows += _section_rows(old, new, labels)
    rows.append(_row("references", _("References"), redline(_source_list(old), _source_list(new))))
    return rows


def _line_row(part: str, heading: str, old: str, new: str) -> Row:
    return _row(part, heading, f"<p>{redline_line(old, new)}</p>")


def _row(part: str, heading: str, shown: str) -> Row:
    return Row(part=part, heading=heading, html=shown, changed=is_marked(shown))


# -- sections ------------------------------------------------------------------------------------------------------


def _section_rows(old: Content, new: Content, labels: dict[str, str]) -> Iterator[Row]:
    pairs = _matched(old.sections, new.sections)
    stayed = _in_old_order(old, pairs)
    for before, after in pairs:
        shown = redline(before.body if before else "", after.body if after else "", labels)
        heading = redline_line(before.heading if before else "", after.heading if after else "")
        notes = tuple(_notes(before, after, moved=after is not None and id(after) not in stayed))
        changed = bool(notes) or is_marked(heading) or is_marked(shown)
        anchor = (after or before).anchor  # type: ignore[union-attr]  # one of the two is there
        yield Row(part="section", heading=heading, html=shown, anchor=anchor, notes=notes, changed=changed)


def _matched(old: tuple[SectionContent, ...], new: tuple[SectionContent, ...]) -> list[Pair]:
    """Each new section with the old one it was, by anchor, else by heading; old ones that went after the old
    neighbor they followed."""
    left = list(old)
    found: dict[int, SectionContent] = {}
    for name in ("anchor", "heading"):
        for index, section in enumerate(new):
            value = getattr(section, name)
            twin = next((one for one in left if value and getattr(one, name) == value), None)
            if twin is not None and index not in found:
                found[index] = twin
                left = [one for one in left if one is not twin]
    pairs: list[Pair] = [(found.get(index), section) for index, section in enumerate(new)]
    for index, section in enumerate(old):
        if any(section is one for one in left):
            before = old[index - 1] if index else None
            at = next((k for k, pair in enumerate(pairs) if before is not None and pair[0] is before), -1)
            pairs.insert(at + 1, (section, None))
    return pairs


def _in_old_order(old: Content, pairs: list[Pair]) -> set[int]:
    """Identities of new sections that are new, or that kept their place among the others."""
    order = {id(section): number for number, section in enumerate(old.sections)}
    both = [(before, after) for before, after in pairs if before and after]
    kept = alignment.rising([order[id(before)] for before, _after in both])
    added = {id(after) for before, after in pairs if after and not before}
    return added | {id(both[number][1]) for number in kept}


def _notes(before: SectionContent | None, after: SectionContent | None, *, moved: bool) -> Iterator[str]:
    if before is None:
        yield _("section added")
    elif after is None:
        yield _("section removed")
    elif before.kind != after.kind:
        medical = before.kind == MEDICAL
        yield _("was medical, is now institutional") if medical else _("was institutional, is now medical")
    if moved:
        yield _("section moved")


# -- sources -------------------------------------------------------------------------------------------------------


def _label(source: CitedSource) -> str:
    who = (*source.authors, source.organization, source.publisher, source.title, source.key)
    return ", ".join(part for part in (next(filter(None, who)), source.published[:4]) if part)


def _source_list(content: Content) -> str:
    """Everything the page prints of its sources, one line each, in an order that does not depend on the text."""
    lines = (_source_line(source) for source in sorted(content.sources, key=lambda one: one.key))
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"


def _source_line(source: CitedSource) -> str:
    shown = "organization title container publisher published edition volume issue pages url doi pmid accessed"
    parts = (", ".join(source.authors), *(getattr(source, name) for name in shown.split()))
    return ". ".join(part.rstrip(".") for part in parts if part)
