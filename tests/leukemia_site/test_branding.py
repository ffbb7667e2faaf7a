"""A house's own colors, logo and number: taken as they are, or refused with a sentence that says how to mend it."""

import re
import struct

import pytest

from leukemia_site import branding, contrast
from leukemia_site.environment import Refused
from tests.house import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 300, 80) + b"\x08\x06\0\0\0"


@pytest.fixture
def accent(monkeypatch):
    def read(value, papers=branding.LIGHT):
        monkeypatch.setenv("ACCENT", value)
        return branding.color("ACCENT", default=branding.ACCENT, papers=papers)

    return read


@pytest.fixture
def logo(monkeypatch, tmp_path):
    def read(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setenv("LOGO", str(path))
        return branding.logo("LOGO")

    return read


@pytest.fixture
def phone(monkeypatch):
    def read(value):
        monkeypatch.setenv("PHONE", value)
        return branding.phone("PHONE")

    return read


def test_a_color_that_can_be_read_is_taken(accent):
    assert accent("#7A1F5C") == "#7a1f5c"
    assert accent("") == branding.ACCENT
    assert accent("#f0a6d6", branding.DARK) == "#f0a6d6"


@pytest.mark.parametrize("nonsense", ["teal", "#fff", "#12345g", "rgb(0,0,0)", "#0b5563; }"])
def test_what_is_no_color_is_refused(accent, nonsense):
    with pytest.raises(Refused, match=r"no color of the form #rrggbb.*ACCENT='#0b5563'"):
        accent(nonsense)


def test_a_pale_color_is_refused_with_one_of_its_hue_that_can_be_read(accent):
    with pytest.raises(Refused, match=r"#66ccff on #\w{6} has a contrast of 1\.6:1, and 4\.5:1 is needed") as refused:
        accent("#66ccff")
    offered = re.search(r"ACCENT='(#\w{6})', of the same hue", str(refused.value))[1]
    assert accent(offered) == offered


def test_the_papers_and_accents_are_those_of_the_style():
    text = (ROOT / "static" / "css" / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")[:2]
    for tokens, papers, own in ((light, branding.LIGHT, branding.ACCENT), (dark, branding.DARK, branding.ACCENT_DARK)):
        found = dict(re.findall(r"--([\w-]+): (#\w{6});", tokens.partition("@media")[0]))
        assert {found[name] for name in ("paper", "sheet", "tint", "stop-tint", "soon-tint")} == set(papers)
        assert found["accent"] == found["link"] == own
        for name in ("ink", "quiet", "visited", "stop", "soon"):
            assert min(contrast.ratio(found[name], paper) for paper in papers) >= contrast.NEEDED, name


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ('viewBox="0 0 240 60"', (240, 60)),
        ('width="120px" height="30.4"', (120, 30)),
        ('viewBox="-5,0,10,20"', (10, 20)),
    ],
)
def test_the_size_of_an_svg_is_read(logo, said, size):
    found = logo("logo.svg", SVG.format(said))
    assert (found.width, found.height, found.content_type) == (*size, "image/svg+xml")


def test_the_size_of_a_png_is_read_and_its_name_changes_with_it(logo):
    one, other = logo("logo.png", PNG), logo("logo.PNG", PNG + b"more")
    assert (one.width, one.height, one.content_type) == (300, 80, "image/png")
    assert re.fullmatch(r"logo-[0-9a-f]{12}\.png", one.name)
    assert one.name != other.name


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("logo.gif", b"GIF89a", "neither an .svg nor a .png"),
        ("logo.png", b"not a picture", "has no size"),
        ("logo.svg", "<svg", "has no size"),
        ("logo.svg", SVG.format('width="100%"'), "needs a viewBox"),
        ("logo.svg", SVG.format('viewBox="0 0 0 0"'), "has no size"),
        ("logo.svg", "<p viewBox='0 0 1 1'/>", "has no size"),
        ("logo.png", PNG + b"." * branding.LOGO_LIMIT, "larger than 100 kB"),
    ],
)
def test_a_picture_that_would_not_do_is_refused(logo, name, content, why):
    with pytest.raises(Refused, match=why):
        logo(name, content)


def test_a_picture_that_is_not_there_is_refused_and_none_is_none(monkeypatch):
    monkeypatch.setenv("LOGO", "/no/such/logo.svg")
    with pytest.raises(Refused, match="can not be read"):
        branding.logo("LOGO")
    monkeypatch.delenv("LOGO")
    assert branding.logo("LOGO") is None


@pytest.mark.parametrize("number", ["+1 (555) 010-0100", "911", "030/123456", ""])
def test_a_number_is_taken_as_it_is_written(phone, number):
    assert phone(number) == number


@pytest.mark.parametrize("number", ["call us", "1", "12", "+1 555 ext 5", "5" * 16])
def test_what_nobody_can_dial_is_refused(phone, number):
    with pytest.raises(Refused, match="is not a telephone number"):
        phone(number)
