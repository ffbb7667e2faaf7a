"""Citation markers in running text: `[3]`, `[1,4]`, `[2-4]`, superscripts, `(3)` where nothing else can be meant."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.importing.manuscript import Block

_LIST = r"\d{1,3}(?:\s*(?:,|;|–|-|‑|—|&amp;|and)\s*\d{1,3})*"
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = r"[⁰¹²³⁴-⁹](?:[⁰¹²³⁴-⁹]|[,;⁻–-](?=[⁰¹²³⁴-⁹]))*"
# A raised number after these is a power or an isotope, never a note: mg/m², 10³, 5 cm².
_UNIT = r"(?:sec|min|mol|log|inch|foot|feet|yard|mile|(?:centi|kilo|milli)?met(?:er|re))s?"
_WORD_BEFORE = re.compile(rf"(?:[.,;:!?)”\"’'%\]]|\b(?!{_UNIT}$)[^\W\d_]{{3,}})(?:</(?:a|em|strong)>)*$", re.I)
_ANY_WORD_BEFORE = re.compile(r"[^\s(](?:</(?:a|em|strong)>)*\s*$")
_TAIL = 60


@dataclass(frozen=True, slots=True)
class Style:
    """One way to print a marker. `strict` styles count only if the document uses them as 1, 2, 3 …"""

    pattern: re.Pattern[str]
    before: re.Pattern[str]
    strict: bool = False


LINKED = Style(
    re.compile(rf'\s*(?:<sup>\s*)?\[?<a href="#[^"]*">(?:<sup>)?\s*\[?({_LIST})\]?\s*(?:</sup>)?</a>\]?(?:\s*</sup>)?'),
    _ANY_WORD_BEFORE,
)
RAISED_TAG = Style(re.compile(rf"<sup>\s*[\[(]?({_LIST})[\])]?\s*</sup>"), _WORD_BEFORE)
BRACKETS = Style(re.compile(rf"\s*\[({_LIST})\]"), _ANY_WORD_BEFORE)
RAISED = Style(re.compile(rf"({_RAISED})"), _WORD_BEFORE)
ROUND = Style(re.compile(rf"\s*\(({_LIST})\)(?=[.,;:!?]|\s*$|</|\s+[A-ZÀ-Þ¿“])"), _ANY_WORD_BEFORE, strict=True)
GLUED = Style(
    re.compile(r"(?<=[a-z)”’][.?!])(\d{1,2}(?:[,–-]\d{1,2})*)(?=\s+[A-ZÀ-Þ¿“]|\s*$|</)"), re.compile(""), strict=True
)
_STYLES = (LINKED, RAISED_TAG, BRACKETS, RAISED)
_ONLY_IF_NONE = (ROUND, GLUED)


def applied(blocks: Sequence[Block], keys: Mapping[int, str]) -> tuple[list[Block], tuple[str, ...]]:
    """Blocks with markers as `<cite>`, and the printed markers that no reference answers.

    `keys` are the provisional keys by printed number. Without a reference list nothing is a marker.
    """
    if not keys:
        return list(blocks), ()
    unknown: list[str] = []
    styles = [style for style in _STYLES if _uses(blocks, style, keys)]
    if not styles:
        styles = [style for style in _ONLY_IF_NONE if _counts_up(blocks, style, keys)][:1]
    out = []
    for block in blocks:
        if block.kind in ("paragraph", "list", "table") or (block.kind == "heading" and block.level > 2):
            html = block.html
            for style in styles:
                html = style.pattern.sub(_writer(style, keys, unknown), html)
            block = replace(block, html=html)
        out.append(block)
    return out, tuple(dict.fromkeys(unknown))


def _writer(style: Style, keys: Mapping[int, str], unknown: list[str]) -> Callable[[re.Match[str]], str]:
    def write(match: re.Match[str]) -> str:
        if not _stands_well(style, match):
            return match[0]
        cited = numbers(match[1])
        if not cited or any(number not in keys for number in cited):
            if style in (BRACKETS, LINKED) and cited:
                unknown.append(match[0].strip())
            return match[0]
        return "".join(f'<cite data-source="{keys[number]}"></cite>' for number in cited)

    return write


def _stands_well(style: Style, match: re.Match[str]) -> bool:
    return bool(style.before.search(match.string[max(0, match.start() - _TAIL) : match.start()]))


def _uses(blocks: Sequence[Block], style: Style, keys: Mapping[int, str]) -> bool:
    return any(set(group) <= keys.keys() for group in _groups(blocks, style))


def _groups(blocks: Sequence[Block], style: Style) -> Iterable[list[int]]:
    for block in blocks:
        for match in style.pattern.finditer(block.html):
            if _stands_well(style, match):
                yield numbers(match[1])


def _counts_up(blocks: Sequence[Block], style: Style, keys: Mapping[int, str]) -> bool:
    """Whether the numbers appear first as 1, 2, 3 … and all have a reference; two at least."""
    groups = list(_groups(blocks, style))
    first_uses = list(dict.fromkeys(number for group in groups for number in group))
    return len(first_uses) > 1 and first_uses == list(range(1, len(first_uses) + 1)) and set(first_uses) <= keys.keys()


def numbers(printed: str) -> list[int]:
    """`1,3-5` as [1, 3, 4, 5]; empty where a range runs backwards or is longer than any list."""
    found: list[int] = []
    plain = printed.translate(_SUPERSCRIPT).replace("&amp;", ",").replace("and", ",")
    for piece in re.split(r"\s*[,;]\s*", plain):
        ends = [int(end) for end in re.split(r"\s*[–‑—-]\s*", piece.strip()) if end]
        if not ends or len(ends) > 2 or not 0 <= ends[-1] - ends[0] < 50:
            return []
        found += range(ends[0], ends[-1] + 1)
    return found
