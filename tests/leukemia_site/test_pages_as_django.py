"""The front before the real Django: both ways are equal, header by header."""

import io
import itertools
import re
import time
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.db.backends.utils import CursorWrapper

from articles import drafting
from leukemia_site import behind, pages
from leukemia_site.front.aging import AFTER, Aging
from leukemia_site.front.answering import Front
from leukemia_site.front.disk import Disk
from leukemia_site.front.journal import Journal
from leukemia_site.front.loading import Loading
from leukemia_site.front.store import Store
from leukemia_site.front.watching import Watch
from leukemia_site.observing import request_ids
from tests import cast
from tests.articles import stories
from tests.articles.reading.pages import ADDRESS, move, wanda, withdraw
from tests.leukemia_site.front.kept import Log, Now, get

pytestmark = pytest.mark.django_db
KEPT = [
    *("/", ADDRESS, f"{ADDRESS}history/", f"{ADDRESS}editions/1/", f"{ADDRESS}editions/2/changes/1/"),
    *(
        f"{ADDRESS}changes/",
        f"{ADDRESS}references/",
        f"{ADDRESS}references.ris",
        "/reviewers/",
        "/reviewers/rosa/",
        "/editorial-policy/",
    ),
    *("/sitemap.xml", "/feeds/updates.atom", "/robots.txt", "/former/", "/withdrawn-page/", "/told-page/"),
]
NEVER = [
    "/nothing/",
    "/healthz",
    ADDRESS.rstrip("/"),
    "/admin/",
    "/static/none.css",
    f"{ADDRESS}?page=2",
]
EXPECTED = {"/former/": 301, "/withdrawn-page/": 410, ADDRESS.rstrip("/"): 301, "/admin/": 302}
EXPECTED |= dict.fromkeys(["/nothing/", "/static/none.css"], 404)
ASKED = [
    {"method": method, "HTTP_ACCEPT_ENCODING": accepted}
    for method, accepted in itertools.product(["GET", "HEAD"], ["", "gzip", "br;q=0.9, gzip;q=0.1", "identity"])
]


@pytest.fixture(scope="module")
def handler():
    return WSGIHandler()


@pytest.fixture(scope="module", autouse=True)
def _site(lasting_db):
    edition = cast.published()
    at = cast.later(days=1)
    cast.published(cast.edited(edition.article, at=at), at=at)
    withdraw(cast.published(drafting.start(cast.words("Withdrawn page"), by=wanda(), at=cast.NOON)).article)
    move(cast.published(drafting.start(cast.words("Former"), by=wanda(), at=cast.NOON)).article)
    cast.published(stories.placed(stories.fresh(), cast.draft(cast.words("Told page"))))


