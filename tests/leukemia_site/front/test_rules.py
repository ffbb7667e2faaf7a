"""Which requests the front answers, and that it is never more generous than Django."""

import pytest
from django.http.request import split_domain_port, validate_host
from hypothesis import given
from hypothesis import strategies as st

from leukemia_site.front.rules import Rules, is_allowed, only_trackers
from tests.leukemia_site.front.kept import HOST

PLAIN = {"REQUEST_METHOD": "GET", "PATH_INFO": "/a/", "HTTP_HOST": HOST, "wsgi.url_scheme": "https", "QUERY_STRING": ""}
HOSTS = ["example.org", ".example.com", "EXAMPLE.net", "[::1]", "127.0.0.1"]


def rules(**changes):
    usual = {"hosts": [HOST], "https": True, "behind_proxy": False, "cookie": "sessionid", "elsewhere": ("/admin/",)}
    return Rules(**usual | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"REQUEST_METHOD": "HEAD"},
        {"HTTP_HOST": HOST.upper()},
        {"HTTP_HOST": f"{HOST}:8000"},
        {"HTTP_COOKIE": "seen=yes; csrftoken=abc"},
        {"QUERY_STRING": "utm_source=letter&utm_medium=mail&gclid=1"},
        {"HTTP_IF_NONE_MATCH": '"a"', "HTTP_RANGE": "bytes=0-1"},
    ],
)
def test_a_plain_request_is_answered(changes):
    assert rules().address(PLAIN | changes) == "/a/"


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "get"},
        {"HTTP_HOST": "evil.example.org"},
        {"HTTP_HOST": ""},
        {"wsgi.url_scheme": "http"},
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_IF_MATCH": '"a"'},
        {"HTTP_IF_UNMODIFIED_SINCE": "Mon, 30 Nov 2026 00:00:00 GMT"},
        {"QUERY_STRING": "page=2"},
        {"QUERY_STRING": "utm_source=letter&page=2"},
        {"QUERY_STRING": "utm_source=letter;page=2"},
        {"SCRIPT_NAME": "/prefix"},
        {"SCRIPT_URL": "/a/"},
    ],
)
def test_everything_else_is_left_to_django(changes):
    assert rules().address(PLAIN | changes) is None


@pytest.mark.parametrize("said", ["https", "https, http", " https "])
def test_a_proxy_says_how_the_visitor_came(said):
    asked = PLAIN | {"wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": said}
    assert rules(behind_proxy=True).address(asked) == "/a/"
    assert rules().address(asked) is None  # anybody could claim it


@pytest.mark.parametrize("said", ["http", "http, https", ""])
def test_a_proxy_that_says_http_is_believed(said):
    assert rules(behind_proxy=True).address(PLAIN | {"HTTP_X_FORWARDED_PROTO": said}) is None


@pytest.mark.parametrize("path", ["/", "/a/", "/a/editions/1/", "/sitemap.xml", "/.well-known/security.txt", "/a"])
def test_a_page_can_stand_at_a_plain_address(path):
    assert rules().may_be_page(path)


@pytest.mark.parametrize(
    "path", ["", "a", "//", "/a//b/", "/ü/", "/a b/", "/a%20/", "/admin/", "/a/handout.pdf", "/" + "a" * 600]
)
def test_no_page_stands_at_another(path):
    assert not rules().may_be_page(path)


@given(
    st.one_of(
        st.text("exampl.orgcnt[]:1270-_ /@E", max_size=30),
        st.builds(
            "{}{}{}".format,
            st.sampled_from(["", "a.", "."]),
            st.sampled_from(HOSTS),
            st.sampled_from(". :80 :".split(" ")),
        ),
    ),
    st.lists(st.sampled_from([*HOSTS, "*", ""]), max_size=3),
)
def test_a_host_is_ours_when_django_says_so(host, hosts):
    domain, _port = split_domain_port(host)
    assert is_allowed(host, hosts) == bool(domain and validate_host(domain, hosts))


def test_a_host_is_looked_at_once_and_no_flood_of_names_is_remembered():
    ours = rules(hosts=[".example.org"])
    for number in range(500):
        assert ours.address(PLAIN | {"HTTP_HOST": f"a{number}.example.org"}) == "/a/"
        assert ours.address(PLAIN | {"HTTP_HOST": f"a{number}.example.com"}) is None
    assert len(ours._known) == 100


@pytest.mark.parametrize(
    "query", ["utm_x", "UTM_SOURCE=a", "utm_source", "fbclid=1&x=2", "a=gclid=1", "gclid=1%26page=2&b"]
)
def test_whatever_might_mean_something_is_no_tracker(query):
    assert not only_trackers(query)
