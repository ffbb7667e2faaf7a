"""The redline of a whole page: one row for each part a reader sees."""

import html
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.blocks import LABELS, block_of, name_of
from articles.content import MEDICAL, CitedSource, Content, SectionContent
from articles.redline import alignment, figures
from articles.redline.figures import Picture
from articles.redline.texts import is_marked, redline, redline_line

Pair = tuple[int | None, int | None]  # places of a section in the old and in the new page
_NONE = SectionContent(anchor="", heading="", body="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part of the page. `heading` and `html` are safe HTML with the changes marked; `notes` are plain text.

    `part` is title, language, summary, section or references; `anchor` and `kind` are a section's; `block` says in
    words what it is, where it is no plain text; `about` is what stands in `html` of a picture, but for its caption.
    """

    part: str
    heading: str
    html: str
    anchor: str = ""
    kind: str = ""
    block: str = ""
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    about: str = ""
    changed: bool = False


def redline_content(old: Content, new: Content, *, whole: bool = True) -> list[Row]:
    """Every part of the new page in its order, and sections that went where they stood, each with its changes.

    With `whole=False` the text of a section in which nothing changed is left out, and not read.
    """
    labels = {source.key: _label(source) for source in (*old.sources, *new.sources)}
    rows = [_line_row("title", _("Title"), old.title, new.title)]
    if old.language != new.language:
        rows.append(_line_row("language", _("Language"), old.language, new.language))
    rows.append(_row("summary", _("Summary"), redline(old.summary, new.summary, labels)))
    rows += _section_rows(old, new, labels, whole=whole)
    rows.append(_row("references", _("References"), redline(_source_list(old), _source_list(new))))
    return rows


def _line_row(part: str, heading: str, old: str, new: str) -> Row:
    return _row(part, heading, f"<p>{redline_line(old, new)}</p>")


def _row(part: str, heading: str, shown: str) -> Row:
    return Row(part=part, heading=heading, html=shown, changed=is_marked(shown))


# -- sections ------------------------------------------------------------------------------------------------------


def _section_rows(old: Content, new: Content, labels: dict[str, str], *, whole: bool) -> Iterator[Row]:
    pairs = _matched(old.sections, new.sections)
    moved = _moved(pairs)
    for i, j in pairs:
        before = _NONE if i is None else old.sections[i]
        after = _NONE if j is None else new.sections[j]
        shown = redline(before.body, after.body, labels) if whole or before.body != after.body else ""
        about = figures.lines(before, after, whole=whole)
        here = before if j is None else after
        heading = redline_line(before.heading, after.heading) or html.escape(name_of(here))
        notes = tuple(_notes(before, after, moved=j in moved))
        changed = bool(notes) or is_marked(heading) or is_marked(about + shown)
        yield Row(
            part="section",
            heading=heading,
            html=about + shown,
            about=about,
            anchor=here.anchor,
            kind=here.kind,
            block=block_of(here),
            notes=notes,
            pictures=figures.pictures(before, after),
            changed=changed,
        )


def _matched(old: Sequence[SectionContent], new: Sequence[SectionContent]) -> list[Pair]:
    """Each new section with the old one it was, by anchor, else by heading, else by being the same; old ones that
    went after the old neighbor they followed."""
    found: dict[int, int] = {}
    left = dict(enumerate(old))
    for answers in (_same_anchor, _same_heading, operator.eq):
        for j, section in enumerate(new):
            twin = next((i for i, one in left.items() if j not in found and answers(one, section)), None)
            if twin is not None:
                found[j] = twin
                del left[twin]
    pairs: list[Pair] = [(found.get(j), j) for j in range(len(new))]
    for i in left:
        at = next((place for place, pair in enumerate(pairs) if i and pair[0] == i - 1), -1)
        pairs.insert(at + 1, (i, None))
    return pairs


def _same_anchor(one: SectionContent, other: SectionContent) -> bool:
    return bool(one.anchor) and one.anchor == other.anchor


def _same_heading(one: SectionContent, other: SectionContent) -> bool:
    return bool(one.heading) and one.heading == other.heading


def _moved(pairs: list[Pair]) -> set[int]:
    """Which new sections did not keep their place among those that stayed."""
    stayed = [(i, j) for i, j in pairs if i is not None and j is not None]
    kept = alignment.rising([i for i, _j in stayed])
    return {j for _i, j in stayed} - {stayed[place][1] for place in kept}


def _notes(before: SectionContent, after: SectionContent, *, moved: bool) -> Iterator[str]:
    if before is _NONE:
        yield _("section added")
    elif after is _NONE:
        yield _("section removed")
    elif before.kind != after.kind:
        medical = before.kind == MEDICAL
        yield _("was medical, is now institutional") if medical else _("was institutional, is now medical")
    if _NONE not in (before, after) and before.form != after.form:
        blocks = {"before": LABELS.get(before.form, ""), "after": LABELS.get(after.form, "")}
        yield _("was “%(before)s”, is now “%(after)s”") % blocks
    elif _NONE not in (before, after) and before.story != after.story:
        yield _("another story")
    elif before.story_hash != after.story_hash and before.story == after.story:
        yield _("another wording of the story")
    if moved:
        yield _("section moved")
    if before.erased != after.erased:
        yield _("removed for legal reasons") if after.erased else _("was removed for legal reasons before")
    yield from figures.notes(before, after)
    if _claim(before) != _claim(after):
        yield _("claim: %(before)s → %(after)s") % {"before": _claim(before) or "–", "after": _claim(after) or "–"}


def _claim(section: SectionContent) -> str:
    return ", ".join(filter(None, (section.claim_owner, section.claim_from, section.claim_until)))


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
