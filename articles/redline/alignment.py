"""Which items of one sequence answer to which of another, in bounded time. Pure, and knows nothing of texts."""

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence

Pair = tuple[int, int]
Pairs = list[Pair]
Gap = tuple[int, int, int, int]

# Elementary steps that one alignment may take; beyond them what is left counts as replaced.
_WORK = 4_000_000
_SMALL = 40_000
_BAND = 30


def equal_items(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Index pairs of equal items, both rising: items that occur once are the anchors (patience), difflib fills in."""
    found: Pairs = []
    work, gaps = _WORK, [(0, len(old), 0, len(new))]
    while gaps and work > 0:
        i1, i2, j1, j2 = gaps.pop()
        work -= i2 - i1 + j2 - j1
        while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
            found.append((i1, j1))
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
            found.append((i2, j2))
        anchors = [(i1 + i, j1 + j) for i, j in _unique_items(old[i1:i2], new[j1:j2])]
        if anchors:
            found += anchors
            gaps += _between(anchors, (i1, i2, j1, j2))
        elif (i2 - i1) * (j2 - j1) <= _SMALL:
            work -= (i2 - i1) * (j2 - j1)
            found += _small(old, new, (i1, i2, j1, j2))
    return sorted(found)


def _between(anchors: Pairs, gap: Gap) -> Iterator[Gap]:
    i1, i2, j1, j2 = gap
    for i, j in (*anchors, (i2, j2)):
        if i > i1 and j > j1:
            yield i1, i, j1, j
        i1, j1 = i + 1, j + 1


def _small(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Iterator[Pair]:
    i1, i2, j1, j2 = gap
    matcher = difflib.SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        yield from ((i1 + i + k, j1 + j + k) for k in range(size))


def _unique_items(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """The longest rising run of items that occur exactly once on each side."""
    once_old, once_new = Counter(old), Counter(new)
    where = {item: j for j, item in enumerate(new) if once_new[item] == 1}
    pairs = [(i, where[item]) for i, item in enumerate(old) if once_old[item] == 1 and item in where]
    return [pairs[k] for k in rising([j for _i, j in pairs])]


def rising(numbers: Sequence[int]) -> list[int]:
    """Indices of a longest strictly rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]


def alike_items(olds: int, news: int, likeness: Callable[[int, int], float], enough: float) -> Pairs:
    """Index pairs, both rising, with the greatest sum of `likeness` (0 to 1), each at least `enough`.

    Far from the diagonal nothing is compared, so that thousands of changed items stay cheap.
    """
    band = min(_BAND + abs(olds - news), max(_BAND, _WORK // 50 // (olds + 1)))
    best: list[dict[int, float]] = [{} for _ in range(olds + 1)]
    paired: set[tuple[int, int]] = set()
    for i in range(olds - 1, -1, -1):
        middle, row, below = i * news // olds, best[i], best[i + 1]
        for j in range(min(news - 1, middle + band), max(-1, middle - band - 1), -1):
            row[j] = max(row.get(j + 1, 0.0), below.get(j, 0.0), below.get(j + 1, 0.0))
            score = likeness(i, j)
            if score >= enough and below.get(j + 1, 0.0) + score > row[j]:
                row[j] = below.get(j + 1, 0.0) + score
                paired.add((i, j))
    return _walk(best, paired, news)


def _walk(best: list[dict[int, float]], paired: set[tuple[int, int]], news: int) -> Pairs:
    run: Pairs = []
    i = j = 0
    while i < len(best) - 1 and j < news:
        if (i, j) in paired:
            run.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1].get(j, 0.0) >= best[i].get(j + 1, 0.0):
            i += 1
        else:
            j += 1
    return run
