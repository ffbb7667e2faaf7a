"""What may be said of a request."""

from types import SimpleNamespace

import pytest

from leukemia_site.observing import routes


def request(path="/", route=None):
    match = None if route is None else SimpleNamespace(route=route)
    return SimpleNamespace(path_info=path, method="GET", resolver_match=match)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (request("/told-page/", "<slug:slug>/"), "<slug:slug>/"),
        (request("/", ""), "(home)"),
        (request("/nowhere/"), "(none)"),
        (request("/static/css/print.css"), "(static)"),
    ],
)
def test_a_route_is_the_pattern_and_never_the_address(asked, told):
    assert routes.route(asked, "/static/") == told


@pytest.mark.parametrize(("method", "told"), [("GET", "GET"), ("BREW", "other"), (None, "other")])
def test_visitors_can_not_make_up_methods(method, told):
    assert routes.method(method) == told
