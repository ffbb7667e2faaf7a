"""Bars of what reviewers have to read, as numbers for an SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, GAP, HEIGHT = 14, 4, 40  # of a bar, beside it, of the highest
LEAST = 2  # what is not nothing is seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, from its upper left corner; `said` is what it stands for."""

    x: int
    y: int
    height: int
    said: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, and the same in words."""

    bars: tuple[Bar, ...]
    said: str
    width: int
    height: int = HEIGHT


def chart(counts: Sequence[tuple[str, int]], most: int) -> Chart:
    """Bars of these counts with their names, the first of which is late; as high as `most` allows."""
    bars = tuple(
        Bar(
            x=number * (WIDTH + GAP),
            y=HEIGHT - _height(count, most),
            height=_height(count, most),
            said=f"{name}: {count}",
            late=number == 0,
        )
        for number, (name, count) in enumerate(counts)
    )
    said = ", ".join(bar.said for bar in bars if bar.height) or "0"
    return Chart(bars, said, max(len(bars) * (WIDTH + GAP) - GAP, 0))


def _height(count: int, most: int) -> int:
    return max(round(HEIGHT * count / most), LEAST) if count and most else 0
