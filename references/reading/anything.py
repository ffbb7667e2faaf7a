"""A text that names works in any way, one beside the other: printed references, DOIs, PMIDs, addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from references.reading import addresses, entries, evidence, identified, layout, page, plain, printed
from references.reading.evidence import Evidence
from references.reading.records import Found, Problem, Record

Piece = Found | Problem
_HEADING = re.compile(
    r"[\W_]*(?:(?:selected |key |list of )?references(?: list| cited| and notes)?|bibliography|sources|works cited"
    r"|literature(?: cited)?|citations|reference list|further reading)[\W_]*",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}[\]).:]+)?[\W_]*")  # what a list leaves of an item
_NUMBERED = re.compile(r"[ \t]*(?:[-–—•●▪◦‣·*+]\s+|\[?\d{1,4}[\]).:]+\s+)")
_NAKED = re.compile(r"10\.\S+|\d+")  # as it stands in a list of such, and hardly ever below a reference
_TITLE_LENGTH = 15
_KINDS = ("doi", "pmid", "url")
# Slanted or bold, as Markdown writes it; not an asterisk behind a name, nor a line below a word of an address.
_EMPHASIS = re.compile(
    r"(?<![^\s(“\"])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?=[\s(),.;:?!”\"]|$)", re.MULTILINE
)
_UNFINISHED = re.compile(r"(?:[:;,(/_=&-]|\b(?:doi|pmid|pmcid|url|at|from))\s*$", re.IGNORECASE)
# What stands before an address in a sentence about it; after a title stands a stop, or nothing of this kind.
_LEADS_TO = re.compile(
    r"\b(?:at|see|in|from|is|of|to|via|by|and|here|the|this|article|paper|study|trial|for|with)\W*$", re.I
)
_TITLE_ENDS = re.compile(r"[.?!”\"’)\]]\s*(?:doi:?\s*|available (?:at|from):?\s*|\W*)$", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?i)\s*(?:please|see|as|cf|look|read|here|hi|hello|dear|we|i|you|could|can|the (?:trial|study|paper))\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    works: tuple[Record, ...] = ()  # when it holds nothing but names of works


def read(text: str) -> Iterator[Piece]:
    """Works in the order of the text, and what nothing was understood of. Between them no word is lost."""
    text = _EMPHASIS.sub(r"\2", text)
    alone = len(text.split()) == 1 or re.fullmatch(r"[\d\s,;]+", text) is not None  # then even a short number is a PMID
    lines, before = [], ""
    for number, line in enumerate(text.split("\n"), 1):
        works = () if _goes_on(before) else tuple(identified.line(line, alone=alone))
        lines.append(_Line(number, line, works))
        before = "" if works else line
    for by_name, run in groupby(_sorted_out(lines), key=lambda line: bool(line.works)):
        if by_name:
            yield from (Found(line.number, work, line.text.strip()) for line in run for work in line.works)
        else:
            kept = list(run)
            yield from _printed("\n".join(line.text for line in kept), kept[0].number)


def _goes_on(before: str) -> bool:
    """Whether the line before was broken: `PMID:` at its end, a comma, or no end of a sentence."""
    if not before.strip() or _HEADING.fullmatch(before):
        return False
    return _UNFINISHED.search(before) is not None or page.ENDED.search(before) is None


def _sorted_out(lines: list[_Line]) -> Iterator[_Line]:
    """The same lines; identifiers that end the printed reference above them are no works of their own."""
    for blank, paragraph in groupby(lines, key=lambda line: not line.text.strip()):
        kept = list(paragraph)
        joins = not blank and _all_belong_above(kept)
        yield from (_Line(line.number, line.text) if joins else line for line in kept)


def _all_belong_above(paragraph: list[_Line]) -> bool:
    """Whether every identifier of this paragraph stands below a text without one, so that it is that text's."""
    naked = any(line.works and _NAKED.fullmatch(line.text.strip()) for line in paragraph)
    if naked and [bool(line.works) for line in paragraph] != [False, True] * (len(paragraph) // 2):
        return False
    taken, in_text = {*_KINDS}, False  # kinds of names that the work above has by now
    for line in paragraph:
        kinds = _kinds(line.works or identified.within(_of_last_work(line.text)))
        if line.works and (taken & kinds or len(line.works) > 1 or _NUMBERED.match(line.text)):
            return False
        taken = taken | kinds if line.works or in_text else kinds
        in_text = not line.works
    return True


def _of_last_work(text: str) -> str:
    """The end of a line in which an address touches the next reference, which has none yet; else the whole line."""
    last = max((end for _start, end in addresses.runs(text)), default=0)
    rest = text[last:].strip(" .,;)]")
    begins_another = last and len(rest) > _TITLE_LENGTH and not page.REMARK.match(rest)
    return rest if begins_another else text


def _kinds(works: Sequence[Record]) -> set[str]:
    found = {kind for work in works for kind in _KINDS if getattr(work, kind)}
    if "pmid" in found:
        found.discard("url")  # made of the PMCID beside it
    return found | {"url"} if "doi" in found else found  # a page below a DOI is more often another work


def _printed(text: str, first: int) -> Iterator[Piece]:
    found = plain.split(text)
    if not found:
        yield from _by_paragraph(text, first)
        return
    yield from _odd(text[: found[0].start], first)
    for entry in found:
        yield from _of_entry(entry, first + text.count("\n", 0, entry.start))
    yield from _odd(text[found[-1].end :], first + text.count("\n", 0, found[-1].end))


def _by_paragraph(text: str, first: int) -> Iterator[Piece]:
    """No list as a whole; its paragraphs, or their lines, may be references all the same."""
    for blank, run in groupby(enumerate(text.split("\n"), first), key=lambda line: not line[1].strip()):
        lines = [] if blank else list(run)
        together = "\n".join(line for _number, line in lines)
        apart = len(lines) > 1 and any(identified.within(line) or _is_list(line) for _number, line in lines)
        for number, piece in lines if apart else [(lines[0][0], together)] if lines else []:
            if piece.strip() != text.strip() and _is_list(piece):
                yield from _printed(piece, number)
            else:
                yield from _odd(piece, number)


def _is_list(text: str) -> bool:
    return entries.may_be_reference(text, 0, len(text)) and bool(plain.split(text))


def _odd(text: str, line: int) -> Iterator[Piece]:
    """What the splitter left: a title with its address, a sentence that names works, or nothing that we understand."""
    line += text.count("\n", 0, len(text) - len(text.lstrip()))
    text = text.strip()
    if not text or _HEADING.fullmatch(text) or _LIST_NUMBER.fullmatch(text):
        return
    spans = layout.pieces(text).spans if len(text) <= entries.LONGEST else []
    begin, end = spans[0] if spans else (0, len(text))
    entry = entries.read(text, begin, end)
    if len(spans) == 1 and evidence.of(entry) > Evidence.NONE:
        yield from _of_entry(entry, line)
        return
    works = identified.within(text)
    yield from (Found(line, work, text) for work in works)
    if not works:
        yield Problem(line, _("This was not understood as a reference, a DOI, a PMID or an address."), text)


def _of_entry(entry: entries.Entry, line: int) -> Iterator[Piece]:
    raw = entry.raw.strip()
    works = identified.within(raw) if _is_sentence(entry) else []
    if works:
        yield from (Found(line, work, raw) for work in works)
        return
    record = printed.record(entry)
    if record == Record(kind=record.kind, title=record.title):  # any sentence is as much
        yield Problem(line, _("This was not understood as a reference, a DOI, a PMID or an address."), raw)
    else:
        yield Found(line, record, raw)


def _is_sentence(entry: entries.Entry) -> bool:
    """Whether the only thing read beside an identifier is the sentence around it, which is no title."""
    if (
        entry.authors
        or entry.publisher
        or entry.published
        or entry.container
        or not (entry.doi or entry.pmid or entry.url)
    ):
        return False
    place = re.search(r"https?:|www\.|10\.\d{4}|doi|pmid", entry.raw, re.IGNORECASE)
    before = entry.raw[: place.start()] if place else entry.raw
    if _SPOKEN.match(before) or _LEADS_TO.search(before):
        return True
    return bool(re.search(r"(?:10\.\d{4}|https?:)\S*\s+[a-z]", entry.raw)) and not _TITLE_ENDS.search(before)
