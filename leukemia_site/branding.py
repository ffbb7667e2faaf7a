"""How a hospital makes the site its own: colors, logo and telephone number, read from the environment.

What would make a page hard to read, or move while it loads, is refused at the start.
"""

import hashlib
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from leukemia_site import contrast
from leukemia_site import environment as env

ACCENT, ACCENT_DARK = "#0b5563", "#86d3df"
# What accents and links stand on, by scheme, as static/css/tokens.css has it.
LIGHT = ("#fbfaf7", "#ffffff", "#eef3f2", "#fdf1ee", "#fdf3e4")
DARK = ("#11181b", "#182125", "#1a2529", "#2b191a", "#282012")
LOGO_LIMIT = 100_000  # bytes; more takes longer than the page that it stands on
TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of the house's name: its bytes, its type, its size in pixels, and a name that changes with it."""

    content: bytes
    content_type: str
    width: int
    height: int
    name: str


def color(name: str, *, default: str, papers: tuple[str, ...]) -> str:
    """A color that can be read on each of the papers, `#rrggbb`."""
    value = env.text(name, default=default).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise env.Refused(name, f"is no color of the form #rrggbb: {value!r}", f"{name}='{default}'")
    worst = contrast.worst(value, papers)
    if contrast.ratio(value, worst) < contrast.NEEDED:
        found = f"{value} on {worst} has a contrast of {contrast.ratio(value, worst):.1f}:1"
        why = f"can not be read on our pages: {found}, and {contrast.NEEDED}:1 is needed"
        raise env.Refused(name, why, f"{name}='{contrast.mended(value, papers)}', of the same hue")
    return value


def phone(name: str) -> str:
    """A telephone number as people write it, or nothing."""
    value = env.text(name, default="")
    if value and not (re.fullmatch(r"\+?[0-9 ().\-/]+", value) and 3 <= sum(map(str.isdigit, value)) <= 15):
        raise env.Refused(name, f"is not a telephone number: {value!r}", f'{name}="+1 555 010 0100"')
    return value


def logo(name: str) -> Logo | None:
    """The picture in an SVG or PNG file, with its size, or nothing."""
    value = env.text(name, default="")
    if not value:
        return None
    path, example = Path(value).expanduser(), f"{name}=/srv/site/logo.svg"
    if path.suffix.lower() not in TYPES:
        raise env.Refused(name, f"is neither an .svg nor a .png file: {value!r}", example)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise env.Refused(name, f"names a file that can not be read ({error.strerror}): {value!r}", example) from error
    if len(content) > LOGO_LIMIT:
        raise env.Refused(name, f"is larger than {LOGO_LIMIT // 1000} kB, too much for a phone: {value!r}", example)
    pictures = import_module("leukemia_site.pictures")  # only now, as it wants lxml, and most sites have no logo
    read = pictures.size_of_png if path.suffix.lower() == ".png" else pictures.size_of_svg
    size: tuple[int, int] | None = read(content)
    if not size or min(size) < 1:
        why = "has no size that we can read; an SVG needs a viewBox, or width and height in pixels"
        raise env.Refused(name, f"{why}: {value!r}", example)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Logo(content, TYPES[path.suffix.lower()], *size, name=f"logo-{digest}{path.suffix.lower()}")
