"""How public pages are served: from published rows, without cookies, compressed, and not twice."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafting, roles
from tests import cast
from tests.articles.reading.pages import ADDRESS, move, wanda, withdraw

pytestmark = pytest.mark.django_db

# Each address, and how many questions it may ask of the database.
QUESTIONS = {
    "/": 1,
    ADDRESS: 3,  # the page, its last correction, and who else signed
    f"{ADDRESS}history/": 4,
    f"{ADDRESS}editions/1/": 3,
    f"{ADDRESS}editions/2/": 3,
    f"{ADDRESS}editions/2/changes/1/": 2,
    f"{ADDRESS}changes/?since=1&edition=2": 0,
    f"{ADDRESS}editions/3/": 2,
    f"{ADDRESS}references.ris": 2,
    f"{ADDRESS}references.json": 2,
    "/former/references.bib": 1,
    "/withdrawn-page/references.nbib": 2,
    "/former/": 1,
    "/former/history/": 1,
    "/withdrawn-page/": 1,
    "/withdrawn-page/history/": 4,
    "/withdrawn-page/editions/1/": 3,
    "/editorial-policy/": 0,
    "/nothing/": 1,
    "/healthz": 0,
}
PLACES = list(QUESTIONS)
# What writers work on, who they are, who visits: a page that asks for these could show what nobody signed.
FORBIDDEN = """articles_article articles_section articles_citation articles_revision articles_manuscript
articles_timelineentry articles_reviewer articles_condition references_source auth_user django_session""".split()


@pytest.fixture
def site():
    """A page of each kind, and one in two editions."""
    edition = cast.published()
    at = cast.later(days=1)
    cast.published(cast.edited(edition.article, at=at), at=at)
    withdraw(cast.published(drafting.start(cast.words("Withdrawn page"), by=wanda(), at=cast.NOON)).article)
    move(cast.published(drafting.start(cast.words("Former"), by=wanda(), at=cast.NOON)).article)


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.usefixtures("site")
def test_no_public_page_asks_for_a_draft(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    asked = " ".join(query["sql"] for query in asked)
    assert [table for table in FORBIDDEN if f'"{table}"' in asked] == []


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.usefixtures("site")
def test_a_page_takes_no_more_questions_than_it_may(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(QUESTIONS[address]):
        client.get(address)


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.usefixtures("site")
def test_no_cookie_is_set_and_no_visitor_told_apart(client, address):
    client.force_login(cast.person("wanda", roles.WRITER))
    response = client.get(address)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert b"csrfmiddlewaretoken" not in response.content


def test_a_page_in_its_first_edition_takes_two_questions(client, django_assert_max_num_queries):
    cast.published()
    with django_assert_max_num_queries(2):
        client.get(ADDRESS)


@pytest.mark.parametrize("address", PLACES[:6])
@pytest.mark.usefixtures("site")
def test_an_unchanged_page_is_not_sent_twice(client, address):
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Vary"] == first["Vary"] == "Accept-Encoding"


def test_a_changed_page_is_sent_anew(client):
    edition = cast.published()
    before = client.get(ADDRESS)["ETag"]
    cast.edited(edition.article)
    cast.published(edition.article, at=cast.later(days=1))
    assert client.get(ADDRESS, headers={"If-None-Match": before}).status_code == 200


def test_pages_are_compressed_and_the_same_for_head(client):
    cast.published()
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert client.head(ADDRESS)["ETag"] == client.get(ADDRESS)["ETag"]
    assert client.head(ADDRESS).content == b""


@pytest.mark.usefixtures("site")
def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(client):
    for address in PLACES:
        shown = client.get(address).content.decode()
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"[^>]*href|(?:img|script)[^>]*src)="([^"]*)"', shown)
        assert all(there.startswith("/static/") for there in loaded)
        assert not re.search(r"<script|<style|<[^>]* style=|<[^>]* on\w+=", shown)
