"""The reference list of a document: taken out of its lines or blocks, and read entry by entry."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from articles.content import CitedSource
from articles.importing import layout, refspan, topics
from articles.importing.lines import Line
from articles.importing.manuscript import Block, Leftover, PrintedReference, ReferenceList
from references.reading import plain

_NUMBER = re.compile(r"(\d{1,3})[\].)]*\s*$")
_VANCOUVER_NAME = re.compile(r"(?:[a-z]{1,3} ){0,2}[^\W\d_][\w’' -]*? [A-Z]{1,3}(?: (?:Jr|Sr|2nd|3rd|I{2,3}))?")
_INVERTED = r"(?P<{0}family>[^\W\d_][\w’'-]*(?: [\w’'-]+){{0,3}}), (?P<{0}initials>(?:[A-Z]\.?[ -]?){{1,4}})"
_INVERTED_NAME = re.compile(_INVERTED.format(""))
_NEXT = _INVERTED.replace("?P<{0}family>", "?:").replace("?P<{0}initials>", "?:").format()
_INVERTED_NAMES = re.compile(rf"{_NEXT}(?:,? ?(?:& |and )?{_NEXT})*(?:,? et al\.?)?")
_COPIED = ("title", "container", "published", "volume", "issue", "pages", "url", "doi", "pmid")
_WHOLE_DAY = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class Listed:
    """What was printed, and the works that it names under the same provisional keys."""

    printed: ReferenceList = field(default_factory=ReferenceList)
    sources: tuple[CitedSource, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


@dataclass(frozen=True, slots=True)
class _Raw:
    """One printed entry before it is numbered."""

    entry: plain.Entry
    raw: str
    line: int
    number: int = 0


def from_lines(lines: Sequence[Line]) -> tuple[list[Line], Listed]:
    """The lines without the list, an end mark in its place, and the list."""
    span = refspan.find(lines)
    if span is None:
        return list(lines), Listed()
    region = list(lines[span.first : span.stop])
    if span.start == span.first and span.heading:
        cut = region[0].raw.split(":", 1)[1]
        region[0] = replace(region[0], text=cut.strip(), raw=cut)
    text = "\n".join(line.raw for line in region)
    entries = _entries(text)
    if not entries or (not span.heading and not _is_plainly_a_list(entries, text)):
        return list(lines), Listed()
    # What stands before the first and after the last entry is the page's: the lines after go back to it.
    kept = _lines_until(region, entries[-1].end)
    stop = span.first + kept
    listed = _listed(list(_placed(entries, region)), span.heading, lines[span.start].number, lines[stop - 1].number)
    mark = Line(lines[span.start].number, layout.END_MARK)
    around = (text[: entries[0].start], "\n".join(line.raw for line in region[:kept])[entries[-1].end :])
    leftovers = tuple(_loose(around, (region[0].number, region[kept - 1].number)))
    return [*lines[: span.start], mark, *lines[stop:]], replace(listed, leftovers=leftovers)


def _entries(text: str) -> list[plain.Entry]:
    """Entries of the whole, and of what stands before the first and after the last if that is a list as well."""
    found = plain.split(text)
    if not found:
        return []
    before, end = text[: found[0].start], found[-1].end
    after = plain.split(text[end:]) if text[end:].strip() else []
    return [
        *(plain.split(before) if before.strip() else []),
        *found,
        *(replace(one, start=one.start + end, end=one.end + end) for one in after),
    ]


def _is_plainly_a_list(entries: Sequence[plain.Entry], text: str) -> bool:
    """Without a heading, only a run of references is a list: two at least, and hardly anything between them."""
    return len(entries) > 1 and sum(len(entry.raw) for entry in entries) * 10 >= len(text.strip()) * 8


def _lines_until(region: Sequence[Line], end: int) -> int:
    """How many lines of the region hold its text up to `end`."""
    length = 0
    for count, line in enumerate(region, 1):
        length += len(line.raw) + 1
        if length > end:
            return count
    return len(region)


def _placed(entries: Sequence[plain.Entry], region: Sequence[Line]) -> Iterator[_Raw]:
    """Entries of running text, each with its printed number and the line it begins in."""
    lines = [line.number + more for line in region for more in range(line.raw.count("\n") + 1)]
    text = "\n".join(line.raw for line in region)
    end = 0
    for entry in entries:
        number = _NUMBER.search(text, end, entry.start)
        end = entry.end
        yield _Raw(entry, entry.raw, lines[text.count("\n", 0, entry.start)], int(number[1]) if number else 0)


def _loose(around: Sequence[str], numbers: Sequence[int]) -> Iterator[Leftover]:
    """Words of the list's own lines that no entry holds, such as `We used these sources:`."""
    for text, number in zip(around, numbers, strict=True):
        if any(map(str.isalpha, text)):
            yield Leftover(number, " ".join(text.split()))


