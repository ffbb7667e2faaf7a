"""Every request has an id of its own, which nobody can choose but a proxy that is trusted."""

import re

import pytest

from leukemia_site.observing import request_ids
from leukemia_site.observing.request_ids import Identified

GIVEN = "0af7651916cd43dd8448eb211c80319c"


def inner(environ, start_response):
    """An application that answers with the id it works for."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [request_ids.current().encode()]


def answered(given="", *, trusted=False):
    """The id in the header, and the one that the application knew."""
    headers = {}
    environ = {"HTTP_X_REQUEST_ID": given} if given else {}
    body = Identified(inner, trusted=trusted)(environ, lambda status, found, *_: headers.update(found))
    assert environ[request_ids.KEY] == headers["X-Request-ID"]
    return headers["X-Request-ID"], b"".join(body).decode()


def test_the_answer_bears_the_id_that_the_application_worked_for():
    told, known = answered()
    assert told == known
    assert re.fullmatch("[0-9a-f]{16}", told)


def test_two_requests_have_nothing_in_common():
    assert len({answered()[0] for _ in range(100)}) == 100


def test_afterwards_there_is_none():
    answered()
    assert request_ids.current() == ""


@pytest.mark.parametrize("given", [GIVEN, "5f0c1a3e-9a0b-4c7d-8e21-0123456789ab"])
def test_a_trusted_proxys_id_is_taken_and_nobody_elses(given):
    assert answered(given, trusted=True)[0] == given
    assert answered(given)[0] != given


@pytest.mark.parametrize(
    "given", ["rosa@example.org", "abc", GIVEN * 2, f"{GIVEN}\n", f"{GIVEN} x", "-" * 20, "é" * 20]
)
def test_an_id_that_could_say_something_is_never_taken(given):
    assert re.fullmatch("[0-9a-f]{16}", answered(given, trusted=True)[0])


def test_an_id_that_is_there_stays():
    environ = {request_ids.KEY: "known"}
    assert request_ids.of(environ, trusted=False) == "known"
