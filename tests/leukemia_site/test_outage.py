"""While the database is away: a calm page for whatever needs it, and nothing said of what is wrong."""

import json
import logging

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client, RequestFactory

from leukemia_site import csp, outage
from leukemia_site.front.changes import Answer
from leukemia_site.front.offer import ENVIRON, Offer
from leukemia_site.gone import Gone
from leukemia_site.observing.lines import Json

pytestmark = pytest.mark.django_db
KINDS = ("OperationalError", "InterfaceError")
ROUTES = ["<slug:slug>/", "calendars/<str:secret>.ics"]
SECRET = "connection to server at 10.0.0.7 failed"


@pytest.fixture(params=[OperationalError, InterfaceError])
def _away(request, monkeypatch):
    def fails(*args, **kwargs):
        raise request.param(SECRET)

    monkeypatch.setattr(CursorWrapper, "execute", fails)


@pytest.mark.usefixtures("_away")
@pytest.mark.parametrize("address", ["/", "/a-page/", "/admin/login/", "/admin/", "/reviewers/", "/sitemap.xml"])
def test_whatever_needs_it_says_that_it_will_be_back(address):
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    page = answer.content.decode()
    assert "will be back in a moment" in page
    assert "In an emergency, call 911" in page
    assert SECRET not in page
    assert answer["Content-Security-Policy"] == csp.styled(page) != csp.BASE


@pytest.mark.usefixtures("_away")
def test_health_is_well(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.usefixtures("_away")
@pytest.mark.parametrize("address", ["/a-page/", "/a-page/editions/1/"])
def test_a_page_that_is_known_to_be_withdrawn_is_gone(settings, tmp_path, address):
    """On 503 a web server before us would look into the mirror, which may still have its words."""
    settings.GONE_ROOT = tmp_path / "withdrawn"
    answer = Answer(1, ((1, "page:a-page"),), gone=frozenset({"page:a-page"}))
    Gone(settings.GONE_ROOT).heard(answer, still=frozenset)
    client, offer = Client(raise_request_exception=False), Offer()
    reply = client.get(address, **{ENVIRON: offer})
    assert (reply.status_code, reply["Cache-Control"], offer.away, offer.kept) == (410, "no-store", True, False)
    assert b"This page has been withdrawn" in reply.content
    assert client.get("/another/").status_code == 503


@pytest.mark.usefixtures("_away")
def test_it_is_written_down_in_one_line_without_what_was_said(caplog):
    with caplog.at_level(logging.ERROR):
        Client(raise_request_exception=False).get("/a-page/")
    (line,) = caplog.records
    assert line.getMessage() in {f"the database could not be asked: {kind}" for kind in KINDS}
    assert line.exc_info is None
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("_away")
def test_no_line_names_the_page_or_the_secret_of_a_calendar(caplog):
    for address in ("/a-page/", "/calendars/0123456789abcdef.ics"):
        Client(raise_request_exception=False).get(address)
    lines = [Json().format(record) for record in caplog.records]
    assert [json.loads(line)["route"] for line in lines if "could not be asked" in line] == ROUTES
    assert [line for line in lines if "a-page" in line or "0123456789abcdef.ics" in line] == []


@pytest.mark.usefixtures("_away")
def test_the_page_names_the_id_under_which_the_log_has_it(caplog):
    answer = Client(raise_request_exception=False).get("/a-page/")
    line = json.loads(Json().format(caplog.records[0]))
    assert f'Reference: <code translate="no">{line["request_id"]}</code>' in answer.content.decode()
    assert answer["X-Request-ID"] == line["request_id"]


@pytest.mark.usefixtures("_away")
def test_who_keeps_pages_hears_of_it(client):
    offer = Offer()
    client.get("/a-page/", **{ENVIRON: offer})
    assert offer.away
    assert not offer.kept


def test_another_error_of_the_database_is_an_error_of_ours():
    request = RequestFactory().get("/")
    assert outage.OutageMiddleware(lambda request: None).process_exception(request, DatabaseError("wrong")) is None
    try:
        raise DatabaseError(SECRET)
    except DatabaseError:
        assert outage.server_error(request).status_code == 500


def test_what_fails_outside_of_a_view_is_answered_calmly_too():
    try:
        raise OperationalError(SECRET)
    except OperationalError:
        assert outage.server_error(RequestFactory().get("/")).status_code == 503
