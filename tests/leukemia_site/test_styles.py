"""The style inside our pages: small, in the house's colors, and everything that they use."""

import gzip
import re

import pytest

from leukemia_site import branding, styles
from tests.house import ROOT

pytestmark = pytest.mark.pure  # none of these asks the database


@pytest.fixture
def recolored(settings):
    def sheet(light, dark):
        settings.ACCENT_COLOR, settings.ACCENT_COLOR_DARK = light, dark
        styles.sheet.cache_clear()
        return styles.sheet("article").element

    yield sheet
    styles.sheet.cache_clear()


@pytest.mark.parametrize("kind", styles.KINDS)
def test_a_style_is_small_and_can_not_end_early(kind):
    element = styles.sheet(kind).element
    assert len(gzip.compress(element.encode())) <= 4_500
    assert element.count("<") == 2
    assert "/*" not in element


@pytest.mark.parametrize("kind", styles.KINDS)
def test_every_token_that_is_used_is_there(kind):
    element = styles.sheet(kind).element
    assert set(re.findall(r"var\((--[\w-]+)", element)) <= set(re.findall(r"(--[\w-]+):", element))


def test_every_sheet_is_used():
    used = {name for names in styles.KINDS.values() for name in names}
    paper = {"print", "handout", "handout-large"}
    assert {path.stem for path in (ROOT / "static" / "css").glob("*.css")} == used | paper


def test_the_houses_colors_take_the_place_of_ours(recolored):
    element = recolored("#7a1f5c", "#f0a6d6")
    assert element.count("#7a1f5c") == element.count("#f0a6d6") == 2
    assert branding.ACCENT not in element
    assert branding.ACCENT_DARK not in element


def test_a_page_without_our_style_names_none():
    assert styles.sources("<style>p{color:red}</style>") == []
