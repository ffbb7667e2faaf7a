"""Blocks in order to parts: the summary, sections under printed headings, and proposals where headings were lost."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.content import INSTITUTIONAL, MEDICAL
from articles.importing import institution, topics
from articles.importing.manuscript import NONE, PRINTED, PROPOSED, Block, Part
from articles.importing.topics import Topic

LONGEST_HEADING, _LONGEST_ANCHOR = 200, 60
_OPENING, _SHORT_LEAD = 4, 3
_FALLBACK = {"en": "About {name}", "es": "Acerca de {name}"}
_MORE = {"en": "More information", "es": "Más información"}


def arrange(blocks: Sequence[Block], *, names: Sequence[str], language: str) -> tuple[Part, ...]:
    """Every block in exactly one part, in order; the first part is the summary and may be empty.

    `names`: what the page is about, first as it stands in a sentence, then its other names.
    """
    name = names[0]
    groups = list(_groups(blocks))
    lead = groups.pop(0)
    headed = any(group.heading and not institution.of_heading(group.heading.text) for group in groups)
    parts = list(_opening(lead.blocks, names=names, language=language, headed=headed))
    for group in groups:
        if group.heading:
            parts.append(_printed(group))
        else:
            parts += _proposed(group.blocks, name=name, language=language, fallback=_MORE)
    return _unique(parts)


class _Group:
    """A heading and what stands under it."""

    def __init__(self, heading: Block | None = None) -> None:
        self.heading = heading
        self.blocks: list[Block] = []


def _groups(blocks: Sequence[Block]) -> Iterator[_Group]:
    """The lead first, then one group a section heading; an end mark opens a group without heading."""
    group = _Group()
    lead = True
    for block in blocks:
        if block.kind == "end" or (block.kind == "heading" and block.level == 2):
            if lead or group.heading or group.blocks:
                yield group
            group, lead = _Group(None if block.kind == "end" else block), False
        else:
            group.blocks.append(block)
    if lead or group.heading or group.blocks:
        yield group


def _printed(group: _Group) -> Part:
    heading = group.heading
    if heading is None:
        raise ValueError("a printed part needs its heading")
    house = institution.of_heading(heading.text)
    topic = topics.of_heading(heading.text)
    return Part(
        anchor=house[0] if house else slug(heading.text),
        heading=_short(heading.text),
        origin=PRINTED,
        kind=INSTITUTIONAL if house else MEDICAL,
        role=house[1] if house else (topic.role if topic else "other"),
        line=heading.line,
        blocks=(*([heading] if len(heading.text) > LONGEST_HEADING else []), *group.blocks),
    )


def _short(heading: str) -> str:
    """A heading that a section can carry; where it is cut, the whole stands in the section's text."""
    if len(heading) <= LONGEST_HEADING:
        return heading
    return heading[: LONGEST_HEADING - 1].rsplit(" ", 1)[0] + "…"


def _opening(blocks: Sequence[Block], *, names: Sequence[str], language: str, headed: bool) -> Iterator[Part]:
    count = _summary_length(blocks, names, headed=headed)
    line = blocks[0].line if blocks else 1
    yield Part(
        anchor="summary", heading="", origin=NONE, kind=MEDICAL, role="summary", line=line, blocks=tuple(blocks[:count])
    )
    rest = blocks[count:]
    if headed and rest:
        # The page names its own topics; what stands before them is one introduction.
        part = _proposal(None, rest[0], name=names[0], language=language, fallback=_FALLBACK)
        yield replace(part, blocks=tuple(rest))
    else:
        yield from _proposed(rest, name=names[0], language=language, fallback=_FALLBACK)


def _summary_length(blocks: Sequence[Block], names: Sequence[str], *, headed: bool) -> int:
    """How many paragraphs open the page: up to where the text begins again with what the condition is."""
    plain = 0
    for place, block in enumerate(blocks):
        leads_in = block.text.endswith(":") and place + 1 < len(blocks) and blocks[place + 1].kind == "list"
        if block.kind != "paragraph" or leads_in:
            break
        plain += 1
    if headed and plain == len(blocks) and plain <= _SHORT_LEAD:
        return plain
    called = "|".join(map(re.escape, names))
    defines = re.compile(rf"(?:(?:{called})(?: \([^)]*\))?|{_THIS}),? {_BEGINS_AGAIN}", re.I)
    for place, block in enumerate(blocks[1 : min(plain, _OPENING)], 1):
        if defines.match(block.text):
            return place
    return min(plain, 1)


_THIS = r"th(?:is|e) (?:cancer|disease|condition|disorder|type of \w+)"
_BEGINS_AGAIN = (
    r"(?:(?:is|are) (?:an? |the |one of )(?:[\w-]+ ){0,4}(?:type|form|kind|cancer|disease|disorder|condition"
    r"|leukemia|lymphoma)"
    r"|(?:begins?|starts?|develops?|happens?|occurs?) (?:in|when|with)\b)"
)


def _proposed(blocks: Sequence[Block], *, name: str, language: str, fallback: dict[str, str]) -> Iterator[Part]:
    """Consecutive blocks of one topic share a part; a list belongs to what leads into it."""
    part: Part | None = None
    key = ""
    for block in blocks:
        topic = topics.of_paragraph(block.text) if block.kind == "paragraph" else None
        if part is None or (topic and topic.key != key):
            if part:
                yield part
            part = _proposal(topic, block, name=name, language=language, fallback=fallback)
            key = topic.key if topic else ""
        part = replace(part, blocks=(*part.blocks, block))
    if part:
        yield part


def _proposal(topic: Topic | None, block: Block, *, name: str, language: str, fallback: dict[str, str]) -> Part:
    words = topic.heading if topic else fallback
    return Part(
        anchor=topic.key if topic else "about",
        heading=words.get(language, words["en"]).format(name=name),
        origin=PROPOSED,
        kind=MEDICAL,
        role=topic.role if topic else "other",
        line=block.line,
    )


def slug(text: str) -> str:
    """An address part of a heading: ASCII letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    return joined[:_LONGEST_ANCHOR].rsplit("-", 1)[0] if len(joined) > _LONGEST_ANCHOR else joined or "section"


def _unique(parts: Sequence[Part]) -> tuple[Part, ...]:
    used = {"references"}
    out = []
    for part in parts:
        anchor, count = part.anchor, 2
        while anchor in used:
            anchor, count = f"{part.anchor}-{count}", count + 1
        used.add(anchor)
        out.append(replace(part, anchor=anchor))
    return tuple(out)
