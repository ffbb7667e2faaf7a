"""Lines of plain text as blocks: headings, paragraphs, lists, tables."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from articles.importing import headings, markupwriter
from articles.importing.lines import BULLET, NUMBERED, RULE, Line, is_closed
from articles.importing.manuscript import Block, Item
from articles.importing.markupwriter import Entry

END_MARK = "\x1e"  # stands where the reference list was taken out; decoding lets no such line through
_CELLS = re.compile(r"\s*(?:\t+|\|)\s*")
_DASHES = re.compile(r":?-{2,}:?")
_LONGEST_ITEM, _DEEPEST = 120, 3
Reader = Callable[[Sequence[Line], int], tuple[list[Block], int]]


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Blocks in order. No word is dropped; rules of dashes and bullets become structure."""
    readers: tuple[Reader, ...] = (_rule, _marked, _underlined, _list, _enumeration, _table, _plain)
    found: list[Block] = []
    place = 0
    while place < len(lines):
        if not lines[place].text:
            place += 1
            continue
        for reader in readers:
            made, used = reader(lines, place)
            if used:
                break
        place += used
        if made:
            found += [*made[:-1], replace(made[-1], gap=_blanks(lines, place))]
    return headings.settled(found)


def _blanks(lines: Sequence[Line], place: int) -> int:
    count = 0
    while place + count < len(lines) and not lines[place + count].text:
        count += 1
    return count


def _next(lines: Sequence[Line], place: int) -> Line | None:
    return next((line for line in lines[place : place + 8] if line.text), None)


