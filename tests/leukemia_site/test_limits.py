"""A body that is too large is not read."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, HttpResponseNotAllowed

from leukemia_site.limits import BodyLimitMiddleware, MethodMiddleware

pytestmark = pytest.mark.pure


class Unread:
    """A body that nobody may read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


def asked(length, rf):
    request = WSGIRequest({**rf.post("/").environ, "CONTENT_LENGTH": length, "wsgi.input": Unread()})
    return BodyLimitMiddleware(lambda _request: HttpResponse("in"))(request)


@pytest.mark.parametrize("length", ["", "0", str(25 * 2**20)])
def test_what_is_no_larger_than_it_may_be_passes(length, rf, settings):
    settings.BODY_MEGABYTES = 25
    assert asked(length, rf).content == b"in"


def test_what_is_larger_is_refused_unread_and_in_words(rf, settings):
    settings.BODY_MEGABYTES = 25
    reply = asked(str(25 * 2**20 + 1), rf)
    assert (reply.status_code, reply["Cache-Control"]) == (413, "no-store")
    assert "At most 25 MB can be sent at once" in " ".join(reply.content.decode().split())


def test_the_largest_picture_passes(settings):
    assert settings.BODY_MEGABYTES >= settings.FIGURE_MEGABYTES + 5


def test_it_stands_before_whoever_reads_a_form(settings):
    order = settings.MIDDLEWARE
    assert order.index("leukemia_site.limits.BodyLimitMiddleware") < order.index(
        "django.contrib.sessions.middleware.SessionMiddleware"
    )


def test_who_asks_in_a_way_that_is_not_taken_reads_what_to_do(rf):
    reply = MethodMiddleware(lambda _request: HttpResponseNotAllowed(["POST"]))(rf.get("/"))
    assert (reply.status_code, reply["Allow"], reply["Cache-Control"]) == (405, "POST", "no-store")
    assert b"go back to the page before" in reply.content


def test_an_answer_with_words_of_its_own_keeps_them(rf):
    for said in (HttpResponse("in"), HttpResponseNotAllowed(["POST"], "own")):
        assert MethodMiddleware(lambda _request, said=said: said)(rf.get("/")) is said


@pytest.mark.parametrize(("address", "method"), [("/", "put"), ("/a-page/", "options"), ("/healthz", "post")])
def test_the_site_has_that_page(client, address, method):
    reply = getattr(client, method)(address)
    assert (reply.status_code, int(reply["Content-Length"])) == (405, len(reply.content))
    assert b"cannot be opened like this" in reply.content


@pytest.mark.django_db
def test_a_form_may_hold_the_lines_of_a_large_file(client):
    """They come back in a box where something else in the form was wrong, and are sent once more."""
    assert client.post("/admin/login/", {"lines": "a" * 3_100_000}).status_code == 200
    assert client.post("/admin/login/", {"lines": "a" * 9_000_000}).status_code == 400
