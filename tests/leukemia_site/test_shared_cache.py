"""Redis as the cache of all processes: it shares, it runs no program, and the site goes on without it."""

import json
import logging

import pytest
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.core.cache import caches

from articles import accounts
from leukemia_site import environment, sessions, shared_cache
from leukemia_site.shared_cache import SharedCache, Texts
from tests import cast
from tests.conftest import missing
from tests.leukemia_site.test_serve import free_port
from tests.redis_server import Redis


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if not Redis.is_there():
        missing("needs redis-server (apt-get install redis-server)")
    found = Redis(tmp_path_factory.mktemp("redis"), free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture
def redis(server, settings, monkeypatch):
    """An empty Redis as the site's cache; it is up again after each test."""
    monkeypatch.setenv("CACHE_URL", server.address)
    monkeypatch.setattr(shared_cache, "REST", 0.0)
    described = environment.cache("CACHE_URL", default="")
    settings.CACHES = {"default": described, "other": described}  # as two processes see it
    caches["default"].clear()
    yield server
    if server._process is None:
        server.start()
    for alias in ("default", "other"):
        caches[alias]._cache.get_client().connection_pool.disconnect()


def away(server):
    server.stop()
    for alias in ("default", "other"):
        caches[alias]._cache.get_client().connection_pool.disconnect()


@pytest.mark.pure
def test_what_one_process_keeps_another_finds(redis):
    assert isinstance(caches["default"], SharedCache)
    caches["default"].set("a", {"b": [1, "ü", None]}, 60)
    assert caches["other"].get("a") == {"b": [1, "ü", None]}
    caches["other"].delete("a")
    assert (caches["default"].get("a"), "a" in caches["default"]) == (None, False)


@pytest.mark.pure
def test_processes_count_together(redis):
    assert [caches["default"].add("n", 0, 60), caches["other"].add("n", 0, 60)] == [True, False]
    assert [caches["default"].incr("n"), caches["other"].incr("n")] == [1, 2]
    with pytest.raises(ValueError, match="not found"):
        caches["default"].incr("unknown")


@pytest.mark.pure
def test_what_lies_in_redis_is_text_and_runs_nothing(redis):
    client = caches["default"]._cache.get_client()
    caches["default"].set("a", {"b": 1}, 60)
    assert json.loads(client.get(":1:a")) == {"b": 1}
    client.set(":1:evil", b"cos\nsystem\n(S'true'\ntR.")
    assert caches["default"].get("evil") is None
    assert Texts().dumps(True) == b"true"


@pytest.mark.pure
def test_without_redis_it_is_as_if_the_cache_were_empty(redis, caplog):
    caches["default"].set("a", 1, 60)
    away(redis)
    with caplog.at_level(logging.WARNING):
        found = caches["default"]
        assert (found.get("a", 7), found.add("b", 1, 60), found.has_key("a")) == (7, True, False)
        assert (found.delete("a"), found.touch("a", 60), found.set("a", 1, 60)) == (False, False, None)
    with pytest.raises(ValueError, match="not found"):
        found.incr("a")
    assert "The shared cache does not answer (ConnectionError)" in caplog.text
    redis.start()
    caches["default"].set("a", 2, 60)
    assert caches["default"].get("a") == 2


@pytest.mark.pure
def test_one_that_is_away_is_left_alone_for_a_while(redis, monkeypatch):
    monkeypatch.setattr(shared_cache, "REST", 60.0)
    away(redis)
    caches["default"].get("a")
    redis.start()
    caches["other"].set("a", 1, 60)
    assert (caches["default"].get("a"), caches["other"].get("a")) == (None, 1)


# -- sessions ------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(redis, db):
    found = sessions.SessionStore()
    found["who"] = "wanda"
    found.save()
    return found


@pytest.mark.django_db
def test_a_session_is_found_in_the_cache_and_stands_in_the_database(redis, session, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sessions.SessionStore(session.session_key)["who"] == "wanda"
    caches["default"].clear()
    with django_assert_num_queries(1):
        assert sessions.SessionStore(session.session_key)["who"] == "wanda"
    with django_assert_num_queries(0):
        assert sessions.SessionStore(session.session_key)["who"] == "wanda"


@pytest.mark.django_db
def test_a_session_that_ended_is_nowhere(redis, session):
    session.flush()
    assert sessions.SessionStore(session.session_key).load() == {}
    assert caches["default"]._cache.get_client().keys("*") == []


@pytest.mark.django_db
def test_sessions_go_on_without_redis(redis, session):
    away(redis)
    again = sessions.SessionStore(session.session_key)
    again["who"] = "edith"
    again.save()
    assert InDatabase(session.session_key)["who"] == "edith"
    again.flush()
    assert not sessions.SessionStore().exists(session.session_key)


@pytest.mark.django_db
def test_what_the_cache_missed_counts_after_a_minute(redis, session):
    (key,) = caches["default"]._cache.get_client().keys("*sessions*")
    assert 0 < caches["default"]._cache.get_client().ttl(key) <= sessions.SECONDS


# -- throttles -----------------------------------------------------------------------------------------------------


@pytest.mark.pure
def test_links_for_a_forgotten_password_are_counted_by_all_processes_together(redis):
    assert [accounts._often("a@example.org") for _ in range(accounts.HOURLY + 1)] == [False] * accounts.HOURLY + [True]
    away(redis)
    assert not accounts._often("a@example.org")


@pytest.mark.django_db
def test_a_door_that_wrong_passwords_closed_stays_closed_without_redis(redis, client):
    """Failed sign-ins are counted in the database, beside the accounts."""
    cast.person("wanda")
    form = {"username": "wanda", "password": "wrong"}
    assert [client.post("/admin/login/", form).status_code for _ in range(4)] == [200] * 4
    away(redis)
    assert client.post("/admin/login/", form).status_code == 429
