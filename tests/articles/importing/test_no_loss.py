"""Nothing in a file may be lost: every word that a reader could see is kept, and told where it went."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import importing, markup
from tests.articles.importing import reading
from tests.summaries import as_page


@pytest.fixture(scope="module")
def medquad(shared_data):
    lines = (shared_data / "medquad-sample.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def as_manuscript(article) -> str:
    """A test adapter: an article of the collection, laid out as a person would type it."""
    sections = "\n\n".join(f"## {section['heading']}\n\n{section['text']}" for section in article["sections"])
    source = f"{article['source']['name']}. {article['source']['url']}"
    return f"{article['title']}\n\n{sections}\n\nSource: {source}\n"


def test_articles_of_nine_sites_keep_every_word(medquad):
    assert len(medquad) >= 200
    for article in medquad:
        text = as_manuscript(article)
        manuscript = reading.read(text)
        assert not reading.lost(text, manuscript), article["id"]
        assert reading.in_order(text, manuscript), article["id"]


def test_articles_keep_their_printed_headings(medquad):
    for article in medquad[:100]:
        manuscript = reading.read(as_manuscript(article))
        printed = [" ".join(section["heading"].split()) for section in article["sections"]]
        assert [heading for heading in reading.headings(manuscript) if heading in printed] == printed


@pytest.mark.parametrize("folder", ["pdq/pdq-patient.jsonl", "cgov-articles/cgov-articles.jsonl"])
def test_dirty_pages_in_two_languages_keep_every_word(shared_data, folder):
    for line in (shared_data / folder).read_text().splitlines():
        record = json.loads(line)
        source = as_page(record)
        manuscript = reading.read(source, "page.html")
        assert not reading.lost(reading.visible(source), manuscript), record["id"]
        assert reading.in_order(reading.visible(source), manuscript), record["id"]
        assert manuscript.content.language == record["language"]


def test_leaflets_keep_every_word(shared_data):
    for path in sorted((shared_data / "leaflets").glob("*.html")):
        source = path.read_text()
        assert not reading.lost(reading.visible(source), reading.read(source, path.name)), path.name
    for path in sorted((shared_data / "leaflets").glob("*.txt")):
        assert not reading.lost(path.read_text(), reading.read(path.read_bytes(), path.name)), path.name


def _outline(manuscript):
    for section in manuscript.content.sections:
        yield section.heading
        yield from (markup.text(found) for found in re.findall(r"<h[34]>.*?</h[34]>", section.body))


def test_leaflets_have_the_headings_of_their_outline(shared_data):
    outlines = json.loads((shared_data / "leaflets" / "expected-outline.json").read_text())
    for name, outline in outlines.items():
        manuscript = reading.read((shared_data / "leaflets" / f"{name}.html").read_bytes(), "leaflet.html")
        printed = [heading["text"] for heading in outline["headings"] if heading["level"] > 1 and heading["text"]]
        proposed = {s.heading for s in manuscript.content.sections if s.anchor in manuscript.proposed_headings}
        assert [heading for heading in _outline(manuscript) if heading not in proposed] == printed


@pytest.mark.parametrize("path", sorted(reading.PAGES.iterdir()), ids=lambda path: path.name)
def test_pages_of_every_kind_keep_every_word(path):
    source = path.read_text()
    seen = reading.visible(source) if path.suffix == ".html" else source
    manuscript = reading.page(path.name)
    # A browser title is not on the page, and numbers of a list are made again when it is shown.
    assert not {word: n for word, n in reading.lost(seen, manuscript).items() if not word.isdecimal()}


LINES = """\
Fatigue is common.|Call 911 (now)!|- item one|2. second|Short Heading|References|[1] is cited [2].|10² cells¹|Why?
Roe J. A title. J Ex. 2020;1(1):2-3.||ALSO CALLED|a: b|https://example.org/a|April 3, 2024|Reviewed by Jane Roe, MD
x\ty\tz|Our Team|may include:|Last updated: 2020|1. first|=====|Our Team's Expertise|© 2020|Sources
Roe, J. (2020). A b."""
TAGS = "<p> </p> <b> </i> <ul><li> <table><tr><td> <h2> </h2> word &amp; <br> <sup>1</sup> <nav> </nav>".split()


@given(st.lists(st.sampled_from(re.split(r"[|\n]", LINES))))
def test_lines_in_any_order_keep_every_word(lines):
    text = "A Title\n" + "\n".join(lines)
    try:
        manuscript = reading.read(text)
    except importing.Refused:
        return
    # The numbers of a list are made again when it is shown.
    assert not {word: n for word, n in reading.lost(text, manuscript).items() if not word.isdecimal()}


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_by_name(text):
    assert _title_or_refusal(f"Title\n{text}", "page.txt") in ("Title", "page.txt: ")


@given(st.text(max_size=300))
def test_any_html_is_read_or_refused_by_name(text):
    assert _title_or_refusal(f"<h1>Title</h1>{text}", "page.html") in ("Title", "page.html: ")


def _title_or_refusal(source, name):
    try:
        return reading.read(source, name).content.title
    except importing.Refused as refusal:
        return str(refusal)[: len(name) + 2]


@given(st.lists(st.sampled_from(TAGS)))
def test_tags_in_any_order_keep_every_word(tags):
    source = "<h1>Title</h1>" + " ".join(tags)
    try:
        manuscript = reading.read(source, "page.html")
    except importing.Refused:
        return
    assert reading.words(reading.kept(manuscript))["word"] == tags.count("word")
