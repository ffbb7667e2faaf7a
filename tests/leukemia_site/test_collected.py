"""Static files are looked at when the first is asked for, and then all of them are there."""

from contextlib import closing

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from leukemia_site.collected import StaticMiddleware

pytestmark = pytest.mark.pure


@pytest.fixture
def middleware(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    for name in ("a.css", "b.css"):
        (settings.STATIC_ROOT / name).write_text(f"/* {name} */")
    return StaticMiddleware(lambda request: HttpResponse("a page"))


def said(middleware, address):
    with closing(middleware(RequestFactory().get(address))) as answer:
        return b"".join(answer)


def test_every_file_is_served(middleware):
    assert [said(middleware, f"/static/{name}.css") for name in "ab"] == [b"/* a.css */", b"/* b.css */"]
    assert said(middleware, "/static/c.css") == b"a page"


def test_who_reads_a_page_waits_for_no_file(middleware):
    assert said(middleware, "/a.css") == b"a page"
    assert middleware.files == {}
    assert said(middleware, "/static/a.css") == b"/* a.css */"
    assert len(middleware.files) == 2
