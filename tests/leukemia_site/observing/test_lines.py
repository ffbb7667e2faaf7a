"""How records become lines."""

import json
import logging

import pytest
from django.test import RequestFactory

from leukemia_site.observing import request_ids
from leukemia_site.observing.lines import Json, Line


def record(message, *args, name="articles.x", **more):
    return logging.makeLogRecord(
        {"msg": message, "args": args, "name": name, "levelname": "WARNING", "created": 1_800_000_000.5, **more}
    )


def test_a_line_of_json_is_one_object():
    with request_ids.during("abc"):
        line = Json().format(record("mail %s", 3, fields={"milliseconds": 7}))
    assert json.loads(line) == {
        "time": "2027-01-15T08:00:00.500Z",
        "level": "WARNING",
        "logger": "articles.x",
        "message": "mail 3",
        "request_id": "abc",
        "milliseconds": 7,
    }


def test_a_line_of_text_says_the_same():
    with request_ids.during("abc"):
        line = Line().format(record("mail %s", 3, fields={"milliseconds": 7}))
    assert line == "2027-01-15T08:00:00.500Z WARNING articles.x: mail 3 request_id=abc milliseconds=7"


@pytest.mark.parametrize("kind", [Json, Line])
def test_nobody_can_write_a_line_of_his_own(kind):
    assert len(kind().format(record("one\ntwo\r\u2028three")).split("\n")) == 1


@pytest.mark.parametrize("kind", [Json, Line])
def test_an_error_comes_with_its_way_and_without_its_words(kind):
    patient = "rosa@example.org"
    try:
        raise ValueError(patient)
    except ValueError as error:
        line = kind().format(record("broken", exc_info=(ValueError, error, error.__traceback__)))
    assert "ValueError" in line
    assert "test_lines.py" in line
    assert patient not in line


@pytest.mark.parametrize(
    ("name", "message", "args", "told"),
    [
        ("django.request", "%s: %s", ("Internal Server Error", "/calendars/secret.ics"), "Internal Server Error"),
        ("django.security.DisallowedHost", "Invalid host secret", (), "DisallowedHost"),
        ("django.security.csrf", "Forbidden (%s): %s", ("Referer checking failed - secret", "/"), "csrf"),
        ("django.security.SuspiciousSession", "Session data corrupted: secret", (), "SuspiciousSession"),
    ],
)
def test_what_django_says_of_a_request_is_said_without_its_address(name, message, args, told):
    request = RequestFactory().get("/calendars/secret.ics?q=secret")
    said = json.loads(Json().format(record(message, *args, name=name, request=request)))
    assert (said["message"], said["method"], said["route"]) == (told, "GET", "(none)")
    assert "secret" not in str(said)
