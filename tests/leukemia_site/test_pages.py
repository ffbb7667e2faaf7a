"""The front as this site has it: on by default, off on demand, and its words."""

from unittest import mock

import pytest

from articles.reading import log
from leukemia_site import behind, pages, replicas
from leukemia_site.front.answering import Front
from leukemia_site.front.changes import Answer
from leukemia_site.front.rules import is_allowed
from leukemia_site.front.watching import Watch
from leukemia_site.gone import Gone
from leukemia_site.observing import counting, store
from leukemia_site.observing.middleware import OURS
from tests.leukemia_site.front.kept import entry, put

pytestmark = pytest.mark.pure  # none of these asks the database


def application(environ, start):
    return []


def test_pages_are_kept_by_default():
    front = pages.before(application)
    assert isinstance(front, Front)
    assert front.store.bytes_limit == 64_000_000


@pytest.fixture
def asked(monkeypatch, settings, tmp_path):
    """The front of a process, which has begun to watch: what it asks, and how old it says that it is."""
    settings.GONE_ROOT = tmp_path / "withdrawn"
    monkeypatch.setattr(store._Told, "at", None)
    monkeypatch.setattr(replicas, "copies", replicas.Copies([]))
    monkeypatch.setattr(log, "since", found := mock.Mock(return_value=Answer(0)))
    front = pages.before(application)
    front.watch.look()
    return found, front


def test_who_runs_the_site_hears_that_it_hears_of_changes(asked, monkeypatch):
    """Else /readyz would call it well for ever."""
    ask, front = asked
    now = store.time.time()
    monkeypatch.setattr(store.time, "time", lambda: now + 60)
    ask.side_effect = OSError
    front.watch.look()
    assert store.age() >= 60
    ask.side_effect = None
    front.watch.look()
    assert store.age() == 0


def test_what_is_withdrawn_is_noted(asked, settings):
    ask, front = asked
    ask.return_value = Answer(1, ((1, "page:a-page"),), gone=frozenset({"page:a-page"}))
    front.watch.look()
    assert Gone(settings.GONE_ROOT).holds("/a-page/")


def test_who_runs_the_site_hears_what_is_kept(asked, monkeypatch):
    _ask, front = asked
    monkeypatch.setattr(counting._Here, "counts", counting.Counts())
    put(front.store, "/a/", entry(number=0))
    front.watch.look()
    number = counting.counts().registry.get_sample_value
    assert (number("leukemia_site_store_pages"), number("leukemia_site_store_bytes")) == (1, front.store.size)


def test_a_process_that_starts_asks_at_once_what_has_changed(monkeypatch):
    asked = []
    monkeypatch.setattr(Watch, "start", lambda watch: asked.append(watch))
    front = pages.before(application)
    assert not asked
    pages.begin(front)
    pages.begin(application)  # where no page is kept there is nothing to ask
    assert asked == [front.watch]


def test_without_room_or_while_somebody_works_on_it_they_are_not(settings):
    settings.PAGES_MEGABYTES = 0
    assert pages.before(application) is application
    settings.PAGES_MEGABYTES, settings.DEBUG = 64, True
    assert pages.before(application) is application


def test_the_rules_are_those_of_the_settings(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SESSION_COOKIE_NAME, settings.ALLOWED_HOSTS = "known", [".example.org"]
    rules = pages.rules()
    assert (rules.https, rules.behind_proxy, rules.cookie, rules.hosts) == (True, True, "known", [".example.org"])
    assert rules.environ("/a/")["wsgi.url_scheme"] == "https"


def test_what_the_front_asks_for_itself_is_no_readers_request():
    """Else what is made in advance would be counted, and written down, as read."""
    assert OURS in pages.rules().environ("/a/")


@pytest.mark.parametrize(
    "hosts", [["a.example.org"], [".example.org", "b.example.org"], ["127.0.0.1", "localhost"], ["*"]]
)
def test_requests_of_our_own_go_to_a_host_that_is_ours(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert is_allowed(pages.rules().host, hosts)


def test_a_page_says_when_it_was_looked_at_last():
    said = behind.age(1_792_000_000)
    assert said.startswith('<p class="banner">This page is a copy of Oct. 14, 2026')
    assert "(PDT, UTC-7)" in said
