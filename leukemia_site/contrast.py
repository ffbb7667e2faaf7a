"""How well two colors can be told apart (WCAG 2.2, "contrast ratio"). Pure; colors are `#rrggbb`."""

from collections.abc import Iterable

NEEDED = 4.5  # WCAG 2.2, 1.4.3


def ratio(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    dark, light = sorted([_luminance(one), _luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def worst(color: str, papers: Iterable[str]) -> str:
    """The paper on which the color is hardest to read."""
    return min(papers, key=lambda paper: ratio(color, paper))


def mended(color: str, papers: tuple[str, ...]) -> str:
    """The color, darkened for light papers or lightened for dark ones, just as far as it must be to be read."""
    end = 0 if _luminance(papers[0]) > 0.5 else 255
    mixes = (
        bytes((part * (100 - percent) + end * percent) // 100 for part in bytes.fromhex(color[1:]))
        for percent in range(101)
    )
    return next(f"#{mix.hex()}" for mix in mixes if ratio(f"#{mix.hex()}", worst(f"#{mix.hex()}", papers)) >= NEEDED)


def _luminance(color: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(color[1:])]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
