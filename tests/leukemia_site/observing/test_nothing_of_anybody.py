"""A walk through the site, its errors included: no line of the log says who walked, where from, or what they read."""

import io
import json
import logging

import pytest
from django.urls import reverse

from articles import calendars, roles
from articles.admin import calendar
from articles.reading import views
from leukemia_site.observing.lines import Json, Line
from tests import cast

pytestmark = pytest.mark.django_db
SECRETS = {
    "question": "chemotherapy-question",
    "address": "203.0.113.77",
    "forwarded": "198.51.100.23",
    "browser": "Mozilla-of-somebody",
    "referrer": "came-from-here",
    "name": "edith",
    "mail": "edith@example.org",
    "password": "hunter2-hunter2",
    "cookie": "a-cookie-of-mine",
    "page": "acute-example-disease",
}


@pytest.fixture(params=[Json, Line])
def lines(request, settings):
    """Whatever is logged meanwhile, by anybody, as the site would write it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    root.addHandler(handler)
    settings.SLOW_QUERY_MS = 1
    yield lambda: stream.getvalue().splitlines()
    root.removeHandler(handler)


@pytest.fixture
def somebody(client):
    """A visitor of whom everything would be known."""
    client.raise_request_exception = False
    client.defaults |= {
        "REMOTE_ADDR": SECRETS["address"],
        "HTTP_X_FORWARDED_FOR": SECRETS["forwarded"],
        "HTTP_USER_AGENT": SECRETS["browser"],
        "HTTP_REFERER": f"https://example.org/{SECRETS['referrer']}",
    }
    client.cookies["mine"] = SECRETS["cookie"]
    return client


def broken(*_args, **_options):
    raise ValueError(f"could not read {SECRETS['mail']}")


def sign_in(client, name, password="hunter2-hunter2"):
    return client.post("/admin/login/?q=chemotherapy-question", {"username": name, "password": password})


def walk(client, monkeypatch):
    """What people do, and what goes wrong meanwhile. Returns the secret of a calendar."""
    page, question = SECRETS["page"], SECRETS["question"]
    cast.published()
    edith = cast.person("edith", roles.EDITOR)
    edith.set_password("another-password-of-hers")
    edith.save()
    secret = calendars.make("", by=edith, at=cast.NOON)
    for path in ("/", f"/{page}/", f"/{page}/history/", "/nowhere/", "/%0d%0aline/", f"/calendars/{secret}.ics"):
        client.get(f"{path}?q={question}")
    for _attempt in range(6):  # the last ones are refused by the count of failures
        sign_in(client, "edith")
    sign_in(client, SECRETS["mail"])
    client.get("/admin/", headers={"host": f"{question}.example.org"})
    client.handler.enforce_csrf_checks = True
    sign_in(client, "edith")
    client.handler.enforce_csrf_checks = False
    client.force_login(edith)
    client.get(f"/admin/articles/article/?q={question}")
    monkeypatch.setattr(calendar, "written", broken)
    client.get(f"/calendars/{secret}.ics?q={question}")
    return secret


def test_no_line_says_who_walked_or_what_they_read(lines, somebody, monkeypatch):
    secret = walk(somebody, monkeypatch)
    written = lines()
    assert len(written) > 15
    assert [line for line in written if any(one in line for one in [*SECRETS.values(), secret])] == []


@pytest.mark.parametrize("lines", [Json], indirect=True)
def test_each_request_has_a_line_with_its_id_and_pattern(lines, somebody, monkeypatch):
    cast.published()
    answer = somebody.get(f"/{SECRETS['page']}/?q=x")
    (line,) = [json.loads(line) for line in lines() if '"message": "request"' in line]
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "<slug:slug>/", 200)
    known = {"time", "level", "logger", "message", "request_id", "method", "route", "status", "milliseconds"}
    assert set(line) == known


@pytest.mark.parametrize("lines", [Json], indirect=True)
def test_the_id_on_the_page_leads_to_the_error_in_the_log(lines, somebody, monkeypatch, settings):
    settings.CONTACT_EMAIL = "info@example.org"
    monkeypatch.setattr(views, "shown", broken)
    answer = somebody.get(reverse("reading:home"))
    page = answer.content.decode()
    (error,) = [json.loads(line) for line in lines() if '"ERROR"' in line]
    assert answer.status_code == 500
    assert error["request_id"] == answer["X-Request-ID"]
    assert f'Reference: <code translate="no">{error["request_id"]}</code>' in page
    assert 'write to <a href="mailto:info@example.org">' in page
    assert (error["message"], error["route"]) == ("Internal Server Error", "(home)")
    assert "in home" in error["traceback"]
    assert error["exception"] == "ValueError"


def test_a_page_that_is_not_there_has_its_id_in_the_header_alone(somebody):
    answer = somebody.get("/nowhere/")
    assert answer.status_code == 404
    assert answer["X-Request-ID"]
    assert answer["X-Request-ID"] not in answer.content.decode()
