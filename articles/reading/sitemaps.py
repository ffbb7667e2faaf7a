"""The sitemap: every page that search engines are to list, with the day on which its medical words last changed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles import profiles
from articles.models import Published
from articles.reading.serving import public, written
from articles.sitepages import Page

# A sitemap may hold 50,000 addresses; smaller parts are made, packed and looked through sooner.
PART = 10_000
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# Without a day: nobody knows when these last changed.
OWN_PAGES = ("reading:home", "reading:editorial-policy", "reading:reviewers")

Entry = tuple[str, date | None]


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole of it; where it is long, the addresses of its parts."""
    found = _articles(1, and_one_more=True)
    if len(found) <= PART:
        return _urls([*_own(found), *found])
    parts = -(-_listed().count() // PART)
    paths = (reverse("reading:sitemap-part", args=[number]) for number in range(1, parts + 1))
    places = "".join(f"<sitemap><loc>{settings.SITE_URL}{path}</loc></sitemap>\n" for path in paths)
    return _xml(f"<sitemapindex {SPACE}>\n{places}</sitemapindex>\n")


@public
def part(request: HttpRequest, part: int) -> HttpResponse:
    """One part of a long one."""
    found = _articles(part)
    if not found:
        raise Http404
    return _urls([*(_own(found) if part == 1 else ()), *found])


def _own(found: list[Entry]) -> list[Entry]:
    """The site's own pages, and its reviewers'. One query.

    The first page asks not to be listed while it leads to nothing that is.
    """
    paths = [reverse(name) for name in OWN_PAGES if found or name != "reading:home"]
    paths += [reverse("reading:site-page", args=[key]) for key in Page.values]
    people = profiles.with_page().filter(is_demo=False).order_by("slug").values_list("slug", flat=True)
    return [(path, None) for path in [*paths, *(reverse("reading:reviewer", args=[slug]) for slug in people)]]


def _listed() -> Any:
    """Pages that stand for something: no withdrawn ones, no former addresses, no demonstrations."""
    return Published.objects.live().filter(is_demo=False)


def _articles(part: int, *, and_one_more: bool = False) -> list[Entry]:
    start = (part - 1) * PART
    rows = _listed().order_by("slug").values_list("slug", "last_updated_on")
    # The pattern once, not the resolver ten thousand times.
    before, after = reverse("reading:article", args=["x"]).split("x")
    return [(f"{before}{slug}{after}", day) for slug, day in rows[start : start + PART + and_one_more]]


def _urls(entries: Iterable[Entry]) -> HttpResponse:
    # No address of ours holds a sign that XML would take for its own.
    places = (
        f"<url><loc>{settings.SITE_URL}{path}</loc>{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</url>\n"
        for path, day in entries
    )
    return _xml(f"<urlset {SPACE}>\n{''.join(places)}</urlset>\n")


def _xml(root: str) -> HttpResponse:
    return written(XML + root, content_type="application/xml")