def _rule(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    line = lines[place]
    if line.text == END_MARK:
        return [Block(kind="end", line=line.number)], 1
    return [], 1 if RULE.fullmatch(line.text) else 0


def _marked(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    found = headings.marked(lines[place].text)
    return ([_heading(lines[place], found[1], found[0])], 1) if found else ([], 0)


def _underlined(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    if not RULE.fullmatch(below) or below[0] not in "=-~" or len(lines[place].text) > 120:
        return [], 0
    return [_heading(lines[place], lines[place].text, headings.SECTION if below[0] == "=" else headings.SUB)], 2


def _heading(line: Line, text: str, level: int = 0) -> Block:
    return Block(kind="heading", line=line.number, text=text, html=markupwriter.escaped(text), level=level)


def _list(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    if not _opens_list(lines, place):
        return [], 0
    entries: list[Entry] = []
    indents: list[int] = []
    start = place
    while place < len(lines):
        line = lines[place]
        if line.text and _is_item(line.text) and _in_sequence(line, entries, indents):
            while indents and line.indent < indents[-1]:
                indents.pop()
            if not indents or line.indent > indents[-1]:
                indents.append(line.indent)
            entries.append(_entry(line, min(len(indents) - 1, _DEEPEST)))
        elif line.text and line.indent > indents[-1] and lines[place - 1].text:
            entries[-1] = _longer(entries[-1], line.text)
        elif line.text or not _list_goes_on(lines, place, entries):
            break
        place += 1
    return [list_block(entries)], place - start


def _is_item(text: str) -> bool:
    return bool(BULLET.match(text) or NUMBERED.match(text))


def _opens_list(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text
    if BULLET.match(text):
        return True
    first = NUMBERED.match(text)
    if first is None or first[1] != "1":
        return False
    # "1." with no "2." after it is a heading or a sentence that begins with a number.
    ahead = (NUMBERED.match(line.text) for line in lines[place + 1 : place + 12])
    return next((match[1] == "2" for match in ahead if match), False) and _only_items_between(lines, place)


def _only_items_between(lines: Sequence[Line], place: int) -> bool:
    for line in lines[place + 1 :]:
        if line.text and not _is_item(line.text) and line.indent <= lines[place].indent:
            return False
        if NUMBERED.match(line.text):
            return True
    return False


def _entry(line: Line, depth: int) -> Entry:
    marker = BULLET.match(line.text) or NUMBERED.match(line.text)
    text = line.text[marker.end() :] if marker else line.text
    return Entry(depth, not BULLET.match(line.text), markupwriter.escaped(text), text, line.number)


def _in_sequence(line: Line, entries: Sequence[Entry], indents: Sequence[int]) -> bool:
    """A list is written without its numbers, so they must be 1, 2, 3; nested ones are taken as they come."""
    number = NUMBERED.match(line.text)
    if BULLET.match(line.text) or number is None or (indents and line.indent > indents[0]):
        return True
    return int(number[1]) == sum(e.ordered and e.depth == 0 for e in entries) + 1


def _longer(entry: Entry, text: str) -> Entry:
    both = f"{entry.text} {text}"
    return replace(entry, text=both, html=markupwriter.escaped(both))


def _list_goes_on(lines: Sequence[Line], place: int, entries: Sequence[Entry]) -> bool:
    """Whether after a blank line another item of the same list follows."""
    follows = _next(lines, place)
    if follows is None or _blanks(lines, place) > 1:
        return False
    number = NUMBERED.match(follows.text)
    if number and not BULLET.match(follows.text):
        return entries[-1].ordered and int(number[1]) == sum(e.ordered for e in entries) + 1
    return bool(BULLET.match(follows.text)) and not entries[-1].ordered


def list_block(entries: Sequence[Entry]) -> Block:
    """A list of at least one entry."""
    return Block(
        kind="list",
        line=entries[0].line,
        text="\n".join(entry.text for entry in entries),
        html=markupwriter.nested_list(entries),
        ordered=entries[0].ordered,
        items=tuple(Item(entry.text, entry.line) for entry in entries),
    )


def _enumeration(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    """Short lines after "symptoms may include:" are a list whose bullets were lost."""
    before = next((line.text for line in reversed(lines[max(0, place - 3) : place]) if line.text), "")
    if not before.endswith(":"):
        return [], 0
    items: list[Line] = []
    gaps: list[int] = []
    at = place
    while at < len(lines) and _could_be_item(lines[at].text):
        items.append(lines[at])
        gaps.append(_blanks(lines, at + 1))
        at += 1 + gaps[-1]
    if at < len(lines) and len(items) > 2 and _heads_text(items[-1], lines[at], gaps):
        # Set apart from the items before it and followed by text: the next heading.
        at -= 1 + gaps.pop()
        items.pop()
    if len(items) < 2:
        return [], 0
    entries = [Entry(0, False, markupwriter.escaped(line.text), line.text, line.number) for line in items]
    return [list_block(entries)], at - place - gaps[-1]


def _heads_text(last: Line, follows: Line, gaps: Sequence[int]) -> bool:
    if follows.text.endswith("?") or not is_closed(follows.text):
        return False
    return gaps[-2] > gaps[0] or headings.is_known(last.text)


def _could_be_item(text: str) -> bool:
    if not text or len(text) > _LONGEST_ITEM or is_closed(text) or _is_item(text):
        return False
    return "\t" not in text and text[0] not in "#|" and text != END_MARK


def _table(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    rows: list[list[str]] = []
    rule_at = -1
    at = place
    while at < len(lines) and ("\t" in lines[at].text or lines[at].text.count("|") > 1):
        cells = [cell.strip() for cell in _CELLS.split(lines[at].text.strip("| \t"))]
        if all(_DASHES.fullmatch(cell) for cell in cells):
            rule_at = len(rows)
        else:
            rows.append(cells)
        at += 1
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        return [], 0
    text = "\n".join(" ".join(row) for row in rows)
    made = markupwriter.table(rows, header=rule_at == 1)
    return [Block(kind="table", line=lines[place].number, text=text, html=made)], at - place


def _plain(lines: Sequence[Line], place: int) -> tuple[list[Block], int]:
    line, follows = lines[place], _next(lines, place + 1)
    if headings.is_label(line.text):
        bare = line.text[:-1]
        if follows is None or not _is_item(follows.text):
            return [_heading(line, bare)], 1
        words = f"<h3>{markupwriter.escaped(bare)}</h3>"
        return [Block(kind="label", line=line.number, text=line.text, html=words, label=bare)], 1
    if headings.opens_with_colon(line.text) and follows is not None and is_closed(follows.text):
        known = headings.is_known(line.text[:-1])
        return [_heading(line, line.text[:-1], 0 if known else headings.SUB)], 1
    if headings.is_shaped(line.text) and (follows is not None or headings.is_known(line.text)):
        return [_heading(line, line.text)], 1
    return [Block(kind="paragraph", line=line.number, text=line.text, html=markupwriter.paragraph(line.text))], 1
