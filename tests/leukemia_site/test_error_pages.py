"""The pages for what went wrong: they need no database, look like the house, and say what to do."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

from articles.reading import serving
from leukemia_site import csp, outage
from leukemia_site.branding import Logo
from leukemia_site.limits import BodyLimitMiddleware, MethodMiddleware
from leukemia_site.observing import request_ids

pytestmark = pytest.mark.pure  # none of these asks the database

WRONG = {
    400: lambda request: defaults.bad_request(request, SuspiciousOperation()),
    403: lambda request: defaults.permission_denied(request, PermissionDenied()),
    404: lambda request: serving.not_found(request, Http404()),
    405: MethodMiddleware(lambda request: HttpResponseNotAllowed(["POST"])),
    413: BodyLimitMiddleware(lambda request: HttpResponse()),
    500: defaults.server_error,
    503: lambda request: outage.unavailable(request, OperationalError()),
}


def asked():
    """What is refused for its size where anything is."""
    return RequestFactory().get("/somewhere/", CONTENT_LENGTH=str(10**12))


@pytest.fixture(params=WRONG, ids=str)
def wrong(request):
    """The page of one error, as it leaves the house. No test here may ask the database."""
    answer = csp.PolicyMiddleware(WRONG[request.param])(asked())
    assert answer.status_code == request.param
    return answer


def test_it_is_whole_in_itself(wrong):
    page = wrong.content.decode()
    assert "Example Hospital" in page
    assert "In an emergency, call 911" in page
    assert '<meta name="robots" content="noindex">' in page
    assert wrong["Content-Security-Policy"] == csp.styled(page) != csp.BASE


@pytest.fixture
def branded(settings):
    settings.ORGANIZATION_NAME = "St. Example & Sons"
    settings.LOGO = Logo(b"", "image/png", 300, 80, "logo-abc.png")
    settings.CONTACT_PHONE, settings.CONTACT_ADDRESS = "+1 (555) 010-0100", "1 Example Street"


def test_it_bears_logo_number_and_address(branded, wrong):
    page = wrong.content.decode()
    logo = re.search(r'<a href="/" class="house"><img src="/brand/logo-abc.png"([^>]*)>', page)[1]
    assert logo == ' alt="St. Example &amp; Sons" width="300" height="80"'
    assert page.count('<a href="tel:+15550100100"') == 2
    assert "1 Example Street" in page.partition("<footer")[2]


def test_without_them_it_is_only_the_name(wrong):
    page = wrong.content.decode()
    assert "<strong>Example Hospital</strong>" in page
    assert [sign for sign in ("<img", "tel:", "<address") if sign in page] == []


def test_it_says_under_which_id_the_log_has_it_but_where_nobody_mends_anything():
    for status, made in WRONG.items():
        with request_ids.during("0123456789abcdef"):
            page = made(asked()).content.decode()
        assert ("Reference: <code" in page and "0123456789abcdef" in page) == (status != 404)


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("CONTACT_EMAIL", "info@example.org", 'write to <a href="mailto:info@example.org">'),
        ("CONTACT_PHONE", "+1 (555) 010-0100", 'call <a href="tel:+15550100100">'),
        ("CONTACT_EMAIL", "", "to whoever runs the site"),
    ],
)
def test_it_says_whom_to_tell(settings, setting, value, told):
    setattr(settings, setting, value)
    with request_ids.during("0123456789abcdef"):
        assert told in defaults.server_error(RequestFactory().get("/")).content.decode()


def test_a_form_that_can_not_be_taken_says_what_to_do():
    answer = csp.PolicyMiddleware(csrf_failure)(RequestFactory().post("/admin/"))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing was saved. Go back" in page
    assert "CSRF" not in page
    assert answer["Content-Security-Policy"] == csp.styled(page) != csp.BASE
