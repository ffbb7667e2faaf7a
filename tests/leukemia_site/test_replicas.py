"""Who may read from a copy of the database, and which copy is good enough."""

import pytest
from django.db import InterfaceError, OperationalError, router
from django.http import Http404, HttpResponse

from articles.models import Published
from leukemia_site import replicas
from leukemia_site.front.changes import Answer
from leukemia_site.front.offer import ENVIRON, Offer
from leukemia_site.replicas import REST, Copies, Router

pytestmark = pytest.mark.pure


class Clock:
    now = 0.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(replicas, "time", found := Clock())
    return found


@pytest.fixture
def copies(monkeypatch, clock):
    """Two copies; both hold all that was heard of."""
    monkeypatch.setattr(replicas, "copies", found := Copies(["replica", "replica2"]))
    found.hear(7, at=0.0)
    return found


def at(**numbers):
    """How far each copy is, or how it fails."""

    def number_at(alias):
        found = numbers.get(alias, 7)
        if isinstance(found, Exception):
            raise found
        return found

    return number_at


def test_a_copy_that_holds_what_was_heard_is_chosen(copies):
    assert {copies.choose(at()) for _ in range(50)} == {"replica", "replica2"}


def test_a_copy_that_is_behind_is_not(copies):
    assert {copies.choose(at(replica=6)) for _ in range(50)} == {"replica2"}
    assert copies.choose(at(replica=6, replica2=6)) == "default"


def test_a_copy_that_is_ahead_of_what_was_heard_is_good(copies):
    assert copies.choose(at(replica=8, replica2=9)) != "default"


def test_before_anything_was_heard_the_first_database_is_asked(copies):
    copies.heard = None
    assert copies.choose(at()) == "default"


def test_a_copy_that_is_behind_what_another_process_has_heard_is_not(copies):
    """What is made from it is kept under that number, and so would never be made anew."""
    assert copies.choose(at(), known=8) == "default"
    assert copies.choose(at(), known=6) != "default"


@pytest.mark.parametrize("error", [OperationalError("away"), InterfaceError("closed")])
def test_a_copy_that_fails_is_left_alone_for_a_while(copies, clock, error):
    asked = []

    def number_at(alias):
        asked.append(alias)
        raise error

    assert (copies.choose(number_at), sorted(asked)) == ("default", ["replica", "replica2"])
    assert (copies.choose(number_at), len(asked)) == ("default", 2)
    clock.now += REST
    assert (copies.choose(number_at), len(asked)) == ("default", 4)


def test_what_is_asked_tells_how_far_the_first_database_is(copies):
    assert replicas.hearing(lambda number: Answer(number + 1))(41) == Answer(42)
    assert copies.choose(at(replica=41, replica2=41)) == "default"


# -- Requests ------------------------------------------------------------------------------------------------------


def where(_request):
    """A view that says from where it reads, and where it would write."""
    return HttpResponse(f"{Router().db_for_read(Published)} {Router().db_for_write(Published)}")


def asked(request, view=where, **numbers):
    return replicas.reading(view, number_at=at(**numbers))(request).content.decode()


def test_a_reader_reads_from_a_copy_and_nothing_is_written_there(copies, rf):
    assert asked(rf.get("/"), replica2=1) == "replica default"


def test_after_the_request_the_first_database_is_read_again(copies, rf):
    asked(rf.get("/"))
    assert Router().db_for_read(Published) == "default"


def test_whoever_keeps_the_page_says_what_it_has_to_know_and_hears_where_it_was_made(copies, rf):
    behind, there = Offer(number=8), Offer(number=7)
    assert asked(rf.get("/", **{ENVIRON: behind})) == "default default"
    assert asked(rf.get("/", **{ENVIRON: there})).startswith("replica")
    assert (behind.of_copy, there.of_copy) == (False, True)


@pytest.mark.parametrize(("seconds", "said"), [(1.2, None), (1.6, replicas.OLD)])
def test_when_the_first_database_was_not_heard_of_the_page_of_a_copy_says_so(copies, clock, rf, seconds, said):
    clock.now = seconds
    assert replicas.reading(where, number_at=at())(rf.get("/")).headers.get("Cache-Status") == said


def test_who_has_a_session_reads_the_first_database(copies, rf, settings):
    """What somebody has just saved is there for them."""
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "whatever"
    assert asked(request) == "default default"
    assert asked(rf.get("/", HTTP_AUTHORIZATION="Basic eDp5")) == "default default"


def test_a_copy_that_fails_on_the_way_is_replaced_by_the_first_database(copies, rf):
    def view(request):
        if (found := where(request)).content.startswith(b"replica"):
            raise OperationalError("canceling statement due to conflict with recovery")
        return found

    assert asked(rf.get("/"), view) == "default default"
    assert len(copies.awake()) == 1


def test_a_page_that_is_not_there_is_no_failure(copies, rf):
    def view(_request):
        raise Http404

    with pytest.raises(Http404):
        asked(rf.get("/"), view)
    assert len(copies.awake()) == 2


def test_without_copies_nothing_is_routed():
    assert replicas.copies.awake() == []
    assert router.routers == []


def test_only_the_first_database_gets_tables():
    assert Router().allow_migrate("default", "articles")
    assert not Router().allow_migrate("replica", "articles")
    assert Router().allow_relation(object(), object())
