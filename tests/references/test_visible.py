"""A page is known again by its text: other dates and other news around it are the same page, other doses are not."""

import pytest

from references import visible

LINES = [
    f"In acute leukemia the {organ} can hold abnormal cells, so doctors look at it {when} treatment and write it down."
    for organ in ("marrow", "blood", "spleen", "liver", "brain", "skin")
    for when in ("before", "during", "long after")
]
TEXT = " ".join(LINES) + " The usual dose is 40 mg for 4 weeks."


def page(text=TEXT, around="", title="Leukemia"):
    return f"<html><title>{title}</title><nav>{around}</nav><main><h1>A</h1><p>{text}</p></main></html>".encode()


def mark(*args, **kwargs):
    return visible.read(page(*args, **kwargs)).fingerprint


@pytest.mark.parametrize(
    "other",
    [
        page(around="News of today: a fair on Sunday, " * 30),
        page(TEXT + " Updated October 3, 2026."),
        page(TEXT + " Updated 2026-10-03 at 14:05."),
        page(TEXT + " Read 3 weeks ago."),
        page(TEXT + " <script>nonce = 'd1e2a3d4'</script><!-- f00 -->"),
        page(TEXT.replace("acute leukemia", "<b>acute</b>\n leukemia")),
        page(TEXT.replace("write it down", "note it down", 1)),
    ],
)
def test_it_is_the_same_page(other):
    assert not visible.differs(mark(), visible.read(other).fingerprint)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("40 mg", "60 mg"),
        TEXT.replace("4 weeks", "6 weeks"),
        TEXT + " About 30% live longer.",
        " ".join(LINES[:9]) + " The usual dose is 40 mg for 4 weeks.",
        TEXT.replace("abnormal", "harmless").replace("doctors look at it", "nobody has to look at it"),
    ],
)
def test_it_is_another_text(text):
    assert visible.differs(mark(), mark(text))


def test_too_little_text_has_no_fingerprint_and_differs_from_nothing():
    assert mark("Too short.") == ""
    assert not visible.differs("", mark())


@pytest.mark.parametrize("body", [b"", b"\0\0\0", b"<", b"%PDF-1.7", b"\xff\xfe<\0h\0", b"<!-- only a comment -->"])
def test_what_is_no_page_is_an_empty_one(body):
    assert visible.read(body).fingerprint == ""
    assert visible.read(body, "no-such-charset").fingerprint == ""


def test_title_heading_and_words_are_read():
    found = visible.read(page(title=" A\n title "))
    assert (found.title, found.heading, found.words) == ("A title", "A", len(f"A {TEXT}".split()))
    assert found.free


def test_a_long_page_takes_a_moment():
    assert len(mark(TEXT * 400)) == 25
