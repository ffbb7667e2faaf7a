"""Two runs of words as one run of safe HTML in which <ins>, <del> and <mark> say what changed."""

import itertools
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from articles.redline import alignment
from articles.redline.blocks import Cell, Token

Marked = tuple[str, str, Token]  # mark ("", "ins", "del" or "format"), note, token
Hunk = tuple[list[Token], list[Token]]
Span = tuple[int, int, int, int, bool]  # old from, old to, new from, new to, equal
_GAP = Token(("", ""), "", spaced=True, formats=())
_END: Hunk = ([], [])


def whole(cell: Cell, mark: str) -> str:
    """HTML of a cell that came ("ins"), went ("del") or stayed ("") as a whole."""
    return _render([(mark, "", token) for token in cell.tokens])


def compared(old: Cell, new: Cell) -> str:
    """HTML of the new cell with the differences from the old one marked."""
    if old.tokens == new.tokens:
        return whole(new, "")
    marked: list[Marked] = []
    hunks = _hunks(old.tokens, new.tokens)
    for (went, came), after in itertools.zip_longest(hunks, hunks[1:], fillvalue=_END):
        if [token.key for token in went] == [token.key for token in came]:
            if marked:
                # The space before the first word was shown with the change before it.
                went, came = _from_gap(went, came), _from_gap(came, went)
            marked += (one for pair in zip(went, came, strict=True) for one in _same_word(*pair))
        else:
            gaps = [[_GAP] if side[:1] and side[0].spaced else [] for side in after]
            if gaps[0] == gaps[1]:
                gaps = [[], []]
            marked += [("del", "", token) for token in went + gaps[0]] + [
                ("ins", "", token) for token in came + gaps[1]
            ]
    return _render(marked)


def _from_gap(side: list[Token], other: list[Token]) -> list[Token]:
    return [side[0]._replace(spaced=side[0].spaced and other[0].spaced), *side[1:]]


def note(text: str) -> str:
    """A remark among the words that everyone can see and hear. `text` must be safe HTML."""
    return f' <span class="redline-note">[{text}]</span>'


def _same_word(old: Token, new: Token) -> list[Marked]:
    if old.spaced != new.spaced:
        return [("del", "", old), ("ins", "", new)]
    if set(old.formats) == set(new.formats):
        return [("", "", new)]
    target_old, target_new = (_target(token.formats) for token in (old, new))
    if target_old == target_new:
        return [("format", _("formatting changed"), new)]
    names = {"old": target_old or _("none"), "new": target_new or _("none")}
    return [("format", _("link changed from %(old)s to %(new)s") % names, new)]


def _target(formats: Sequence[str]) -> str:
    return next((one[len('a href="') : -1] for one in formats if one.startswith("a ")), "")


def _hunks(old: list[Token], new: list[Token]) -> list[Hunk]:
    """Stretches of equal and of changed tokens. A few equal words between larger changes count as changed, too: a
    sentence that was rewritten reads as rewritten."""
    spans = list(_spans([token.key for token in old], [token.key for token in new]))
    merged: list[Span] = []
    for number, span in enumerate(spans):
        same = span[4]
        if same and 0 < number < len(spans) - 1:
            same = _extent(span) > min(_extent(merged[-1]), _extent(spans[number + 1]))
        start = merged.pop() if merged and not same and not merged[-1][4] else span
        merged.append((start[0], span[1], start[2], span[3], same))
    return [(old[a:b], new[c:d]) for a, b, c, d, _same in merged]


def _spans(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Span]:
    pairs = alignment.equal_items(old, new)
    steps = itertools.groupby(enumerate(pairs), key=lambda step: (step[1][0] - step[0], step[1][1] - step[0]))
    i = j = 0
    for _diagonal, run in steps:
        block = [pair for _number, pair in run]
        (first_i, first_j), (last_i, last_j) = block[0], block[-1]
        if first_i > i or first_j > j:
            yield i, first_i, j, first_j, False
        yield first_i, last_i + 1, first_j, last_j + 1, True
        i, j = last_i + 1, last_j + 1
    if i < len(old) or j < len(new):
        yield i, len(old), j, len(new), False


def _extent(span: Span) -> int:
    return max(span[1] - span[0], span[3] - span[2])


def _render(marked: list[Marked]) -> str:
    out: list[str] = []
    for (mark, said), run in itertools.groupby(marked, key=lambda one: one[:2]):
        tokens = [token for _mark, _note, token in run]
        inner = _formatted(tokens, "↵" if mark in ("ins", "del") else "")
        out.append((" " if tokens[0].spaced else "") + _wrapped(mark, said, inner.lstrip()))
    return "".join(out)


def _wrapped(mark: str, said: str, inner: str) -> str:
    if mark == "format":
        return f'<mark class="redline-format">{inner}{note(said)}</mark>'
    if not mark or not inner:
        return inner
    # Screen readers do not speak <ins> and <del>.
    spoken = _("added:") if mark == "ins" else _("removed:")
    return f"<{mark}>{_unseen(f'[{spoken} ')}{inner}{_unseen(']')}</{mark}>"


def _unseen(text: str) -> str:
    return f'<span class="visually-hidden">{text}</span>'


def _formatted(tokens: list[Token], break_sign: str) -> str:
    out: list[str] = []
    for formats, run in itertools.groupby(tokens, key=lambda token: token.formats):
        words = list(run)
        text = "".join(
            (" " if token.spaced and number else "") + (break_sign if token.key[0] == "br" else "") + token.shown
            for number, token in enumerate(words)
        )
        opened = "".join(f"<{one}>" for one in formats)
        closed = "".join(f"</{one.split(' ')[0]}>" for one in reversed(formats))
        out.append((" " if words[0].spaced else "") + opened + text + closed)
    return "".join(out)
