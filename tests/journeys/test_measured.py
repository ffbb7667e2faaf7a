"""What we promise of the public page, measured on the demonstration and on real summaries, which are long and dirty."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import html

from articles import demonstration, markup
from articles.models import Edition
from tests import aloud, cast, keyboard, summaries, weighing
from tests.articles.importing.reading import sequence
from tests.browser import axe_in_both_schemes
from tests.conftest import PROOF, ROOT

DEMO = "/acute-lymphocytic-leukemia/"
SPOKEN = Path(__file__).with_name("acute-lymphocytic-leukemia.aloud.txt")
AGAIN = "If it should read like this now: ALOUD=write pytest tests/journeys/test_measured.py"
ELSEWHERE = ("/", f"{DEMO}history/", f"{DEMO}references/", f"{DEMO}editions/1/", "/editorial-policy/", "/nothing/")


@pytest.fixture
def demo(transactional_db, live_server, monkeypatch):
    """The demonstration, published at noon on a day that does not pass."""
    monkeypatch.setattr(timezone, "now", lambda: cast.NOON)
    demonstration.load(ROOT / "demo", at=cast.NOON)
    return live_server.url


@pytest.fixture
def real(transactional_db, live_server, shared_data):
    """Real summaries: three of them, or with PROOF=full all 18. Returns where the site is, and their addresses."""
    chosen = [one for one in summaries.load(shared_data) if PROOF == "full" or one["id"] in summaries.SAMPLE]
    slugs = [summaries.publish(record, at=cast.NOON).slug for record in chosen]
    assert len(slugs) == (18 if PROOF == "full" else len(summaries.SAMPLE))
    return live_server.url, [f"/{slug}/" for slug in slugs]


# -- for everybody -------------------------------------------------------------------------------------------------


@pytest.mark.pure  # the same words, whatever keeps them
def test_long_and_dirty_pages_are_accessible_and_fit(page, real):
    site, addresses = real
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in addresses:
            page.goto(site + address)
            assert (address, axe_in_both_schemes(page)) == (address, [])
            assert (address, page.evaluate("document.documentElement.scrollWidth")) == (address, width)


@pytest.mark.pure
@pytest.mark.parametrize("width", [320, 1280])
def test_everything_is_reached_by_keyboard_seen_and_large_enough(page, demo, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in (DEMO, *ELSEWHERE):
        page.goto(demo + address)
        assert (address, keyboard.complaints(page)) == (address, [])


@pytest.mark.pure
@pytest.mark.parametrize(
    ("style", "complaint"),
    [
        ("a { outline: none !important }", "has no outline"),
        ("header { position: fixed; inset: 0; z-index: 9; background: red }", "is hidden or off the screen"),
        ("footer * { all: unset !important; display: block !important; font-size: 4px !important }", "pixels"),
        ("footer a { visibility: hidden }", ""),
    ],
)
def test_a_page_that_breaks_a_promise_of_the_keyboard_is_found_out(page, demo, style, complaint):
    page.goto(f"{demo}/editorial-policy/")
    page.evaluate(
        f"document.adoptedStyleSheets = [new CSSStyleSheet()]; document.adoptedStyleSheets[0].replaceSync({style!r})"
    )
    found = keyboard.complaints(page)
    assert any(complaint in one for one in found) if complaint else not found


@pytest.mark.pure
def test_a_screen_reader_is_given_the_page_as_it_should_be_heard(page, demo):
    page.goto(demo + DEMO)
    heard = "\n".join(aloud.tree(page)).replace(demo, "https://example.org") + "\n"
    if os.environ.get("ALOUD") == "write":
        SPOKEN.write_text(heard, encoding="utf-8")
    assert heard == SPOKEN.read_text(encoding="utf-8"), AGAIN


# -- light ---------------------------------------------------------------------------------------------------------


@pytest.mark.pure
def test_the_page_comes_in_one_round_trip_and_asks_for_nothing_else(browser, demo):
    for address in (DEMO, *ELSEWHERE):
        context = browser.new_context()
        weighed = weighing.weigh(context.new_page(), demo + address)
        context.close()
        assert (address, weighed.wrong) == (address, [])


# -- without style -------------------------------------------------------------------------------------------------


def words_of(edition):
    """Every word of the signed words, in order; marks of citations are numbers of the page."""
    content = edition.words()
    texts = [content.title, markup.text(content.summary)]
    for section in (section for part in content.as_printed() for section in part):
        texts += [section.heading, markup.text(section.body)]
    return sequence("\n".join(texts))


def is_within(words, shown):
    """Whether the page says all of it, in this order."""
    rest = iter(sequence(shown))
    return all(word in rest for word in words)


def said(source):
    """A page as a browser without styles or a reader of plain text shows it."""
    tree = html.fromstring(source)
    for unseen in tree.xpath("//script | //style | //head"):
        unseen.drop_tree()
    return " ".join(tree.xpath("//body//text()"))


@pytest.mark.pure
def test_nothing_is_lost_without_scripts_images_and_styles(browser, demo):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()

    def bare(route):
        body = html.fromstring(route.fetch().body())
        for styled in body.xpath("//style | //link[@rel='stylesheet']"):
            styled.drop_tree()
        route.fulfill(body=html.tostring(body, encoding="unicode"), content_type="text/html; charset=utf-8")

    plain.route("**/*", lambda route: bare(route) if route.request.resource_type == "document" else route.abort())
    plain.goto(demo + DEMO)
    shown = plain.inner_text("body")
    context.close()
    edition = Edition.objects.get(article__slug=DEMO.strip("/"))
    assert is_within(words_of(edition), shown)
    assert not is_within([*words_of(edition), "nowhere"], shown)


@pytest.mark.pure
def test_nothing_of_a_long_and_dirty_page_is_lost_as_text(client, real):
    for address in real[1]:
        edition = Edition.objects.get(article__slug=address.strip("/"))
        assert is_within(words_of(edition), said(client.get(address).content.decode())), address
