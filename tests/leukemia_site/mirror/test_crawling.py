"""A family is all that its page leads to below it; what of it is right still is not asked for again."""

import pytest

from leukemia_site.front.offer import Offer
from leukemia_site.mirror.crawling import Crawler, Plan
from leukemia_site.mirror.headers import Alike
from leukemia_site.mirror.visiting import Answer

pytestmark = pytest.mark.pure
SITE = "https://patients.example.org"


class Site:
    """Answers by address; whoever is asked for is written down, and so is every file."""

    def __init__(self, **pages):
        self.pages, self.asked, self.files = pages, [], {}

    def ask(self, address):
        self.asked.append(address)
        return self.pages.get(address) or answer(status=404)

    def family(self, *seeds, stays=()):
        crawler = Crawler(
            ask=self.ask,
            put=self.files.__setitem__,
            redirected=lambda place: f"to {place}".encode(),
            site=SITE,
            alike=Alike({}),
        )
        plan = Plan(name="/a/", seeds=seeds, prefixes=("/a/",), stays={one.address: one for one in stays})
        return {one.address: one for one in crawler.family(plan)}


def answer(*links, status=200, kind="text/html; charset=utf-8", place="", until=None, leans=("page:a",)):
    body = "".join(f'<a href="{link}">' for link in links).encode()
    offer = Offer(leans_on=frozenset(leans) if leans else None, valid_until=until)
    return Answer(status=status, kind=kind, body=body, place=place, offer=offer)


def test_it_follows_links_below_the_page_and_no_others():
    site = Site(**{"/a/": answer("/a/b/", "/c/", "/a/b/#x"), "/a/b/": answer("/a/")})
    found = site.family("/a/")
    assert list(found) == site.asked == ["/a/", "/a/b/"]
    assert found["/a/"].links == ("/a/b/",)
    assert set(site.files) == {f"a/{name}index.html{end}" for name in ("", "b/") for end in ("", ".gz", ".br")}


def test_what_pages_load_is_told_and_made_elsewhere():
    site = Site(**{"/a/": answer("/static/x.css", "/figures/f-10.jpg")})
    assert site.family("/a/")["/a/"].links == ("/figures/f-10.jpg", "/static/x.css")
    assert site.asked == ["/a/"]


def test_what_is_not_there_leaves_nothing():
    site = Site(**{"/a/": answer("/a/b/")})
    assert list(site.family("/a/")) == ["/a/"]


def test_what_stays_is_not_asked_for_and_its_links_are_followed():
    before = Site(**{"/a/": answer("/a/b/"), "/a/b/": answer()}).family("/a/")
    site = Site(**{"/a/b/": answer()})
    found = site.family("/a/", stays=[before["/a/"]])
    assert site.asked == ["/a/b/"]
    assert found == before


def test_all_below_a_page_that_was_taken_down_says_so_but_for_its_history():
    site = Site(
        **{
            "/a/": answer("/a/history/", status=410),
            "/a/history/": answer("/a/editions/1/"),
            "/a/editions/1/": answer("/secret/"),
        }
    )
    found = site.family("/a/")
    assert "/a/editions/1/" not in site.asked
    assert [found[address].status for address in ("/a/", "/a/editions/1/", "/a/history/")] == [410, 410, 200]
    assert site.files["a/editions/1/index.html"] == site.files["a/editions/1/410.html"] == site.files["a/410.html"]
    assert "a/history/410.html" not in site.files


def test_a_page_that_moved_is_a_page_that_leads_on():
    site = Site(**{"/a/": answer(status=301, place="/b/"), "/a/x.ris": answer(status=301, place="/b/x.ris")})
    found = site.family("/a/", "/a/x.ris")
    assert site.files["a/index.html"] == b"to /b/"
    assert (found["/a/x.ris"].files, found["/a/x.ris"].place) == ({}, "/b/x.ris")


def test_what_can_not_be_had_now_is_left_for_the_next_export():
    site = Site(**{"/a/": answer(), "/a/handout.pdf": answer(status=503, leans=None)})
    found = site.family("/a/handout.pdf", "/a/")
    assert (found["/a/handout.pdf"].files, found["/a/handout.pdf"].valid_until) == ({}, 0)


def test_a_page_as_pdf_is_right_for_as_long_as_the_page():
    pdf = answer(kind="application/pdf", leans=None)
    site = Site(**{"/a/": answer(until=9.0), "/a/handout.pdf": pdf})
    found = site.family("/a/handout.pdf", "/a/")["/a/handout.pdf"]
    assert (found.leans_on, found.valid_until) == (("page:a",), 9.0)
    assert list(found.files) == ["a/handout.pdf"]
