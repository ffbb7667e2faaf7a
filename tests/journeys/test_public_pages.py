"""The public pages in a real browser: for everyone, on every width, in both schemes, by keyboard, on paper."""

import re

import pytest
from django.utils import timezone

from articles import drafting, publishing, rewording, roles
from articles.content import GLANCE, HELP, INSTITUTIONAL, QUESTIONS, CitedSource, Content, SectionContent
from articles.models import Reviewer
from tests import cast
from tests.browser import axe_in_both_schemes, axe_violations

ADDRESSES = {
    "home": "/",
    "article": "/example-disease-of-the-blood/",
    "references": "/example-disease-of-the-blood/references/",
    "references by year": "/example-disease-of-the-blood/references/by-year/",
    "withdrawn": "/acute-example-disease/",
    "history": "/example-disease-of-the-blood/history/",
    "old edition": "/example-disease-of-the-blood/editions/1/",
    "current edition": "/example-disease-of-the-blood/editions/2/",
    "changes": "/example-disease-of-the-blood/editions/2/changes/1/",
    "history of the withdrawn": "/acute-example-disease/history/",
    "edition of the withdrawn": "/acute-example-disease/editions/1/",
    "policy": "/editorial-policy/",
    "reviewers": "/reviewers/",
    "reviewer": "/reviewers/rosa/",
    "language help": "/language-help/",
    "not found": "/nothing/",
}
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis"


def cite(number, locator=""):
    place = f' data-locator="{locator}"' if locator else ""
    return f'<cite{place} data-source="s-{number}"></cite>'


def words():
    """A page with everything that a body can hold."""
    row = "<tr><th scope='row'>Exampleib</th><td>By mouth</td><td>Once a day</td><td>With a glass of water</td></tr>"
    head = "<thead><tr><th>Medicine</th><th>How</th><th>When</th><th>With what</th></tr></thead>"
    table = f"<table><caption>Medicines</caption>{head}<tbody>{row * 3}</tbody></table>"
    run = cite(2) + cite(3) + cite(4)
    paragraphs = f"<p>It begins in the marrow.{cite(1)} {'It grows. ' * 60}{run} Again.{cite(4, 'p 4')}</p>"
    steps = (
        f"<h3>Steps</h3><ol><li>One.{cite(1)}</li><li>Two.<ul><li>Inner.</li></ul></li></ol><h4>More</h4><p>{LONG}</p>"
    )
    return Content(
        title="Example disease of the blood",
        summary=f"<p>A rare disease of the blood.{cite(1)}</p>",
        sections=(
            *(SectionContent(anchor=form, heading=form, body="<p>In short.</p>", form=form) for form in GLANCE),
            *(SectionContent(anchor=form, heading="Call us", body="<p>If so.</p>", form=form) for form in HELP),
            SectionContent(anchor="ask", heading="Ask", body="<ul><li>Why?</li><li>Why me?</li></ul>", form=QUESTIONS),
            SectionContent(anchor="what", heading="What it is", body=paragraphs + steps),
            SectionContent(anchor="medicines", heading=f"Medicines for {LONG}", body=table + "<p>Ask us.</p>"),
            SectionContent(anchor="we", heading="Our program", body="<p>We are here.</p>", kind=INSTITUTIONAL),
        ),
        sources=tuple(
            CitedSource(
                key=f"s-{number}",
                organization="Example Society",
                title=f"Work {number}",
                url=f"https://example.org/{'a-long-folder/' * 6}{number}",
                accessed="2026-11-01",
            )
            for number in range(1, 5)
        ),
    )


def corrected(article, *, by, at):
    """Another dose, a paragraph less, a list and a table more."""
    article.refresh_from_db()
    old = article.content()
    more = "<h4>Doses</h4><ul><li>New.</li></ul><table><tr><th>A</th><td>5 mg</td></tr></table>"
    body = (
        next(one.body for one in old.sections if one.anchor == "medicines")
        .replace("Once a day", "Twice a day")
        .replace("<p>Ask us.</p>", more)
    )
    new = cast.with_body(old, "medicines", body)
    drafting.revise(article, new, by=by, at=at, base_revision=article.revision)
    cast.signed(article, at=at)
    paula = cast.person("paula", roles.PUBLISHER)
    publishing.publish(article, by=paula, at=at, change_class="correction", change_note="The dose was wrong.")


@pytest.fixture
def site(transactional_db, live_server):
    """A demonstration with everything, corrected just now, and a withdrawn page."""
    wanda = cast.person("wanda", roles.WRITER)
    article = cast.published(drafting.start(words(), by=wanda, at=cast.NOON, is_demo=True)).article
    corrected(article, by=wanda, at=timezone.now())
    profile = {"profile": f"<p>She trained in {LONG}.</p>", "orcid": "0000-0002-1825-0097", "is_demo": True}
    Reviewer.objects.update(**profile, web_profile=f"https://example.org/{'a-long-folder/' * 6}")
    spoken = {"es": "Llame.", "ar": "اتصل بنا"}
    paula, table = cast.person("paula", roles.PUBLISHER), "<table><caption>Hours</caption><tr><td>8</td></tr></table>"
    body = f"<h3>Ask us</h3><p>{LONG}</p>{table}"
    rewording.reword("language-help", body=body, notices=spoken, base=0, by=paula, at=cast.NOON)
    gone = cast.published().article
    publishing.withdraw(gone, by=cast.person("paula", roles.PUBLISHER), at=cast.later(days=1), reason="Out of use.")
    return live_server.url


