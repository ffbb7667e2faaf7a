"""Where pages lead within the site: whatever a browser would fetch, and nothing of other sites."""

from urllib.parse import urljoin, urlsplit

import pytest

from leukemia_site.mirror import links

pytestmark = pytest.mark.pure
SITE = "https://patients.example.org"


def of(text, kind="text/html; charset=utf-8", at="/a/"):
    return set(links.of(text, kind, at=at, site=SITE))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a href="/b/">', {"/b/"}),
        ('<a class="x" href="/b/?page=2#c">', {"/b/"}),
        ('<a href="c/">', {"/a/c/"}),
        (f'<link rel="canonical" href="{SITE}/b/">', {"/b/"}),
        (f'<a href="{SITE}">', {"/"}),
        ('<form action="/a/changes/">', {"/a/changes/"}),
        ('<img src="/f-1.jpg" srcset="/f-1.jpg 1w, /f-2.jpg 2w">', {"/f-1.jpg", "/f-2.jpg"}),
        (f'<meta property="og:image" content="{SITE}/f.jpg">', {"/f.jpg"}),
        (f'<script type="application/ld+json">{{"url":"{SITE}/logo.svg"}}</script>', {"/logo.svg"}),
        ("<a href='/b/'>", {"/b/"}),
        ('<a href="/b/&amp;c/">', {"/b/&c/"}),
    ],
)
def test_it_finds_what_a_page_names(text, found):
    assert of(text) == found


@pytest.mark.parametrize(
    "text",
    [
        '<a href="#here">',
        '<a href="?page=2">',
        '<a href="https://elsewhere.org/b/">',
        f'<a href="{SITE}.elsewhere.org/b/">',
        '<a href="mailto:a@b.org">',
        '<a href="tel:+1">',
        '<meta name="description" content="/not/an/address/">',
        "<p>/b/</p>",
    ],
)
def test_it_finds_nothing_else(text):
    assert of(text) == set()


def test_style_sheets_name_pictures_and_other_sheets():
    assert of('a{b:url(../c.svg)}@import "d.css";', "text/css", at="/static/css/a.css") == {
        "/static/c.svg",
        "/static/css/d.css",
    }


def test_lists_for_machines_name_pages():
    assert of(f"<url><loc>{SITE}/b/</loc></url>", "application/xml") == {"/b/"}
    assert of(f'<link href="{SITE}/b/"/><id>tag:x</id>', "application/atom+xml") == {"/b/"}


def test_a_file_of_references_names_nothing():
    assert of(f"UR  - {SITE}/b/", "application/x-research-info-systems; charset=utf-8") == set()


@pytest.mark.parametrize(
    "target", ["/b/../c/", "/./b/", "/.well-known/x", "/b/?a=/../#/..", "/b;c", "//elsewhere.org/b", "/b/.."]
)
def test_steps_within_an_address_are_taken_as_browsers_do(target):
    full = urlsplit(urljoin(f"{SITE}/a/", target))
    assert of(f'<a href="{target}">') == ({full.path} if f"{full.scheme}://{full.netloc}" == SITE else set())


def test_the_style_of_a_page_hides_no_link():
    assert of('<style>a{b:c}</style><a href="/b/">x</a><style>d{e:f}</style>') == {"/b/"}
