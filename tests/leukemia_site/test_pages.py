"""The front as this site has it: on by default, off on demand, and its words."""

import pytest

from leukemia_site import pages
from leukemia_site.front.answering import Front
from leukemia_site.front.rules import is_allowed
from leukemia_site.front.watching import Watch

pytestmark = pytest.mark.pure  # none of these asks the database


def application(environ, start):
    return []


def test_pages_are_kept_by_default():
    front = pages.before(application)
    assert isinstance(front, Front)
    assert front.store.bytes_limit == 64_000_000


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


@pytest.mark.parametrize(
    "hosts", [["a.example.org"], [".example.org", "b.example.org"], ["127.0.0.1", "localhost"], ["*"]]
)
def test_requests_of_our_own_go_to_a_host_that_is_ours(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert is_allowed(pages.rules().host, hosts)


def test_a_page_says_when_it_was_looked_at_last():
    said = pages.age(1_792_000_000)
    assert said.startswith('<p class="banner">This page is a copy of Oct. 14, 2026')
    assert "(PDT, UTC-7)" in said
