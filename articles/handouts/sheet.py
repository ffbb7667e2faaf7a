"""What stands on the paper: a page as one HTML text, from which the file takes its name."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from articles.content import STORY
from articles.page import Page, PageSection, Reference
from articles.pictures import sizes, store

PRINTED = 1200  # pixels across the paper: about 180 to an inch
TYPESETTERS = ("weasyprint", "segno")
PROGRAM = Path(__file__).with_name("typesetting.py")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to print a page. `name` stands in its address; its styles come after those of all."""

    name: str
    label: Any
    styles: tuple[str, ...] = ()


PLAIN = Variant("handout", gettext_lazy("Download PDF"))
LARGE = Variant("handout-large-print", gettext_lazy("Download PDF in large print"), styles=("handout-large",))
VARIANTS = MappingProxyType({one.name: one for one in (PLAIN, LARGE)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page made ready to be set, in any variant. `article` is the number of the article that it is about."""

    article: int
    edition: int
    slug: str
    html: str
    files: dict[str, str] = field(default_factory=dict)  # where pictures are, by the addresses that the HTML names

    def key(self, variant: Variant) -> str:
        """SHA-256 (hex) of everything that the file depends on but for the fonts of this machine."""
        parts = (self.html, *_styles(variant), *_versions(), *sorted(self.files))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def job(self, variant: Variant) -> dict[str, Any]:
        """What the typesetter is told."""
        # Not the address of the page itself, or links to parts of it would be taken for links within the paper.
        base, css = f"{settings.SITE_URL}/", _styles(variant)
        return {"name": self.key(variant), "html": self.html, "css": css, "base": base, "files": self.files}


def address(slug: str) -> str:
    """Where the page stands, in full."""
    return f"{settings.SITE_URL}{reverse('reading:article', args=[slug])}"


def of(page: Page, *, article: int, on: date) -> Sheet:
    """The sheet of a published page whose edition went online `on` that day.

    It holds the medical part alone: what the institution says of itself, and stories, whose consent can end, stay on
    the page, for paper can not be called back.
    """
    there = address(page.facts.slug)
    medical = [section for section in page.medical if section.form != STORY]
    files = {f"figure:{one.figure}": path for one in medical if one.figure and (path := _picture(one))}
    context = {
        "page": page,
        "medical": medical,
        "references": _cited(page, medical),
        "files": files,
        "on": on,
        "address": there,
        "short": there.removeprefix("https://"),  # which nobody types, and every browser adds
    }
    html = _leading_out(render_to_string("articles/handout.html", context), there)
    return Sheet(article=article, edition=page.facts.edition, slug=page.facts.slug, html=html, files=files)


def _picture(section: PageSection) -> str:
    """Where a picture is, or "": then its words stand for it."""
    there = store.place(section.figure, sizes.nearest(section.width, PRINTED), "jpg")
    return there if store.has(there) else ""


def _cited(page: Page, medical: list[PageSection]) -> list[Reference]:
    """The references that the paper leans on, under the numbers that they have on the page."""
    bodies = (page.summary, *(one.body for one in (*page.glance, *medical)))
    numbers = {int(number) for body in bodies for number in re.findall(r'href="#ref-(\d+)"', body)}
    return [reference for reference in page.references if reference.number in numbers]


def _leading_out(html: str, there: str) -> str:
    """Links to parts that are not on the paper lead to the page."""
    known = set(re.findall(r'\sid="([^"]*)"', html))

    def led(link: re.Match[str]) -> str:
        return link[0] if link[1] in known else f'href="{there}#{link[1]}"'

    return re.sub(r'href="#([^"]*)"', led, html)


@cache
def _styles(variant: Variant) -> list[str]:
    folder = Path(settings.BASE_DIR) / "static" / "css"
    return [(folder / f"{name}.css").read_text(encoding="utf-8") for name in ("handout", *variant.styles)]


@cache
def _versions() -> tuple[str, ...]:
    return (*(f"{name} {metadata.version(name)}" for name in TYPESETTERS), PROGRAM.read_text(encoding="utf-8"))
