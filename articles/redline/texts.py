"""The redline of one text: its blocks put side by side, and written again as lists, tables and paragraphs."""

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import markup
from articles.redline import alignment, marks
from articles.redline.blocks import Cell, Leaf, Reader

_ALIKE = 0.4
_MOVES = 4  # words; a shorter block that stands elsewhere is more likely another one
_CLASS = {"ins": ' class="redline-added"', "del": ' class="redline-removed"', "": ""}

_KINDS = {
    "p": gettext_lazy("paragraph"),
    "h3": gettext_lazy("heading"),
    "h4": gettext_lazy("smaller heading"),
    "ul": gettext_lazy("item of a bulleted list"),
    "ol": gettext_lazy("item of a numbered list"),
    "tr": gettext_lazy("table row"),
    "caption": gettext_lazy("table caption"),
}

Bag = Counter[tuple[str, str]]


def redline(old: str, new: str, labels: Mapping[str, str] | None = None) -> str:
    """Safe HTML of `new` with what went and what came since `old` in <del> and <ins>.

    `labels` names sources by key, for citations to be readable. Anything but white space that differs leaves a mark.
    """
    old, new = markup.clean(old), markup.clean(new)
    before, after = Reader(old, labels or {}), Reader(new, labels or {})
    pairs = _paired(before.leaves, after.leaves)
    writer = _Writer(before, after, pairs)
    left, arrived = _moved(before.leaves, after.leaves, pairs)
    i = j = 0
    for to_i, to_j in (*pairs, (len(before.leaves), len(after.leaves))):
        for place in range(i, to_i):
            writer.whole(before.leaves[place], "del", _("moved to another place") if place in left else "")
        for place in range(j, to_j):
            writer.whole(after.leaves[place], "ins", _("moved here, words unchanged") if place in arrived else "")
        if to_i < len(before.leaves):
            writer.pair(before.leaves[to_i], after.leaves[to_j])
        i, j = to_i + 1, to_j + 1
    shown = _of_facts(old, new) + writer.result()
    return shown if old == new or is_marked(shown) else f"<p>{marks.note(_('only the layout changed'))}</p>{shown}"


def _of_facts(old: str, new: str) -> str:
    """What is to be said where words stayed that stand for another value, or for none, since."""
    before, after = ({(one.ref, one.words) for one in markup.facts(side)} for side in (old, new))
    there, still = (" ".join(markup.text(side).split()) for side in (old, new))
    said = [_("a fact recorded anew: %s") % words for _ref, words in sorted(after - before) if words in there]
    stays = {words for _ref, words in after}
    gone = [words for _ref, words in sorted(before - after) if words in still and words not in stays]
    said += [_("a fact no longer: %s") % words for words in gone]
    return "".join(f"<p>{marks.note(html.escape(one, quote=False))}</p>" for one in said)


def redline_line(old: str, new: str) -> str:
    """Safe inline HTML of one line of plain text, such as a heading, with its changes marked."""
    before, after = (Reader(f"<p>{html.escape(' '.join(side.split()))}</p>", {}) for side in (old, new))
    cells = [reader.leaves[0].cells[0] if reader.leaves else Cell() for reader in (before, after)]
    return marks.compared(*cells)


def is_marked(shown: str) -> bool:
    """Whether a redline marks any change."""
    return any(sign in shown for sign in ("<ins>", "<del>", '<span class="redline-note">'))


def _paired(old: Sequence[Leaf], new: Sequence[Leaf]) -> alignment.Pairs:
    """Blocks that answer to each other: first equal ones, then, between those, the likest."""
    pairs = alignment.equal_items([leaf.key() for leaf in old], [leaf.key() for leaf in new])
    found, i, j = list(pairs), 0, 0
    for to_i, to_j in (*pairs, (len(old), len(new))):
        found += [(i + a, j + b) for a, b in _alike_leaves(old[i:to_i], new[j:to_j])]
        i, j = to_i + 1, to_j + 1
    return sorted(found)


def _alike_leaves(old: Sequence[Leaf], new: Sequence[Leaf]) -> alignment.Pairs:
    bags = [[_bag(leaf.cells) for leaf in side] for side in (old, new)]
    in_table = [[leaf.kind in ("tr", "caption") for leaf in side] for side in (old, new)]

    def likeness(i: int, j: int) -> float:
        return _likeness(bags[0][i], bags[1][j]) if in_table[0][i] == in_table[1][j] else 0.0

    return alignment.alike_items(len(old), len(new), likeness, _ALIKE)


def _moved(old: Sequence[Leaf], new: Sequence[Leaf], pairs: alignment.Pairs) -> tuple[set[int], set[int]]:
    """Places of blocks that went here and came there, alike to the letter."""
    stayed = [{pair[side] for pair in pairs} for side in (0, 1)]
    gone: dict[Any, list[int]] = {}
    for i, leaf in enumerate(old):
        if i not in stayed[0] and sum(len(cell.tokens) for cell in leaf.cells) >= _MOVES:
            gone.setdefault(_letter(leaf), []).append(i)
    found = [
        (gone[_letter(leaf)].pop(0), j) for j, leaf in enumerate(new) if j not in stayed[1] and gone.get(_letter(leaf))
    ]
    return {i for i, _j in found}, {j for _i, j in found}


