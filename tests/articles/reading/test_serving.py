"""How public pages are served: from published rows, without cookies, compressed, and not twice."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafting, profiles, roles
from articles.content import CitedSource, Content, SectionContent
from articles.models import Reviewer, SiteText
from articles.reading.serving import trimmed
from leukemia_site import styles
from leukemia_site.branding import Logo
from tests import cast
from tests.articles import stories
from tests.articles.reading.pages import ADDRESS, move, wanda, withdraw, without_ours
from tests.house import ROOT

pytestmark = pytest.mark.django_db

# Each address, and how many questions it may ask of the database.
QUESTIONS = {
    "/": 1,
    ADDRESS: 4,  # the page, its last correction, who else signed, and how its sources stand
    f"{ADDRESS}history/": 5,
    f"{ADDRESS}editions/1/": 4,
    f"{ADDRESS}editions/2/": 4,
    f"{ADDRESS}editions/2/changes/1/": 2,
    f"{ADDRESS}changes/?since=1&edition=2": 0,
    f"{ADDRESS}changes/": 2,
    f"{ADDRESS}editions/3/": 2,
    f"{ADDRESS}references/": 3,
    f"{ADDRESS}references/by-year/": 3,
    f"{ADDRESS}references.ris": 2,
    f"{ADDRESS}references.json": 2,
    "/told-page/": 4,  # one more for its story
    "/told-page/editions/1/": 5,
    "/told-page/history/": 5,
    "/former/references/by-kind/": 1,
    "/withdrawn-page/references/": 2,
    "/former/references.bib": 1,
    "/withdrawn-page/references.nbib": 2,
    "/former/": 1,
    "/former/history/": 1,
    "/withdrawn-page/": 1,
    "/withdrawn-page/history/": 5,
    "/withdrawn-page/editions/1/": 4,
    "/editorial-policy/": 2,  # the review policy in force
    "/sitemap.xml": 2,
    "/feeds/updates.atom": 4,
    "/robots.txt": 0,
    "/.well-known/security.txt": 0,
    "/reviewers/": 1,
    "/reviewers/rosa/": 3,  # the person, what they signed, and the pages of that
    "/reviewers/nobody/": 1,
    **{f"/{page}/": 1 for page in SiteText.Page.values},
    "/nothing/": 1,
    "/healthz": 0,
    "/brand/logo-none.svg": 0,
}
PLACES = list(QUESTIONS)
FRESH = "/fresh-page/"
# What writers work on, who they are, who visits: a page that asks for these could show what nobody signed.
FORBIDDEN = """articles_article articles_section articles_citation articles_revision articles_manuscript
articles_timelineentry articles_condition articles_storyconsent auth_user django_session""".split()
# Of stories, whether one may be shown today, and its words.
TOLD = {"id", "key", "withdrawn_at", "given_on", "ends_on", "story_id", "hash", "content", "erased_at"}
# Of the library, only what follows from lists and looks, and where a copy is kept: nothing that an edition prints.
STANDING = {"id", "key", "merged_into_id", "health", "notice", "doi", "archived"}


# Of whoever reviews, what nobody needs to know.
PRIVATE = {"account_id", "away_until"}


def long_page():
    """As long as the longest page we know: forty sources, and two hundred claims, each with a quote."""
    said = [f"{n * 7919 % 997} of {n * 104729 % 9973} people in group {n} had signs of it" for n in range(200)]
    claims = [
        f'<p>{claim}.<cite data-quote="Of {claim}." data-source="s-{n % 40}"></cite></p>'
        for n, claim in enumerate(said)
    ]
    source = CitedSource(key="", kind="journal", authors=("Roe A", "Doe B"), container="J Ex", published="2020")
    return Content(
        title="Long page",
        sections=tuple(
            SectionContent(anchor=f"p-{n}", heading=f"Part {n}", body="".join(claims[n * 20 : n * 20 + 20]))
            for n in range(10)
        ),
        sources=tuple(
            replace(source, key=f"s-{n}", title=f"Findings in group {n}", doi=f"10.1000/x.{n * 7919}")
            for n in range(40)
        ),
    )


@pytest.fixture(scope="module")
def site(lasting_db):
    """A page of each kind, and one in two editions."""
    edition = cast.published()
    at = cast.later(days=1)
    cast.published(cast.edited(edition.article, at=at), at=at)
    withdraw(cast.published(drafting.start(cast.words("Withdrawn page"), by=wanda(), at=cast.NOON)).article)
    move(cast.published(drafting.start(cast.words("Former"), by=wanda(), at=cast.NOON)).article)
    cast.published(stories.placed(stories.fresh(), cast.draft(cast.words("Told page"))))


def fresh():
    """One more page, in its first edition."""
    return cast.published(cast.draft(cast.words("Fresh page")))


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.usefixtures("site")
def test_no_public_page_asks_for_a_draft(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    asked = " ".join(query["sql"] for query in asked)
    assert [table for table in FORBIDDEN if f'"{table}"' in asked] == []
    assert set(re.findall(r'"references_source"\."(\w+)"', asked)) <= STANDING
    assert set(re.findall(r'"articles_(?:patientstory|storytext)"\."(\w+)"', asked)) <= TOLD
    assert not set(re.findall(r'"articles_reviewer"\."(\w+)"', asked)) & PRIVATE


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.usefixtures("site")
def test_a_page_without_a_story_asks_for_none(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    told = [query for query in asked if '"articles_storytext"' in query["sql"]]
    assert len(told) == (address in ("/told-page/", "/told-page/editions/1/"))


def test_each_column_about_a_reviewer_is_public_or_private():
    assert {field.attname for field in Reviewer._meta.concrete_fields} == set(profiles.PUBLIC) | PRIVATE


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


def test_a_page_in_its_first_edition_takes_three_questions(client, django_assert_max_num_queries):
    fresh()
    with django_assert_max_num_queries(3):
        client.get(FRESH)


@pytest.mark.parametrize("address", PLACES[:6])
@pytest.mark.usefixtures("site")
def test_an_unchanged_page_is_not_sent_twice(client, address):
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Vary"] == first["Vary"] == "Accept-Encoding"
    assert "Content-Security-Policy" not in again  # the one that came with the page stays


def test_a_changed_page_is_sent_anew(client):
    edition = fresh()
    before = client.get(FRESH)["ETag"]
    cast.edited(edition.article)
    cast.published(edition.article, at=cast.later(days=1))
    assert client.get(FRESH, headers={"If-None-Match": before}).status_code == 200


def test_pages_are_compressed_and_the_same_for_head(client):
    fresh()
    packed = client.get(FRESH, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert client.head(FRESH)["ETag"] == client.get(FRESH)["ETag"]
    assert client.head(FRESH).content == b""


@pytest.mark.usefixtures("site")
def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(client):
    for address in PLACES:
        shown = client.get(address).content.decode()
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"[^>]*href|(?:img|script)[^>]*src)="([^"]*)"', shown)
        assert all(there.startswith("/static/") for there in loaded)
        assert not re.search(r"<script|<style|<[^>]* style=|<[^>]* on\w+=", without_ours(shown))


def test_white_space_of_templates_is_not_sent_and_that_of_words_is():
    assert trimmed("<p>\n    A \n\n \tB\n\u00a0C  D</p>\n") == "<p>\nA\nB\n\u00a0C  D</p>\n"


@pytest.mark.usefixtures("site")
def test_before_a_page_is_shown_nothing_else_is_asked_for(client):
    for address in PLACES:
        shown = client.get(address).content.decode()
        assert re.findall(r'<link rel="stylesheet"(?![^>]* media="print")|<script(?![^>]*(?: defer|json))', shown) == []


@pytest.mark.usefixtures("site")
def test_the_policy_of_a_page_allows_the_style_in_it_and_of_others_only_ours(client):
    ours = {styles.sheet(kind).source for kind in styles.KINDS}
    for address in PLACES:
        answer = client.get(address)
        inside = re.findall("<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in inside]
        _self, *allowed = re.search("style-src ([^;]*)", answer["Content-Security-Policy"])[1].split()
        assert set(allowed) == (ours if inside else set())
        assert {f"'sha256-{digest}'" for digest in digests} <= ours
        assert len(inside) == (answer.status_code not in (301, 302) and "text/html" in answer["Content-Type"])


def test_the_one_script_is_small_and_a_page_comes_in_one_round_trip(client):
    script = (ROOT / "static" / "articles" / "references.js").read_bytes()
    assert len(script) <= 3 * 1024
    cast.published(drafting.start(long_page(), by=wanda(), at=cast.NOON))
    shown = client.get("/long-page/", headers={"Accept-Encoding": "gzip"}).content
    assert len(shown) < 14_600


def test_the_logo_is_kept_for_ever_under_its_own_name(client, settings):
    settings.LOGO = Logo(b"<svg/>", "image/svg+xml", 3, 1, "logo-abc.svg")
    answer = client.get("/brand/logo-abc.svg")
    assert (answer.content, answer["Content-Type"]) == (b"<svg/>", "image/svg+xml")
    assert "immutable" in answer["Cache-Control"]
    assert client.get("/brand/logo-old.svg").status_code == 404


@pytest.mark.usefixtures("site")
def test_machines_are_told_of_the_logo(client, settings):
    settings.LOGO = Logo(b"<svg/>", "image/svg+xml", 3, 1, "logo-abc.svg")
    page = client.get("/editorial-policy/").content.decode()
    assert f'"logo":{{"@type":"ImageObject","url":"{settings.SITE_URL}/brand/logo-abc.svg"}}' in page


def test_without_a_logo_there_is_none(client):
    assert client.get("/brand/logo-abc.svg").status_code == 404
