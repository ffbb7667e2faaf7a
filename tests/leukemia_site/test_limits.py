"""A body that is too large is not read."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from leukemia_site.limits import BodyLimitMiddleware

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
    assert (reply.status_code, reply.content) == (413, b"This is larger than 25 MB. Send a smaller file.")


def test_the_largest_picture_passes(settings):
    assert settings.BODY_MEGABYTES >= settings.FIGURE_MEGABYTES + 5


def test_it_stands_before_whoever_reads_a_form(settings):
    order = settings.MIDDLEWARE
    assert order.index("leukemia_site.limits.BodyLimitMiddleware") < order.index(
        "django.contrib.sessions.middleware.SessionMiddleware"
    )
