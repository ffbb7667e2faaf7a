"""A list of sources from a reference manager into the library, in a real browser."""

import pytest
from playwright.sync_api import expect

from references.models import Source
from tests.browser import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)

RIS = "TY  - JOUR\nAU  - Roe, Jane\nTI  - On blood\nDO  - 10.1000/blood\nER  - \nTY  - JOUR\nTI  - On marrow\nER  - \n"
BROKEN = "TY  - JOUR\nAU  - Nobody\nER  - \n"


def test_a_list_is_looked_through_mended_and_filed(at):
    Source.objects.create(title="Known", doi="10.1000/known")
    page = at("wanda", "/admin/references/source/")
    page.get_by_role("link", name="Import sources").click()
    assert axe_violations(page) == []
    page.get_by_label("or paste the text").fill(f"{RIS}{BROKEN}TY  - JOUR\nTI  - Known\nDO  - 10.1000/known\nER  - \n")
    page.get_by_role("button", name="Show what is found").click()
    expect(page.get_by_text("1 is in the library already")).to_be_visible()
    expect(page.get_by_text("Line 9: No title was found")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_label("Title of the record of line 1").fill("On my blood")
    page.get_by_label("File the record of line 6").uncheck()
    page.get_by_role("button", name="File what is ticked").click()
    expect(page.get_by_text("1 source was filed.")).to_be_visible()
    assert set(Source.objects.values_list("title", flat=True)) == {"Known", "On my blood"}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_found_list_fits_the_window(at, width):
    page = at("wanda", "/admin/references/source/import/")
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_label("or paste the text").fill(RIS.replace("On marrow", "On the long way of marrow " * 12))
    page.get_by_role("button", name="Show what is found").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
