"""A family is one line of JSON, read back as it was; its head can be read alone."""

import json

import pytest

from leukemia_site.mirror import entries
from leukemia_site.mirror.entries import Entry, Family

pytestmark = pytest.mark.pure
PAGE = Entry(
    address="/a/",
    status=200,
    kind="text/html",
    headers={"X": '"quoted"'},
    files={"a/index.html": "d1", "a/index.html.gz": "d2"},
    links=("/a/history/", "/static/x.css"),
    leans_on=("page:a", "source:s"),
    valid_until=99.5,
)
GONE = Entry(address="/a/b/", status=410, files={"a/b/index.html": "d3"}, leans_on=("page:a",), valid_until=9.0)
MOVED = Entry(address="/a/c/", status=301, place="/new/c/")
LATER = Entry(address="/a/d.pdf", status=503)
FAMILY = Family(name="/a/", number=7, entries=(PAGE, GONE, MOVED, LATER))


def test_it_is_read_back_as_it_was():
    assert Family.read(FAMILY.line()) == FAMILY
    assert FAMILY.line().count("\n") == 1


def test_the_head_alone_says_what_must_be_known():
    head = entries.head_of(FAMILY.line())
    assert head == FAMILY.head
    assert head["leans_on"] == ["page:a", "source:s"]
    assert (head["valid_until"], head["number"], head["count"]) == (9.0, 7, 4)
    assert (head["assets"], head["gone"], head["later"]) == (["/static/x.css"], ["/a/b/"], ["/a/d.pdf"])
    assert head["moved"] == {"/a/c/": "/new/c/"}


def test_a_line_is_plain_json():
    assert json.loads(FAMILY.line())["entries"][0]["address"] == "/a/"


def test_all_its_files_are_told():
    assert entries.files_of(FAMILY.line()) == {"a/index.html": "d1", "a/index.html.gz": "d2", "a/b/index.html": "d3"}
