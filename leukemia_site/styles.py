"""The style of a public page, inside the page: one small block, so that a first visit waits for no second request.

The block is made once per process from static/css, and our policy allows exactly it, by its digest (csp.py).
"""

import base64
import functools
import hashlib
from dataclasses import dataclass

import rcssmin
from django.conf import settings

from leukemia_site.branding import ACCENT, ACCENT_DARK

# What each kind of page needs, in the order of the cascade.
KINDS = {
    "plain": ("tokens", "site"),
    "article": ("tokens", "site", "article", "blocks"),
    "history": ("tokens", "site", "article", "blocks", "history"),
    "references": ("tokens", "site", "references"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style block as it stands in a page, and its name in a policy."""

    element: str
    source: str


@functools.cache
def sheet(kind: str) -> Sheet:
    """The block for a kind of page, in the colors of the house."""
    folder = settings.BASE_DIR / "static" / "css"
    written = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in KINDS[kind])
    # Our accent stands in tokens.css and nowhere else; strong contrast keeps colors of its own.
    written = written.replace(ACCENT, settings.ACCENT_COLOR).replace(ACCENT_DARK, settings.ACCENT_COLOR_DARK)
    text = str(rcssmin.cssmin(written))
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Sheet(f"<style>{text}</style>", f"'sha256-{digest}'")


def sources(page: str) -> list[str]:
    """The names of all our blocks for a page in which one of them stands, so that all such pages have one policy, which
    whoever serves copies of them can send without looking into them; for any other block there is none."""
    ours = [sheet(kind) for kind in KINDS]
    return [one.source for one in ours] if any(one.element in page for one in ours) else []
