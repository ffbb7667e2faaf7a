"""The sitemap: what search engines are to list, and since when it says what it says."""

import re

import pytest
from lxml import etree

from articles import drafting
from articles.models import Published, SiteText
from articles.reading import sitemaps
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, wanda, withdraw

pytestmark = pytest.mark.django_db
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HERE = "http://127.0.0.1:8000"
OURS = ["editorial-policy", "reviewers", *SiteText.Page.values]
OWN = dict.fromkeys([f"{HERE}/", *(f"{HERE}/{name}/" for name in OURS), f"{HERE}/reviewers/rosa/"])


def listed(client, address="/sitemap.xml"):
    """Each address with its day."""
    root = etree.fromstring(client.get(address).content)
    assert root.tag == f"{{{SPACE['s']}}}urlset"
    urls = root.xpath("s:url", namespaces=SPACE)
    found = [(url.findtext("s:loc", namespaces=SPACE), url.findtext("s:lastmod", namespaces=SPACE)) for url in urls]
    assert len(found) == len(dict(found))
    return dict(found)


def three_pages():
    for title in ("Anemia", "Bruises", "Clots"):
        cast.published(drafting.start(cast.words(title), by=wanda(), at=cast.NOON))


def test_it_works(client):
    cast.published()
    assert listed(client) == OWN | {f"{HERE}{ADDRESS}": "2026-11-02"}
    assert client.get("/sitemap.xml")["Content-Type"] == "application/xml; charset=utf-8"


def test_only_a_change_of_medical_words_moves_the_day(client):
    article = cast.published().article
    cast.signed(article, at=cast.later(days=5))
    assert listed(client)[f"{HERE}{ADDRESS}"] == "2026-11-02"
    cast.published(cast.edited(article, at=cast.later(days=9)), at=cast.later(days=9))
    assert listed(client)[f"{HERE}{ADDRESS}"] == "2026-11-11"


def test_drafts_demonstrations_withdrawn_pages_and_former_addresses_are_not_in_it(client):
    cast.draft(cast.words("A draft"))
    demo()
    withdraw(cast.published(cast.draft(cast.words("Withdrawn"))).article)
    move(cast.published().article)
    assert listed(client).keys() == {*OWN, f"{HERE}/new-address/"}


def test_every_address_in_it_answers_and_names_itself_as_canonical(client):
    three_pages()
    for address in listed(client):
        shown = read(client, address.removeprefix(HERE))
        assert f'<link rel="canonical" href="{address}">' in shown
        assert "noindex" not in shown


def test_the_first_page_of_a_site_with_nothing_but_demonstrations_is_not_to_be_listed(client):
    demo()
    assert f"{HERE}/" not in listed(client)
    assert '<meta name="robots" content="noindex">' in read(client, "/")
    cast.published()
    assert f"{HERE}/" in listed(client)
    assert "noindex" not in read(client, "/")


def test_a_long_one_comes_in_parts(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    three_pages()
    root = etree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{{{SPACE['s']}}}sitemapindex"
    parts = root.xpath("s:sitemap/s:loc/text()", namespaces=SPACE)
    assert parts == [f"{HERE}/sitemap-1.xml", f"{HERE}/sitemap-2.xml"]
    first, second = (listed(client, part.removeprefix(HERE)) for part in parts)
    assert first.keys() == {*OWN, f"{HERE}/anemia/", f"{HERE}/bruises/"}
    assert second.keys() == {f"{HERE}/clots/"}
    assert client.get("/sitemap-3.xml").status_code == 404


def test_it_takes_two_questions_at_most(client, monkeypatch, django_assert_num_queries):
    three_pages()
    with django_assert_num_queries(2):
        client.get("/sitemap.xml")
    monkeypatch.setattr(sitemaps, "PART", 2)
    for address, questions in {"/sitemap.xml": 2, "/sitemap-1.xml": 2, "/sitemap-2.xml": 1}.items():
        with django_assert_num_queries(questions):
            client.get(address)


def test_it_is_not_sent_twice(client):
    cast.published()
    first = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]}).status_code == 304
    cast.published(cast.draft(cast.words("One more")))
    assert client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_address_needs_to_be_written_otherwise_in_xml():
    for slug in Published._meta.get_field("slug").validators:
        if hasattr(slug, "regex"):
            assert not [sign for sign in "<>&'\"" if re.search(slug.regex, f"a{sign}a")]
