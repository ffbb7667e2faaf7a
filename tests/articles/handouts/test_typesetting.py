"""The real typesetter: what comes out is a tagged PDF that a device can read out, or nothing."""

import io
import json
import subprocess
import sys
from dataclasses import replace

import pypdf
import pytest

from articles.content import SectionContent
from articles.handouts import making, sheet
from tests.articles.handouts.papers import WORDS, paper

pytestmark = [pytest.mark.pure, pytest.mark.usefixtures("typesetter")]

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def typeset(one, variant=sheet.PLAIN):
    return making._typeset(one, variant)


@pytest.fixture(scope="module")
def made(typesetter):
    return {variant: typeset(paper(is_demo=True), variant) for variant in sheet.VARIANTS.values()}


@pytest.fixture(scope="module")
def plain(made):
    return pypdf.PdfReader(io.BytesIO(made[sheet.PLAIN][1]))


def words(reader):
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def elements(node):
    """Every element of the tree of tags, in reading order, with what it hangs on."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            yield node.get("/S"), kid["/S"], kid
            yield from elements(kid)


def tags(reader):
    return list(elements(reader.trailer["/Root"]["/StructTreeRoot"]))


def test_it_says_how_many_sheets(made, plain):
    assert made[sheet.PLAIN][0] == len(plain.pages)


def test_it_names_itself_as_accessible(plain):
    root = plain.trailer["/Root"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert (root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (True, True)
    assert (root["/Lang"], plain.metadata.title) == ("en", "Demonstration: Example disease")


def test_what_it_is_made_of_can_be_told_apart(plain):
    found = [(one, under) for under, one, _node in tags(plain)]
    kinds = {one for one, _under in found}
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/LBody", "/Table", "/TH", "/TD", "/Caption", "/Link", "/Figure"} <= kinds
    assert {under for one, under in found if one == "/LI"} == {"/L"}
    assert {one for one, under in found if under == "/L"} <= {"/LI", "/L"}


def test_a_header_says_of_what(plain):
    headers = [node["/A"] for _under, one, node in tags(plain) if one == "/TH"]
    assert {header["/Scope"] for header in headers} == {"/Column", "/Row"}


def test_the_code_says_what_it_is(plain):
    assert [node["/Alt"] for _under, one, node in tags(plain) if one == "/Figure"] == [
        "Code to scan with a phone. It leads to the current page."
    ]


def test_links_say_where_they_lead_and_are_printed(plain):
    links = [one.get_object() for page in plain.pages for one in page.get("/Annots", [])]
    assert "Reference 1" in {link["/Contents"] for link in links}
    assert {link["/F"] for link in links} == {4}


def test_every_link_is_tagged_as_one(plain):
    printed = {one.idnum for page in plain.pages for one in page.get("/Annots", [])}
    kids = [kid.get_object() for _under, one, node in tags(plain) if one == "/Link" for kid in node["/K"]]
    assert {kid.raw_get("/Obj").idnum for kid in kids if isinstance(kid, dict) and "/Obj" in kid} == printed


def test_what_stands_in_the_margin_is_not_read_out(plain):
    drawn = b"".join(page.get_contents().get_data() for page in plain.pages)
    assert drawn.count(b"/Pagination") >= 3 * len(plain.pages)  # the warning, the edition, the number
    reached = {node.indirect_reference for _under, _one, node in tags(plain)}
    numbers = plain.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    marked = [one for part in numbers if isinstance(part, list) for one in part]
    assert {one for one in marked if one != pypdf.generic.NullObject()} <= reached


@pytest.mark.parametrize("variant", sheet.VARIANTS.values(), ids=sheet.VARIANTS)
def test_every_sheet_says_what_it_is(made, variant):
    for text in words(pypdf.PdfReader(io.BytesIO(made[variant][1]))):
        assert "Demonstration. Reviewed by no clinician." in text
        assert "Edition 3 of November 2, 2026. Example disease" in text


def test_large_print_is_large(made):
    sizes = set()

    def seen(text, _matrix, transformed, _font, size):
        if text.strip():
            sizes.add(round(size * abs(transformed[3]), 1))

    for page in pypdf.PdfReader(io.BytesIO(made[sheet.LARGE][1])).pages:
        page.extract_text(visitor_text=seen)
    assert min(sizes) >= 18


def test_the_same_sheet_is_the_same_file(made):
    again = typeset(paper(is_demo=True))[1]
    assert again == made[sheet.PLAIN][1]


def test_nothing_is_fetched_from_anywhere(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text(DRAWING)
    for address in (f"file://{secret}", "http://127.0.0.1:9/x.png", "/static/icon.svg", "figure:unknown"):
        one = replace(paper(), html=paper().html.replace("qr:http", f"{address}#http"))
        with pytest.raises(making.NotMade, match="Failed to load image"):
            typeset(one)


def test_what_lacks_a_language_or_words_for_a_picture_is_no_file():
    for was, now in (('<html lang="en">', "<html>"), ('alt="Code', 'data-alt="Code')):
        one = replace(paper(), html=paper().html.replace(was, now))
        with pytest.raises(making.NotMade, match=r"Missing required|no required alt"):
            typeset(one)


def test_a_picture_of_the_page_is_shown(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    picture = tmp_path / "a.svg"
    picture.write_text(DRAWING)
    html = paper().html.replace("qr:http", "figure:1#http")
    address = html.partition('src="figure:1')[2].partition('"')[0]
    one = replace(paper(), html=html, files={f"figure:1{address}": picture.name})
    assert typeset(one)[0] >= 1


def test_what_takes_too_much_is_ended(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(making, "BYTES", 50_000_000)
        with pytest.raises(making.NotMade):
            typeset(paper())
    assert typeset(paper())[0]  # and leaves the list of fonts as it was


def test_a_long_table_with_a_thousand_rows_can_be_set_or_is_ended(monkeypatch):
    monkeypatch.setattr(making, "SECONDS", 2)
    row = "<tr>" + "<td>5 mg</td>" * 20 + "</tr>"
    deep = SectionContent(anchor="t", heading="T", body=f"<table><tbody>{row * 1_000}</tbody></table>")
    with pytest.raises(making.NotMade):
        typeset(paper(replace(WORDS, sections=(deep,))))


def test_nothing_of_it_is_loaded_with_the_site():
    asked = "import django; django.setup(); import leukemia_site.wsgi, leukemia_site.urls, articles.timed, sys;"
    asked += "print([n for n in ('weasyprint', 'segno', 'pydyf', 'fontTools') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []
