"""Which lines of plain text were headings. They carry no mark, so their shape and their neighbours must tell."""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.importing import dates, institution, markupwriter, people, topics
from articles.importing.lines import BULLET, is_closed
from articles.importing.manuscript import Block

SECTION, SUB, SUBSUB = 2, 3, 4
_LONGEST, _MOST_WORDS = 90, 14
_MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]{2,90})\1:?")
_NOT_IN_HEADING = re.compile(r"://|www\.|@|\.\s+[a-z]|[;|\t]|^\W*$")


def marked(text: str) -> tuple[int, str] | None:
    """Level and words of a heading that says it is one: `## Symptoms`, `**Symptoms**`."""
    found = _MARKDOWN.fullmatch(text)
    if found:
        return min(max(len(found[1]), SECTION), SUBSUB), found[2]
    bold = _BOLD.fullmatch(text)
    return (SECTION, bold[2].rstrip(":")) if bold and not is_closed(bold[2]) else None


def is_shaped(text: str) -> bool:
    """Short, begins like a heading, and does not end like a sentence."""
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or len(text) < 2 or BULLET.match(text):
        return False
    first = next((c for c in text if c.isalnum()), "")
    if not first or first.islower() or _NOT_IN_HEADING.search(text):
        return False
    if text[-1] in ",;" or (is_closed(text) and text[-1] != "?") or dates.only_date(text):
        return False
    return not _names_a_person(text)


def is_label(text: str) -> bool:
    """`Program Highlights:` before a list. A lead-in such as `Symptoms may include:` is a sentence."""
    words = text[:-1].split()
    if not text.endswith(":") or not 1 <= len(words) <= 5 or not text[0].isupper():
        return False
    long = [word for word in words if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long)


def opens_with_colon(text: str) -> bool:
    """`Caring for your port:` above sentences is a heading; above a list it leads in."""
    return (
        text.endswith(":") and text[:1].isupper() and len(text.split()) <= 6 and not _NOT_IN_HEADING.search(text[:-1])
    )


def _names_a_person(text: str) -> bool:
    head, *rest = text.split(", ")
    return bool(rest) and len(head.split()) >= 2 and people.is_credential(rest[0])


def is_known(text: str) -> bool:
    """Whether the words alone say that this is a heading."""
    if institution.of_heading(text) or topics.is_references_heading(text):
        return True
    return bool(topics.of_heading(text)) and (text.endswith("?") or len(text.split()) <= 8)


def settled(blocks: Sequence[Block]) -> list[Block]:
    """Decide among headings in a row: of `Symptoms / Key points / text` the first is the section's."""
    marked = sum(block.kind == "heading" and block.level == SECTION for block in blocks)
    # Where sections are marked (`## Symptoms`), a line that only looks like a heading stands below them.
    first = SUB if marked > 1 else SECTION
    out: list[Block] = []
    place = 0
    while place < len(blocks):
        run = _run(blocks, place)
        after = place + len(run)
        ends = after == len(blocks) or blocks[after].kind in ("end", "heading")
        out += _levels(run, first, ends=ends) if run else [blocks[place]]
        place = after if run else place + 1
    return renumbered(out if marked > 1 else _questions(_by_case(out)))


def _run(blocks: Sequence[Block], start: int) -> list[Block]:
    run: list[Block] = []
    for block in blocks[start:]:
        if block.kind != "heading" or block.level:
            break
        run.append(block)
    return run


def _levels(run: list[Block], first: int, *, ends: bool) -> list[Block]:
    """`ends`: no text of its own follows the run, so its last line heads nothing."""
    out: list[Block] = []
    for place, block in enumerate(run):
        final = place == len(run) - 1
        after_gap = place > 0 and run[place - 1].gap > 1
        house = bool(institution.of_heading(block.text))
        beside_house = place > 0 and bool(institution.of_heading(run[place - 1].text))
        if house:
            out.append(replace(block, level=SECTION))
        elif not (final and ends) and (place == 0 or after_gap or beside_house):
            out.append(replace(block, level=first))
        elif final and not ends:
            out.append(replace(block, level=first + 1))
        else:
            out.append(replace(block, kind="paragraph", html=markupwriter.paragraph(block.text)))
    return out


def _by_case(blocks: list[Block]) -> list[Block]:
    """Where some headings shout, those are the sections and the quieter ones stand below them."""
    sections = [block for block in blocks if block.kind == "heading" and block.level == SECTION]
    loud = sum(block.text.isupper() for block in sections)
    if loud < 2 or loud == len(sections):
        return blocks
    return [replace(block, level=SUB) if _is_quiet(block) else block for block in blocks]


def _is_quiet(block: Block) -> bool:
    if block.kind != "heading" or block.level != SECTION or block.text.isupper():
        return False
    return institution.of_heading(block.text) is None


def _questions(blocks: list[Block]) -> list[Block]:
    """After `Questions people ask / Can I swim?` the next question stands beside the first, not above it."""
    out: list[Block] = []
    asking = False
    for block in blocks:
        if block.kind == "heading":
            question = block.text.endswith("?")
            if asking and question and block.level == SECTION:
                block = replace(block, level=SUB)
            asking = question and block.level == SUB
        out.append(block)
    return out


def renumbered(blocks: Sequence[Block]) -> list[Block]:
    """Heading levels without gaps: 2 for a section, 3 and 4 below it, whatever the document calls them."""
    used = sorted({block.level for block in blocks if block.kind == "heading"})
    levels = {level: min(place, SUBSUB) for place, level in enumerate(used, SECTION)}
    return [replace(block, level=levels[block.level]) if block.kind == "heading" else block for block in blocks]
