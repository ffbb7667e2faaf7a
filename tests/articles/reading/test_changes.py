"""What changed between two editions, as readers see it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles import drafting, markup, publishing
from articles.content import CitedSource, Content, SectionContent
from articles.reading import changes
from tests import cast
from tests.articles.markup import pieces
from tests.articles.reading.pages import ADDRESS, read, wanda, without_ours
from tests.articles.reading.test_history import HISTORY, page_with, paula, said

CHANGED = f"{ADDRESS}editions/2/changes/1/"
ATTRIBUTES = {"class", "href", "colspan", "rowspan", "scope", "role", "tabindex", "aria-label"}
CLASSES = {
    "visually-hidden",
    "redline-quote",
    "redline-note",
    "redline-format",
    "redline-added",
    "redline-removed",
    "table",
}


@pytest.mark.django_db
def test_it_works(client):
    page_with(2)
    shown = read(client, CHANGED)
    assert "From <a href=" in shown
    assert re.search(r"The usual dose is <del>.*5.*</del> <ins>.*6.*</ins> mg\.", shown)
    assert "It begins in the marrow" not in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert "Wording: Note 2." in said(client, CHANGED)


@pytest.mark.django_db
def test_screen_readers_hear_what_came_and_what_went(client):
    page_with(2)
    assert "The usual dose is [removed: 5] [added: 6] mg." in said(client, CHANGED)


@pytest.mark.django_db
def test_what_was_published_in_an_emergency_is_marked(client):
    article = cast.edited(page_with(1), at=cast.NOON)
    change = {"change_class": "correction", "change_note": "The dose."}
    publishing.publish_in_emergency(article, by=paula(), at=cast.NOON, reason="A recall.", **change)
    assert "Published in an emergency, before a medical reviewer had read it." in said(client, CHANGED)


@pytest.mark.django_db
def test_any_two_editions_can_be_compared(client):
    page_with(4)
    shown = said(client, f"{ADDRESS}editions/4/changes/2/")
    assert "From edition 2 of November 3, 2026 to edition 4 of November 5, 2026" in shown
    assert "6" in shown
    assert "7 mg" not in shown


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["since=1&edition=3", "since=3&edition=1"])
def test_the_form_leads_to_the_comparison_whichever_way_round(client, chosen):
    page_with(3)
    response = client.get(f"{ADDRESS}changes/?{chosen}")
    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}editions/3/changes/1/")
    assert f'action="{ADDRESS}changes/"' in read(client, HISTORY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "chosen", ["since=1", "since=0&edition=2", "since=a&edition=2", "since=²&edition=2", f"since=1&edition={2**99}"]
)
def test_a_form_filled_with_nonsense_is_not_found(client, chosen):
    page_with(2)
    read(client, f"{ADDRESS}changes/?{chosen}", status=404)


@pytest.mark.django_db
def test_an_edition_compared_with_itself_has_not_changed(client):
    page_with(2)
    assert "Nothing that readers see differs" in said(client, f"{ADDRESS}editions/2/changes/2/")


@pytest.mark.django_db
def test_a_comparison_has_one_address(client):
    page_with(2)
    read(client, f"{ADDRESS}editions/1/changes/2/", status=404)


@pytest.mark.django_db
def test_the_institution_stands_apart_here_too(client):
    article = page_with(1)
    at = cast.later(days=1)
    cast.edited(article, at=at)
    words = cast.with_body(article.content(), "our-program", "<p>We were here.</p>")
    article.refresh_from_db()
    drafting.revise(article, words, by=wanda(), at=at, base_revision=article.revision)
    cast.published(article, at=at)
    medical, apart = said(client, CHANGED).split("not part of the medical review")
    assert "[added: 6]" in medical
    assert "were" in apart


# -- what reaches a reader is safe ---------------------------------------------------------------------------------


class Inspector(HTMLParser):
    """Complains of every element, attribute and address that is not ours."""

    def handle_starttag(self, tag, attrs):
        assert tag in markup.BLOCKS | markup.INLINE | {"br", "ins", "del", "mark", "span", "div"}
        for name, value in attrs:
            assert name in ATTRIBUTES or (tag, name) == ("cite", "data-source")
            assert name != "class" or value in CLASSES
            if name == "href":
                assert markup.clean(f'<p><a href="{value.replace("&", "&amp;")}">x</a></p>').count("href") == 1


def inspect(found):
    for change in found:
        Inspector(convert_charrefs=True).feed(change.heading + change.body)


LINKS = "".join(f'<p><a href="{href}" onclick="a()">a link</a></p>' for href in ("javascript:a()", "//evil.example"))


@given(pieces.anything, pieces.anything, st.text())
@example(LINKS, "<p>Words.</p>", "<script>")
@example("", '<p><cite data-source="roe2020" data-locator="p. 4"></cite></p>', "")
@example("<p>Words.</p>", LINKS, '" onclick="a()')
@example("<p>a link</p>", LINKS + "<img src=x onerror=a()><td onclick=a() colspan=x>b</td>", "x")
def test_nothing_stored_gets_past_the_gate(old, new, heading):
    def page(body):
        section = SectionContent(anchor="a", heading=heading, body=body)
        return Content(title=heading, summary=body, sections=(section,))

    inspect(changes.between(page(old), page(new)))
    inspect(changes.between(Content(title=""), page(new)))


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.django_db
def test_hostile_words_are_only_words(client):
    source = CitedSource(key="ref-1", organization=HOSTILE, title=HOSTILE, url="https://example.org/")
    cite = '<cite data-locator="&lt;script&gt;" data-source="ref-1"></cite>'
    section = SectionContent(anchor="treatment", heading=HOSTILE, body=f"<p>Words.{cite}</p>")
    words = Content(title="Acute example disease", summary="<p>Short.</p>", sections=(section,), sources=(source,))
    article = cast.published(drafting.start(words, by=wanda(), at=cast.NOON)).article
    article.title, at = HOSTILE, cast.later(days=1)
    article.save()
    cast.signed(cast.edited(article, "&lt;script&gt;", at=at), at=at)
    publishing.publish(article, by=paula(), at=at, change_class="correction", change_note=HOSTILE)
    for address in (ADDRESS, HISTORY, f"{ADDRESS}editions/2/", CHANGED):
        shown = read(client, address)
        assert "&lt;script&gt;" in shown
        assert not re.search(r"<script|<img|<[^>]* on\w+=", without_ours(shown))


def test_headings_skip_no_level_and_tables_can_be_reached():
    body = "<h4>Small</h4><table><tbody><tr><td>1</td></tr></tbody></table><h3>Large</h3><h4>Small</h4>"
    section = SectionContent(anchor="x", heading="", body=body)
    found = changes.between(Content(title="T"), Content(title="T", sections=(section,)))
    assert re.findall(r"<(h\d)", found[0].body) == ["h3", "h3", "h4"]
    assert '<div class="table" role="group" tabindex="0" aria-label="Table 1"><table>' in found[0].body
    assert found[0].heading == "A part without a heading"