def from_blocks(blocks: Sequence[Block]) -> tuple[list[Block], Listed]:
    """As from_lines, for the blocks of an HTML page."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if block.kind == "references" or (block.kind == "heading" and topics.is_references_heading(block.text)):
            stop = _region(blocks, place)
            found = [one for at in blocks[place + 1 : stop] for one in _of_block(at)]
            if found:
                return _without(blocks, place, stop, _listed(found, block.text, block.line, blocks[stop - 1].line))
    return _unheaded(blocks)


def _without(blocks: Sequence[Block], start: int, stop: int, listed: Listed) -> tuple[list[Block], Listed]:
    above = blocks[start - 1] if start else blocks[start]
    if above.kind == "heading" and topics.is_references_heading(above.text):
        start = max(start - 1, 0)
        listed = replace(listed, printed=replace(listed.printed, heading=above.text, first_line=above.line))
    mark = Block(kind="end", line=blocks[start].line)
    rest = [block for block in (*blocks[:start], mark, *blocks[stop:]) if block.kind != "references"]
    return rest, listed


def _region(blocks: Sequence[Block], heading: int) -> int:
    stop = heading + 1
    while stop < len(blocks) and (blocks[stop].kind == "list" or _is_reference(blocks[stop])):
        stop += 1
    return stop


def _is_reference(block: Block) -> bool:
    return block.kind == "paragraph" and refspan.looks_like_reference(f"{block.text} {_address(block)}")


def _of_block(block: Block) -> Iterator[_Raw]:
    if block.kind == "list":
        for item in block.items:
            yield _one(item.text, item.url, item.line)
    elif block.text:
        entries = plain.split(block.text)
        if len(entries) > 1:
            yield from _placed(entries, [Line(block.line, block.text, raw=block.text)])
        else:
            yield _one(block.text, _address(block), block.line)


def _one(text: str, address: str, line: int) -> _Raw:
    """An entry that is known to be one; its link's address counts where none is printed."""
    whole = text if "://" in text or not address else f"{text} {address}"
    entries = plain.split(whole)
    entry = entries[0] if len(entries) == 1 else plain.Entry(text, 0, len(text), title=text)
    return _Raw(entry, text, line)


def _address(block: Block) -> str:
    start = block.html.find('<a href="http')
    return block.html[start + 9 :].split('"', 1)[0].replace("&amp;", "&") if start >= 0 else ""


def _unheaded(blocks: Sequence[Block]) -> tuple[list[Block], Listed]:
    for place in range(len(blocks) - 1, -1, -1):
        items = blocks[place].items
        likely = sum(refspan.looks_like_reference(f"{item.text} {item.url}") for item in items)
        if blocks[place].ordered and likely >= 2 and likely == len(items):
            found = list(_of_block(blocks[place]))
            listed = _listed(found, "", blocks[place].line, blocks[place].line)
            return _without(blocks, place, place + 1, listed)
    lines = [Line(b.line, b.text if b.kind == "paragraph" else "", raw=b.text) for b in blocks]
    span = refspan.find(lines)
    if span is None or any(block.kind != "paragraph" for block in blocks[span.first : span.stop]):
        return [block for block in blocks if block.kind != "references"], Listed()
    found = [one for block in blocks[span.first : span.stop] for one in _of_block(block)]
    listed = _listed(found, span.heading, blocks[span.start].line, blocks[span.stop - 1].line)
    return _without(blocks, span.start, span.stop, listed)


def _listed(found: Sequence[_Raw], heading: str, first_line: int, last_line: int) -> Listed:
    printed = [one.number for one in found]
    # Printed numbers count only if they tell the entries apart.
    numbers = printed if all(printed) and len(set(printed)) == len(found) else range(1, len(found) + 1)
    keys = [f"ref-{place}" for place in range(1, len(found) + 1)]
    entries = tuple(
        PrintedReference(
            key=key,
            number=int(number or 0),
            raw=one.raw,
            line=one.line,
            published_as_printed=one.entry.published_as_printed or "",
        )
        for key, number, one in zip(keys, numbers, found, strict=True)
    )
    listed = ReferenceList(entries=entries, heading=heading, first_line=first_line, last_line=last_line)
    return Listed(listed, tuple(_source(key, one.entry) for key, one in zip(keys, found, strict=True)))


def _source(key: str, entry: plain.Entry) -> CitedSource:
    """A work as printed; an organization without named authors is its own author."""
    is_article = bool(entry.container and (entry.volume or entry.pages or entry.pmid or entry.doi))
    is_book = bool(entry.publisher and entry.authors and not entry.url)
    authors = tuple(_names(entry.authors or ""))
    return CitedSource(
        key=key,
        kind="journal" if is_article else "book" if is_book else "web",
        authors=authors,
        organization="" if authors else entry.publisher or "",
        publisher=(entry.publisher or "") if authors else "",
        accessed=entry.accessed if entry.accessed and len(entry.accessed) == _WHOLE_DAY else "",
        **{name: getattr(entry, name) or "" for name in _COPIED},
    )


def _names(printed: str) -> list[str]:
    """`Litton JK, Rugo HS, et al.` and `Litton, J. K., & Rugo, H. S.` name by name; else as printed."""
    if _INVERTED_NAMES.fullmatch(printed):
        names = [f"{m['family']} {re.sub(r'[^A-Z]', '', m['initials'])}" for m in _INVERTED_NAME.finditer(printed)]
        return [*names, *(["et al"] if printed.rstrip(". ").endswith("et al") else [])]
    pieces = [piece.strip(" .") for piece in printed.split(",")]
    if all(_VANCOUVER_NAME.fullmatch(piece) or piece.lower() == "et al" for piece in pieces):
        return pieces
    return [printed.rstrip(" ,;")] if printed else []