@pytest.mark.pure  # other tests ask the database for the same on both engines
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_are_accessible_and_never_scroll_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    for name, address in ADDRESSES.items():
        page.goto(site + address)
        assert (name, axe_in_both_schemes(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)


def test_the_dark_scheme_is_dark(page, site):
    page.emulate_media(color_scheme="dark")
    page.goto(site)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 24, 27)"


@pytest.mark.pure
@pytest.mark.parametrize("features", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_pages_are_accessible_in_strong_contrast(page, site, features):
    page.emulate_media(**features)
    for name in ("article", "history", "old edition", "changes"):
        page.goto(site + ADDRESSES[name])
        assert (name, axe_violations(page)) == (name, [])
        assert page.locator(".demo-banner").is_visible()


def test_links_in_a_banner_can_be_read_in_the_dark(page, site):
    page.emulate_media(color_scheme="dark")
    page.goto(site + ADDRESSES["old edition"])
    ink = "[...document.querySelectorAll('.banner, .banner a')].map(one => getComputedStyle(one).color)"
    assert len(set(page.evaluate(ink))) == 1


def test_on_a_phone_a_table_is_stacked_and_still_a_table(page, site):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + ADDRESSES["article"])
    cell = page.get_by_role("cell", name="Once a day").or_(page.get_by_role("cell", name="Twice a day")).first
    below = page.get_by_role("cell", name="With a glass of water").first
    assert below.bounding_box()["y"] > cell.bounding_box()["y"]
    assert page.evaluate("document.querySelector('td:nth-child(3)').matches('[data-label=When]')")
    assert page.get_by_role("columnheader").count() == 4
    assert page.evaluate("[...document.querySelectorAll('.table')].every(one => one.scrollWidth <= one.clientWidth)")


def test_nothing_moves_while_a_page_loads(page, site):
    page.add_init_script(
        "window.moved = 0;"
        "new PerformanceObserver(list => list.getEntries().forEach(one => { moved += one.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for address in ADDRESSES.values():
        page.goto(site + address)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert (address, page.evaluate("moved")) == (address, 0)


def test_text_twice_as_large_still_fits(page, site):
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(site + ADDRESSES["article"])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_the_first_key_leads_past_the_header(page, site):
    page.goto(site + ADDRESSES["article"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_number_leads_to_its_reference_and_back(page, site):
    page.goto(site + ADDRESSES["article"])
    page.locator("#cite-1-2").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#ref-1")
    assert page.evaluate("document.activeElement.id") == "ref-1"
    page.get_by_role("link", name="Back to the text: reference 1, place 2").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#cite-1-2")
    assert page.evaluate("document.activeElement.id") == "cite-1-2"


# What has the focus: its outline, whether all of it is on the screen, and what it is.
FOCUSED = """() => {
    const found = document.activeElement, box = found.getBoundingClientRect();
    const seen = box.width > 5 && box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight;
    return [getComputedStyle(found).outlineStyle, seen, found.outerHTML];
}"""


def test_every_stop_of_the_keyboard_is_visible(page, site):
    page.goto(site + ADDRESSES["article"])
    for _stop in range(page.locator("a, [tabindex='0']").count()):
        page.keyboard.press("Tab")
        outline, seen, element = page.evaluate(FOCUSED)
        assert (outline, seen) == ("solid", True), element


def test_a_number_between_two_others_shows_itself_to_the_keyboard(page, site):
    page.goto(site + ADDRESSES["article"])
    between = page.locator("#cite-3-1")
    hidden = page.locator(".between").bounding_box()["width"]
    between.focus()
    assert hidden <= 1 < page.locator(".between").bounding_box()["width"]


def test_what_is_no_link_in_a_sentence_is_large_enough_to_touch(page, site):
    page.set_viewport_size({"width": 320, "height": 800})
    for address, links in {
        "article": ".toc a, header a:not(.summary a), .uses a, .downloads a, footer a",
        "references": ".steps a, .orders a, .downloads a",
    }.items():
        page.goto(site + ADDRESSES[address])
        for link in page.locator(links).all():
            box = link.bounding_box()
            assert min(box["height"], box["width"]) >= 24, link.inner_text()


def test_no_cookie_no_storage_and_nothing_from_elsewhere(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES.values():
        page.goto(site + address)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [url for url in asked if not url.startswith(site)] == []


def test_a_page_that_is_read_again_keeps_its_style(page, site):
    page.goto(site + ADDRESSES["article"])
    page.reload()  # the browser asks whether it is still the same, and gets the head of an answer only
    assert page.evaluate("getComputedStyle(document.querySelector('.glance')).borderTopStyle") == "solid"


def test_the_page_reads_the_same_without_scripts_and_styles(browser, site):
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*.css", lambda route: route.abort())
    page = context.new_page()
    page.goto(site + ADDRESSES["article"])
    words = page.inner_text("main")
    context.close()
    order = ["Demonstration page.", "Example disease of the blood", "Medically reviewed by", "What it is", "References"]
    assert [words.find(part) for part in order] == sorted(words.find(part) for part in order)
    assert -1 not in [words.find(part) for part in order]


def test_paper_keeps_reviewer_dates_and_the_addresses_of_references(page, site):
    page.emulate_media(media="print")
    page.goto(site + ADDRESSES["article"])
    printed = page.inner_text("body")
    for kept in (
        "Demonstration page.",
        "Rosa Example, MD",
        "November 2, 2026",
        "Next review due",
        "The current page is at",
    ):
        assert kept in printed
    assert len(re.findall(r"https://example\.org/a-long-folder", printed)) == 4
    lines = "getComputedStyle(document.querySelector('.questions li'), '::after').height"
    assert float(page.evaluate(lines).removesuffix("px")) > 30
    for dropped in ("On this page", "Skip to", "Back to the text", "All pages"):
        assert dropped not in printed
