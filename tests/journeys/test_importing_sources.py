"""A list of sources from a reference manager into the library, in a real browser."""

import pytest
from playwright.sync_api import expect

from references.models import Source
from references.reading import files
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)

RIS = "TY  - JOUR\nAU  - Roe, Jane\nTI  - On blood\nDO  - 10.1000/blood\nER  - \nTY  - JOUR\nTI  - On marrow\nER  - \n"
MIXED = """Roe J. On blood. J Blood. 2001;7(1):3-5.

10.1000/marrow

Ask Kim about the others"""
BROKEN = "TY  - JOUR\nAU  - Nobody\nER  - \n"


def test_a_list_is_looked_through_mended_and_filed(at):
    Source.objects.create(title="Known", doi="10.1000/known")
    Source.objects.create(title="On the blood")
    page = at("wanda", "/admin/references/source/")
    page.get_by_role("link", name="Paste or import sources").click()
    assert axe_violations(page) == []
    page.get_by_label("Paste anything").fill(f"{RIS}{BROKEN}TY  - JOUR\nTI  - Known\nDO  - 10.1000/known\nER  - \n")
    page.get_by_role("button", name="Show what is found").click()
    expect(page.get_by_text("1 is in the library already")).to_be_visible()
    expect(page.get_by_text("Line 9: No title was found")).to_be_visible()
    expect(page.get_by_text("Looks like a work that the library has already: On the blood")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_label("Title of the record of line 1").fill("On my blood")
    page.get_by_label("File the record of line 6").uncheck()
    page.get_by_role("button", name="File what is ticked").click()
    expect(page.get_by_text("1 source was filed.")).to_be_visible()
    assert set(Source.objects.values_list("title", flat=True)) == {"Known", "On the blood", "On my blood"}


def test_a_mixed_list_is_pasted_mended_filed_and_exported(at):
    page = at("wanda", "/admin/references/source/import/")
    page.get_by_label("Paste anything").fill(MIXED)
    page.get_by_role("button", name="Show what is found").click()
    expect(page.get_by_text("The title is missing")).to_be_visible()
    expect(page.get_by_label("What could not be read")).to_have_value("Ask Kim about the others")
    assert axe_violations(page) == []
    page.get_by_role("button", name="File what is ticked").click()
    expect(page.get_by_text("Nothing was filed yet.")).to_be_visible()
    page.get_by_label("Title of the record of line 3").fill("On marrow")
    page.get_by_label("What could not be read").fill("https://example.org/kim")
    page.get_by_role("button", name="Read this again").click()
    expect(page.get_by_label("Title of the record of line 3")).to_have_value("On marrow")
    page.get_by_label("Title of the record of line 1").nth(1).fill("Kim’s page")
    page.locator("summary").first.click()
    page.get_by_label("Volume").first.fill("8")
    page.get_by_role("button", name="File what is ticked").click()
    expect(page.get_by_text("3 sources were filed.")).to_be_visible()
    assert Source.objects.get(title="On blood").volume == "8"
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("export_ris")
    with page.expect_download() as download:
        page.get_by_role("button", name="Go").click()
    text = download.value.path().read_text()
    assert [line for line in text.splitlines() if line.startswith("VL")] == ["VL  - 8"]
    assert len(files.read(text.encode(), "x").found) == 3


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_found_list_fits_the_window(at, width):
    page = at("wanda", "/admin/references/source/import/")
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_label("Paste anything").fill(RIS.replace("On marrow", "On the long way of marrow " * 12))
    page.get_by_role("button", name="Show what is found").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