@pytest.fixture(scope="module", autouse=True)
def _one_connection():
    """Django closes what it asked the database by; the test's own has to stay."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there(handler, settings, tmp_path):
    """Django, which counts what it is asked, and the front before it."""

    def django(environ, start):
        counted.append(environ["PATH_INFO"])
        return handler(environ, start)

    settings.ALLOWED_HOSTS = ["patients.example.org"]
    counted, log = [], Log()
    front = process(django, log, tmp_path)
    front.watch.look()
    return SimpleNamespace(front=front, django=handler, counted=counted, log=log, folder=tmp_path)


def process(django, log, folder, *, loading=None):
    """A front whose watch looks when the test wants to."""
    store = Store(10**7, Disk(folder / "release", bytes_limit=10**7), Journal(folder / "journal"))
    watch = Watch(log.since, store, note=folder / "heard", loading=loading)
    watch.start = lambda: None
    return Front(django, store, watch, pages.rules(), aging=Aging(pages.MARKER, behind.age), background=Now())


def asked(application, address, **more):
    place = urlsplit(address)
    usual = {"QUERY_STRING": place.query, "SERVER_NAME": "web", "SERVER_PORT": "80", "wsgi.input": io.BytesIO()}
    usual |= {request_ids.KEY: "0" * 16}  # whoever stands before both gives the id, and writes its header
    answer = get(application, place.path, **usual | more)
    answer.headers = {
        name: value for name, value in answer.headers.items() if name not in ("Cache-Status", "Date", "Expires")
    }
    if more.get("method") == "HEAD":
        answer.body = b""  # a server sends none
    return answer


@pytest.mark.parametrize("address", KEPT + NEVER)
def test_both_ways_are_equal_header_by_header(there, address):
    for how in ASKED:
        straight = asked(there.django, address, **how)
        assert straight.status == EXPECTED.get(address, 200)
        known = {"HTTP_IF_NONE_MATCH": straight.headers.get("ETag", '"none"')}
        for more in ({}, known, {"HTTP_IF_NONE_MATCH": '"other"'}, {"HTTP_IF_NONE_MATCH": "*"}):
            assert asked(there.front, address, **how, **more) == asked(there.django, address, **how, **more)


@pytest.mark.parametrize("address", KEPT + NEVER)
def test_a_process_that_loads_django_yet_gives_the_same_header_by_header(there, address):
    for how in ASKED:
        straight = asked(there.front, address, **how)
        before = len(there.counted)
        front = process(there.front.application, there.log, there.folder, loading=Loading(lambda: there.django))
        for more in ({}, {"HTTP_IF_NONE_MATCH": straight.headers.get("ETag", '"none"')}, {"HTTP_HOST": "evil.example"}):
            assert asked(front, address, **how, **more) == asked(there.django, address, **how, **more)
        assert len(there.counted) - before == (1 if address in KEPT else 3)  # of KEPT, what the other host was told


@pytest.mark.parametrize("address", KEPT)
def test_a_page_is_kept(there, address):
    asked(there.front, address)
    first = list(there.counted)
    asked(there.front, address)
    asked(there.front, f"{address}?utm_source=letter")
    assert there.counted == first


@pytest.mark.parametrize("address", NEVER)
def test_what_is_no_page_is_not(there, address):
    asked(there.front, address), asked(there.front, address)
    assert there.counted == [urlsplit(address).path] * 2


@pytest.mark.parametrize("address", ["/nothing/", "/static/none.css", f"{ADDRESS}editions/99/", "/a.php"])
def test_what_is_not_found_is_packed_and_asked_for_again_like_a_page(there, address):
    page = asked(there.front, ADDRESS, HTTP_ACCEPT_ENCODING="br")
    answer = asked(there.front, address, HTTP_ACCEPT_ENCODING="br")
    assert answer.status == 404
    said = ("Cache-Control", "Vary", "Content-Encoding")
    assert {name: answer.headers.get(name) for name in said} == {name: page.headers[name] for name in said}
    assert len(answer.body) < 0.5 * len(asked(there.front, address).body)


@pytest.mark.parametrize("host", ["evil.example", "", "patients.example.org:x", "Patients.Example.ORG.:443"])
def test_a_host_is_refused_as_django_refuses_it(there, host):
    asked(there.front, ADDRESS)
    straight = asked(there.django, ADDRESS, HTTP_HOST=host)
    assert asked(there.front, ADDRESS, HTTP_HOST=host) == straight
    assert straight.status == (200 if host.startswith("Patients") else 400)


def test_http_is_sent_to_https_whatever_is_kept(settings, there):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 3600
    secure = {"wsgi.url_scheme": "https"}
    there.front.rules, there.django = pages.rules(), WSGIHandler()  # it reads its settings once
    there.front.application = there.django
    assert asked(there.front, ADDRESS, **secure) == asked(there.django, ADDRESS, **secure)
    assert asked(there.front, ADDRESS, **secure).headers["Strict-Transport-Security"] == "max-age=3600"
    sent = asked(there.front, ADDRESS)
    assert sent == asked(there.django, ADDRESS)
    assert (sent.status, sent.headers["Location"]) == (301, f"https://patients.example.org{ADDRESS}")


def test_who_has_a_session_sees_django(there):
    asked(there.front, ADDRESS)
    before = len(there.counted)
    known = {"HTTP_COOKIE": f"sessionid={'a' * 32}"}
    assert asked(there.front, ADDRESS, **known) == asked(there.django, ADDRESS, **known)
    assert len(there.counted) == before + 1


def test_the_language_of_a_visitor_changes_nothing(there):
    assert asked(there.front, ADDRESS, HTTP_ACCEPT_LANGUAGE="de") == asked(there.front, ADDRESS)


def test_where_no_page_is_nothing_is_kept(there):
    for prefix in pages.ELSEWHERE:
        asked(there.front, f"{prefix}x/")
        assert there.front.store.get(f"{prefix}x/") is None
        assert not there.front.rules.may_be_page(f"{prefix}x/")


def test_the_marker_stands_in_every_page_once(there):
    for address in KEPT:
        answer = asked(there.front, address)
        assert answer.body.count(pages.MARKER) == answer.headers.get("Content-Type", "").startswith("text/html") * bool(
            answer.body
        )


@pytest.mark.parametrize("restarted", [False, True])
def test_while_the_database_is_away_pages_go_on_and_the_rest_is_calm(there, monkeypatch, restarted):
    before = asked(there.front, ADDRESS)
    front = process(there.django, there.log, there.folder) if restarted else there.front
    monkeypatch.setattr(CursorWrapper, "execute", mock.Mock(side_effect=OperationalError("gone")))
    there.log.away = True
    for _time in ("before it is noticed", "after"):
        assert asked(front, ADDRESS) == before
        for address in ("/reviewers/", "/admin/login/"):
            answer = asked(front, address, HTTP_COOKIE=f"sessionid={'a' * 32}")
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert asked(front, "/healthz").status == 200
        front.watch.look()


def test_after_a_day_without_it_a_page_says_so_in_its_first_words(there, monkeypatch):
    asked(there.front, ADDRESS)
    there.front.watch._answered_at = float("-inf")
    there.front.now = lambda: time.time() + AFTER + 60
    page = asked(there.front, ADDRESS).body.decode()
    assert re.search(r'<main id="content" tabindex="-1"><p class="banner">This page is a copy of [^<]*</p>', page)
