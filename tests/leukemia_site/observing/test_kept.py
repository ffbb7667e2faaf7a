"""What is answered before Django is counted: by kind, and never by page."""

import pytest

from leukemia_site.observing import counting, routes, store
from leukemia_site.observing.kept import Kept
from tests.leukemia_site.front.kept import PAGE, get, site

pytestmark = pytest.mark.pure


@pytest.fixture
def counted(monkeypatch):
    """A front, and what was counted of its answers since this was asked before."""
    monkeypatch.setattr(counting._Here, "counts", counting.Counts())
    monkeypatch.setattr(store._Sent, "answers", {})
    there = site()
    there.watch.look()

    def number(name, **labels):
        store.settle()
        return counting.counts().registry.get_sample_value(f"leukemia_site_{name}_total", labels) or 0

    return there, Kept(there.front), number


def test_hits_and_misses_are_told_apart(counted):
    _there, application, number = counted
    for _time in range(3):
        assert get(application).status == 200
    assert (number("store_misses"), number("store_hits", state="fresh")) == (1, 2)
    assert number("requests", route=routes.KEPT, method="GET", status="2xx") == 2
    assert number("store_hit_seconds") > 0


def test_what_is_sent_while_the_database_is_away_is_told_apart(counted):
    there, application, number = counted
    get(application)
    there.watch._answered_at = float("-inf")
    get(application)
    assert (number("store_hits", state="fresh"), number("store_hits", state="stale")) == (0, 1)


def test_not_modified_and_head_count_as_what_they_are(counted):
    _there, application, number = counted
    etag = get(application).headers["ETag"]
    get(application, HTTP_IF_NONE_MATCH=etag), get(application, method="HEAD")
    assert number("requests", route=routes.KEPT, method="GET", status="3xx") == 1
    assert number("requests", route=routes.KEPT, method="HEAD", status="2xx") == 1


def test_what_django_answers_is_left_to_it(counted):
    there, application, number = counted
    there.pages.offer = {}
    get(application, HTTP_COOKIE="sessionid=abc"), get(application)
    assert (number("store_hits", state="fresh"), number("store_misses")) == (0, 0)


def test_no_number_says_which_page_it_was(counted):
    _there, application, _number = counted
    get(application), get(application)
    store.settle()
    assert PAGE.strip("/") not in str(list(counting.counts().registry.collect()))
