"""Three texts made one: what I wrote, what somebody else saved meanwhile, and the words both began from. Pure.

Merged part by part, and a section field by field: whatever only one of the two changed is taken as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from articles.content import Content, SectionContent

MINE, THEIRS, BOTH = "mine", "theirs", "both"
NEW = "new."  # begins the key of a section without an anchor, which nothing else is; no anchor holds a dot
_TEXTS = ("heading", "body")  # of which two can stand one after the other
_NAMES = tuple(field.name for field in fields(SectionContent) if field.name != "anchor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the page in its three states; None where it is not there.

    `key` is title, language, summary, or that of a section. The first two are a heading, the summary is a body.
    """

    key: str
    base: SectionContent | None
    mine: SectionContent | None
    theirs: SectionContent | None

    @property
    def changed_by(self) -> str:
        """Who made it differ from the words both began from: mine, theirs, both, or "" where both read the same."""
        if self.mine == self.theirs:
            return ""
        if self.mine == self.base:
            return THEIRS
        return MINE if self.theirs == self.base else BOTH

    @property
    def conflicts(self) -> bool:
        """Whether somebody must choose: both changed the same field, or one deleted what the other changed."""
        if self.changed_by != BOTH:
            return False
        return self.mine is None or self.theirs is None or bool(self._fought_over())

    def merged(self, choice: str = BOTH) -> SectionContent | None:
        """The part made of both. Of what both changed it takes `choice`; a text that was deleted by one only stays."""
        if self.changed_by != BOTH:
            return self.mine if self.changed_by == MINE else self.theirs
        if self.mine is None or self.theirs is None:
            wanted = {MINE: self.mine, THEIRS: self.theirs, BOTH: self.mine or self.theirs}
            return wanted[choice]
        values = {name: self._value(name, choice) for name in _NAMES}
        return replace(self.theirs, **values)

    def _value(self, name: str, choice: str) -> str:
        mine, theirs = getattr(self.mine, name), getattr(self.theirs, name)
        if name not in self._fought_over():
            return str(mine if theirs == self._before(name) else theirs)
        if choice == BOTH and name in _TEXTS:
            return (" / " if name == "heading" else "").join(filter(None, (theirs, mine)))
        return str(theirs if choice == THEIRS else mine)

    def _fought_over(self) -> list[str]:
        sides = {name: (getattr(self.mine, name), getattr(self.theirs, name)) for name in _NAMES}
        return [name for name, both in sides.items() if both[0] != both[1] and self._before(name) not in both]

    def _before(self, name: str) -> str | None:
        return getattr(self.base, name) if self.base else None


def compare(base: Content, mine: Content, theirs: Content) -> tuple[Part, ...]:
    """Every part of the three, in the order of the merged page.

    Sections are matched by anchor; those without one are new. Where nobody knows what both began from, give an empty
    `base`: then whatever differs is to be chosen, and nothing counts as deleted.
    """
    old, ours, others = (_sections(words, side) for words, side in ((base, "base"), (mine, MINE), (theirs, THEIRS)))
    known = base != Content(title="", language=base.language)
    parts = [
        Part(key=key, base=made(base) if known else None, mine=made(mine), theirs=made(theirs))
        for key, made in (("title", _title), ("language", _language), ("summary", _summary))
    ]
    return (
        *parts,
        *(
            Part(key=key, base=old.get(key), mine=ours.get(key), theirs=others.get(key))
            for key in _order(list(old), list(ours), list(others))
        ),
    )


def join(parts: Sequence[Part], choices: Mapping[str, str]) -> Content:
    """The merged words; `choices` by key say what becomes of parts in conflict (both texts, if nothing is said).

    Sources are left out: whoever stores the words finds them by the marks.
    """
    found = {part.key: part.merged(choices.get(part.key, BOTH)) for part in parts}
    title, language, summary = (found.pop(key) or _NOTHING for key in ("title", "language", "summary"))
    sections = (replace(one, erased="") if one.body else one for one in found.values() if one)
    return Content(
        title=title.heading,
        language=language.heading,
        summary=summary.body,
        sections=tuple(sections),
        summary_erased="" if summary.body else summary.erased,
    )


_NOTHING = SectionContent(anchor="", heading="", body="")


def _title(words: Content) -> SectionContent:
    return replace(_NOTHING, heading=words.title)


def _language(words: Content) -> SectionContent:
    return replace(_NOTHING, heading=words.language)


def _summary(words: Content) -> SectionContent:
    return replace(_NOTHING, body=words.summary, erased=words.summary_erased)


def _sections(words: Content, side: str) -> dict[str, SectionContent]:
    found: dict[str, SectionContent] = {}
    for number, section in enumerate(words.sections):
        known = section.anchor and f"section-{section.anchor}" not in found
        found[f"section-{section.anchor}" if known else f"{NEW}{side}-{number}"] = section
    return found


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """My order, or theirs if they moved sections; what stands only on the other side follows its neighbor there."""
    moved = [key for key in theirs if key in base] != [key for key in base if key in theirs]
    lead, follow = (theirs, mine) if moved else (mine, theirs)
    order = list(lead)
    for before, key in zip([None, *follow], follow, strict=False):
        if key not in order:
            order.insert(order.index(before) + 1 if before else 0, key)
    return order
