"""Pages for when something is wrong: they ask nothing of the database, which may be what is wrong."""

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.views import defaults

from leukemia_site import replicas

# No django_db mark: a test that asked the database for something would fail.


@pytest.fixture
def request_for_nothing():
    return RequestFactory().get("/nothing/")


def shown(response, status):
    assert response.status_code == status
    text = response.content.decode()
    assert "<h1>" in text
    assert "In an emergency, call 911" in text
    return text


def test_not_found_needs_no_database(client):
    assert "There is no page at this address" in shown(client.get("/a/b/c/"), 404)


def test_not_found_does_not_repeat_what_was_asked_for(client):
    assert "danger" not in shown(client.get("/a/danger<script>/"), 404)


def test_a_server_error_needs_no_database(request_for_nothing):
    assert "Something went wrong on our side" in shown(defaults.server_error(request_for_nothing), 500)


def test_a_forbidden_page_needs_no_database(request_for_nothing):
    response = defaults.permission_denied(request_for_nothing, PermissionDenied())
    assert "not open to you" in shown(response, 403)


def test_a_bad_request_needs_no_database(request_for_nothing):
    assert "could not understand" in shown(defaults.bad_request(request_for_nothing, ValueError()), 400)


def test_health_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"].startswith("text/plain")


def test_whether_the_process_lives_is_asked_of_no_copy_of_the_database(client, monkeypatch):
    """One that hangs would have the load balancer take the machine away."""
    monkeypatch.setattr(replicas, "copies", copies := replicas.Copies(["replica"]))
    monkeypatch.setattr(copies, "choose", mock.Mock(side_effect=AssertionError("asked")))
    assert client.get("/healthz").status_code == 200
