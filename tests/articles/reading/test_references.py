"""The references of a page by themselves: in four orders, with what leans on each."""

import re

import pytest

from articles import drafting
from articles.content import CitedSource, Content, SectionContent
from references.models import Source
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, wanda, withdraw
from tests.articles.sources import retracted

MARK = "This source has been retracted."
pytestmark = pytest.mark.django_db

SOURCES = (
    CitedSource(key="s-1", kind="web", organization="Zeta Society", title="One", published="2018-10-17"),
    CitedSource(key="s-2", kind="journal", authors=("Adams B",), title="Two", container="J Ex", published="2024"),
    CitedSource(key="s-3", kind="book", authors=("moore C",), title="Three"),
    CitedSource(key="s-4", kind="journal", authors=("Brown D",), title="Four", container="J Ex", published="2018"),
)
ORDERS = {
    "": ["One", "Two", "Three", "Four"],
    "by-year/": ["Two", "One", "Four", "Three"],
    "by-author/": ["Two", "Four", "Three", "One"],
    "by-kind/": ["Three", "Two", "Four", "One"],
}
every_order = pytest.mark.parametrize("order", ORDERS)


@pytest.fixture
def listed():
    """A page that leans on four sources, on one of them twice."""
    marks = [f'<cite data-quote="Said by {n}." data-source="s-{n}"></cite>' for n in range(1, 5)]
    facts = "".join(f"<p>Fact {n}.{mark}</p>" for n, mark in enumerate(marks, 1))
    sections = (
        SectionContent(anchor="a", heading="Facts", body=facts),
        SectionContent(anchor="b", heading="More", body=f"<p>Another fact.{marks[1]}</p>"),
    )
    words = Content(title="Acute example disease", summary="<p>In short.</p>", sections=sections, sources=SOURCES)
    return cast.published(drafting.start(words, by=wanda(), at=cast.NOON)).article


def items(shown):
    """Numbers and texts of the list."""
    return re.findall(r'<li value="(\d+)">(.*?)</ul>\s*</li>', shown, re.S)


@every_order
def test_each_order_keeps_the_numbers_of_the_page(client, listed, order):
    found = items(read(client, f"{ADDRESS}references/{order}"))
    titles = [next(title for title in ORDERS[""] if f"{title}" in text) for _number, text in found]
    assert titles == ORDERS[order]
    assert [ORDERS[""].index(title) + 1 for title in titles] == [int(number) for number, _text in found]


@every_order
def test_a_retracted_source_is_marked_in_each_order(client, listed, order):
    Source.objects.filter(title="Two").update(doi="10.1000/two")
    retracted("10.1000/two")
    marked = [text for _number, text in items(read(client, f"{ADDRESS}references/{order}")) if MARK in text]
    assert len(marked) == 1
    assert "Two" in marked[0]


def test_it_says_kind_year_sentences_and_quotes(client, listed):
    _number, text = items(read(client, f"{ADDRESS}references/"))[1]
    said = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert "Journal article, 2024" in said
    assert "Facts Fact 2. Quoted: Said by 2." in said
    assert "More Another fact. Quoted: Said by 2." in said


def test_years_and_kinds_have_headings(client, listed):
    by_year, by_kind = (
        re.findall(r"<h2>(.*?)</h2>", read(client, f"{ADDRESS}references/{o}/")) for o in ("by-year", "by-kind")
    )
    assert by_year == ["2024", "2018", "Without a year"]
    assert by_kind == ["Book", "Journal article", "Web page"]


@every_order
def test_the_order_that_is_shown_is_marked_and_no_robot_lists_it(client, listed, order):
    shown = read(client, f"{ADDRESS}references/{order}")
    assert f'<a href="{ADDRESS}references/{order}" aria-current="page">' in shown
    assert shown.count("aria-current=") == 1
    assert '<meta name="robots" content="noindex">' in shown


def test_the_page_leads_there_and_the_list_to_the_files(client, listed):
    assert f'href="{ADDRESS}references/"' in read(client)
    assert f'href="{ADDRESS}references.ris"' in read(client, f"{ADDRESS}references/")
    assert f'href="{ADDRESS}references/"' not in read(client, f"{ADDRESS}editions/1/")


def test_it_tells_of_the_open_edition_and_of_no_draft(client, listed):
    before = read(client, f"{ADDRESS}references/")
    source = listed.citations.first().source
    source.title = "Vandalized"
    source.save()
    assert read(client, f"{ADDRESS}references/") == before


def test_a_withdrawn_page_says_so_and_a_former_address_leads_on(client, listed):
    move(listed)
    assert client.get(f"{ADDRESS}references/by-year/").url == "/new-address/references/by-year/"
    withdraw(listed)
    assert client.get("/new-address/references/by-year/").status_code == 410


def test_a_demonstration_says_that_it_is_one(client):
    demo()
    assert "Demonstration page." in read(client, "/demo-disease/references/")


@pytest.mark.parametrize(
    "address", ["/nothing/references/", f"{ADDRESS}references/by-color/", f"{ADDRESS}references/x"]
)
def test_other_addresses_are_not_found(client, listed, address):
    read(client, address, 404)


def test_a_page_without_references_has_no_list(client):
    bare = cast.with_body(cast.words(), "what-it-is", "<p>It begins in the marrow.</p>")
    cast.published(drafting.start(bare, by=wanda(), at=cast.NOON))
    read(client, f"{ADDRESS}references/", 404)
    assert f"{ADDRESS}references/" not in read(client)
