"""A picture in a real browser: chosen by a writer, shown to readers, with nothing jumping and nothing lost."""

import re

import pytest
from playwright.sync_api import expect

from leukemia_site import contrast
from tests import cast
from tests.articles.admin import desk
from tests.articles.pictures import library, samples
from tests.browser import axe_in_both_schemes
from tests.journeys.test_blocks import press, row
from tests.journeys.test_editing import editable, save, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_writer_puts_a_picture_on_the_page(page, live_server):
    article = cast.draft()
    signed_in(page, live_server)
    page.goto(live_server.url + desk.change_url(article))
    editable(page, 1)
    expect(row(page, 1).locator(".field-upload")).to_be_hidden()
    press(page, "Figure")
    new = row(page, 3)
    expect(new.locator(".field-body label").first).to_have_text("Caption:")
    picture = {"name": "marrow.png", "mimeType": "image/png", "buffer": samples.saved(samples.drawing(320, 200))}
    new.locator("input[type=file]").set_input_files(picture)
    expect(new.get_by_role("status").filter(has_text="Taken into the library.")).to_be_visible(timeout=30_000)
    expect(new.get_by_role("img", name="The picture marrow.png")).to_be_visible()
    new.locator("[name$='-alt']").fill(library.ALT)
    text = editable(page, 3)
    text.click()
    page.keyboard.type("Where blood is made.")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe_in_both_schemes(page, within="#sections-group") == []
    save(page)
    block = article.content().sections[-1]
    assert (block.form, block.size, block.alt, block.body) == (
        *("figure", "320x200", library.ALT),
        "<p>Where blood is made.</p>",
    )


def test_a_reader_sees_it_in_its_place_and_reads_it_without(page, live_server):
    slug = cast.published(cast.draft(library.words())).article.slug
    page.goto(f"{live_server.url}/{slug}/")
    image = page.get_by_role("img", name=library.ALT)
    before = image.evaluate("image => image.getBoundingClientRect().height")
    image.scroll_into_view_if_needed()
    loaded = "image => image.decode().then(() => image.currentSrc)"
    assert image.evaluate(loaded).endswith(".avif")
    assert image.evaluate("image => image.naturalWidth") > 0
    assert image.evaluate("image => image.getBoundingClientRect().height") == before  # nothing jumped
    assert axe_in_both_schemes(page) == []
    page.route("**/figures/**", lambda route: route.abort())
    page.goto(f"{live_server.url}/{slug}/")
    figure = page.get_by_role("figure")
    expect(figure).to_contain_text("Where blood is made.")
    expect(figure.get_by_role("img")).to_have_attribute("alt", library.ALT)


def test_its_words_can_be_read_in_the_dark_while_it_does_not_come(page, live_server):
    slug = cast.published(cast.draft(library.words())).article.slug
    page.emulate_media(color_scheme="dark")
    page.route("**/figures/**", lambda route: route.abort())
    page.goto(f"{live_server.url}/{slug}/")
    drawn = "image => [getComputedStyle(image).color, getComputedStyle(image).backgroundColor]"
    ink, plate = (hexadecimal(color) for color in page.get_by_role("img", name=library.ALT).evaluate(drawn))
    assert contrast.ratio(ink, plate) >= contrast.NEEDED


def hexadecimal(color: str) -> str:
    """`rgb(1, 2, 3)` as `#010203`."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color)[:3])
