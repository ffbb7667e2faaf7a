"""What the store tells of itself in this process."""

import pytest

from leukemia_site.observing import counting, store


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch):
    monkeypatch.setattr(counting._Here, "counts", counting.Counts())
    monkeypatch.setattr(store._Told, "at", None)
    monkeypatch.setattr(store._Sent, "answers", {})
    monkeypatch.setattr(store._Sent, "seconds", 0.0)


def told_at():
    """When it was last told, for Prometheus."""
    name = "leukemia_site_store_answered_timestamp_seconds"
    return counting.counts().registry.get_sample_value(name, {"store": "pages"})


def test_where_nothing_was_told_there_is_no_age():
    assert store.age() is None


def test_the_age_is_the_time_since_the_last_answer(monkeypatch):
    monkeypatch.setattr(store.time, "time", lambda: 1_000.0)
    store.answered()
    monkeypatch.setattr(store.time, "time", lambda: 1_007.0)
    assert store.age() == 7
    assert told_at() == 1_000


def test_an_answer_that_never_comes_makes_it_old(monkeypatch):
    monkeypatch.setattr(store.time, "time", lambda: 1_000.0)
    store.expected()
    monkeypatch.setattr(store.time, "time", lambda: 1_031.0)
    assert store.age() == 31
    assert told_at() is None


def test_it_is_expected_once(monkeypatch):
    """Who asks again and again in vain grows old."""
    monkeypatch.setattr(store.time, "time", lambda: 1_000.0)
    store.expected()
    monkeypatch.setattr(store.time, "time", lambda: 1_031.0)
    store.expected()
    assert store.age() == 31


def test_what_was_sent_is_counted_once():
    number = counting.counts().registry.get_sample_value
    store.hit(("GET", "200 OK", "x; hit"), 0.5)
    assert number("leukemia_site_store_hits_total", {"state": "fresh"}) is None
    for _time in range(2):
        store.settle()
        assert number("leukemia_site_store_hits_total", {"state": "fresh"}) == 1
        assert number("leukemia_site_store_hit_seconds_total") == 0.5


def test_a_clock_that_was_set_back_makes_no_negative_age(monkeypatch):
    monkeypatch.setattr(store.time, "time", lambda: 1_000.0)
    store.answered()
    monkeypatch.setattr(store.time, "time", lambda: 990.0)
    assert store.age() == 0