def _letter(leaf: Leaf) -> tuple[object, ...]:
    return (leaf.shape(), *(tuple(cell.tokens) for cell in leaf.cells))


def _bag(cells: Iterable[Cell]) -> Bag:
    return Counter(token.key for cell in cells for token in cell.tokens)


def _likeness(old: Bag, new: Bag) -> float:
    total = old.total() + new.total()
    few, many = sorted((old, new), key=len)
    common = sum(min(count, many[key]) for key, count in few.items() if key in many)
    return 2 * common / total if total else 1.0


class _Writer:
    """Writes blocks in order, opening and closing the lists and tables they stand in.

    Lists and tables of the old text have numbers below zero, unless they live on in the new one.
    """

    def __init__(self, before: Reader, after: Reader, pairs: alignment.Pairs) -> None:
        self.tags = dict(enumerate(after.tags))
        self.tags |= {-1 - number: tag for number, tag in enumerate(before.tags)}
        self.lives_on: dict[int, int] = {}
        for i, j in pairs:
            self.lives_on |= dict(zip(before.leaves[i].path, after.leaves[j].path, strict=False))
        self.out: list[str] = []
        self.open: list[int] = []
        self.items: list[bool] = []  # whether an <li> is open, for each of `open`

    def whole(self, leaf: Leaf, mark: str, said: str = "") -> None:
        """Write a block that came or went, with a remark behind it."""
        path = leaf.path if mark == "ins" else tuple(self.lives_on.get(one, -1 - one) for one in leaf.path)
        cells = [(cell, marks.whole(cell, mark)) for cell in leaf.cells]
        if said:
            cells[-1] = (cells[-1][0], cells[-1][1] + marks.note(said))
        self._write(leaf.kind, path, cells, mark)

    def pair(self, old: Leaf, new: Leaf) -> None:
        """Write a block that stayed, changed or not."""
        cells = _compared_cells(old.cells, new.cells)
        said = _shape_note(old, new)
        if said and cells:
            cells[-1] = (cells[-1][0], cells[-1][1] + marks.note(said))
        self._write(new.kind, new.path, cells, "")

    def _write(self, kind: str, path: tuple[int, ...], cells: list[tuple[Cell, str]], mark: str) -> None:
        self._go_to(path)
        shown = "".join(text for _cell, text in cells)
        if kind == "tr":
            row = "".join(f"<{cell.tag}{cell.attributes}>{text}</{cell.tag}>" for cell, text in cells)
            self.out.append(f"<tr{_CLASS[mark]}>{row}</tr>")
        elif kind == "caption":
            # As a row: the old and the new caption can both be there, and a table has but one <caption>.
            self.out.append(f'<tr{_CLASS[mark]}><th colspan="99">{shown}</th></tr>')
        elif kind in ("ul", "ol") and path:
            self.out.append(("</li>" if self.items[-1] else "") + f"<li{_CLASS[mark]}>{shown}")
            self.items[-1] = True
        else:
            self._open_item()
            tag = kind if kind in ("h3", "h4") else "p"
            self.out.append(f"<{tag}{_CLASS[mark]}>{shown}</{tag}>")

    def _go_to(self, path: tuple[int, ...]) -> None:
        while self.open != list(path[: len(self.open)]):
            self._leave()
        for number in path[len(self.open) :]:
            self._open_item()
            self.out.append(f"<{self.tags[number]}>")
            self.open.append(number)
            self.items.append(False)

    def _open_item(self) -> None:
        if self.open and not self.items[-1] and self.tags[self.open[-1]] != "table":
            self.out.append("<li>")
            self.items[-1] = True

    def _leave(self) -> None:
        self.out.append(("</li>" if self.items.pop() else "") + f"</{self.tags[self.open.pop()]}>")

    def result(self) -> str:
        """The whole redline."""
        while self.open:
            self._leave()
        return "".join(self.out)


def _compared_cells(old: list[Cell], new: list[Cell]) -> list[tuple[Cell, str]]:
    if len(old) == len(new):
        return [(after, marks.compared(before, after)) for before, after in zip(old, new, strict=True)]
    bags = [[_bag([cell]) for cell in side] for side in (old, new)]
    pairs = alignment.alike_items(len(old), len(new), lambda i, j: _likeness(bags[0][i], bags[1][j]), _ALIKE)
    out, i, j = [], 0, 0
    for to_i, to_j in (*pairs, (len(old), len(new))):
        out += [(cell, marks.whole(cell, "del")) for cell in old[i:to_i]]
        out += [(cell, marks.whole(cell, "ins")) for cell in new[j:to_j]]
        if to_i < len(old):
            out.append((new[to_j], marks.compared(old[to_i], new[to_j])))
        i, j = to_i + 1, to_j + 1
    return out


def _shape_note(old: Leaf, new: Leaf) -> str:
    if old.kind != new.kind:
        return _("was: %(kind)s") % {"kind": _KINDS[old.kind]}
    if len(old.path) != len(new.path):
        return _("was on another level")
    same = len(old.cells) != len(new.cells) or old.shape() == new.shape()
    return "" if same else _("table cells changed")
