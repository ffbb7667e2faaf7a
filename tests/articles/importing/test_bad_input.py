"""Bad files: read where that is certain, else refused once, by file, place and remedy; quickly, in little memory."""

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articles import importing
from tests.articles.importing import reading

BODY = "It’s a cancer of the blood – and it is “acute”.\nIt grows quickly.\n"
PAGE = f"Acute Leukemia\n{BODY}"
REFERENCES = "1. Roe J. One of two. J Example. 2020;1(1):1-9.\n2. Doe J. Two of two. J Example. 2021;2(1):1-9.\n"


def refused(data, name="page.txt") -> str:
    with pytest.raises(importing.Refused) as refusal:
        reading.read(data, name)
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_where_its_encoding_is_certain(encoding):
    manuscript = reading.read(PAGE.encode(encoding))
    assert "It’s a cancer of the blood – and it is “acute”." in manuscript.content.summary


def test_windows_1252_is_read_and_reported():
    assert any("read as Windows-1252" in note for note in reading.read(PAGE.encode("cp1252")).notes)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32", "mac-roman", "shift-jis"])
def test_an_encoding_that_is_not_certain_is_refused(encoding):
    message = refused(PAGE.replace("’", "é").encode(encoding, "replace"))
    assert message.startswith("page.txt: ")
    assert "byte" in message
    assert "UTF-8" in message


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\u2028", "\x0c"])
def test_lines_end_in_many_ways(end):
    assert reading.read(PAGE.replace("\n", end)).content == reading.read(PAGE).content


@pytest.mark.parametrize(
    ("data", "place", "remedy"),
    [
        (b"", "the file is empty", "Save the document again"),
        (b" \n\t ", "the file is empty", "Save the document again"),
        (bytes(range(256)) * 4, "byte 128 (line 3)", "UTF-8"),
        (b"PK\x03\x04" + b"\0" * 50, "Word (.docx)", "save it as plain text"),
        (b"%PDF-1.7\n", "PDF", "save it as plain text"),
        (PAGE.replace("cancer", "can\0cer").encode(), "(line 2)", "UTF-8"),
        (PAGE.split("\n", 1)[1].encode(), "no title (line 1)", "alone on the first line"),
        (REFERENCES.encode(), "(line 1)", "alone on the first line"),
        (f"Sources\n{REFERENCES}".encode(), "(line 1)", "alone on the first line"),
        (f"Acute Leukemia\nReferences\n{REFERENCES}".encode(), "(line 2 on)", "Add the text"),
        (b"Acute Leukemia\n", "no text after the title", "Add the text"),
        (b"Acute Leukemia\nApril 3, 2024\nReviewed by Jane Roe, MD\n", "no text after the title", "Add the text"),
    ],
)  # fmt: skip
def test_the_refusal_names_file_place_and_remedy(data, place, remedy):
    message = refused(data)
    assert message.startswith("page.txt: ")
    assert place in message
    assert remedy in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("<p>No heading and no browser title.</p>", "no <h1> and no <title>"),
        ("<h1>Only a title</h1>", "no text after the title"),
        (f"<h1>T</h1><h2>References</h2><ol><li>{REFERENCES[3:48]}</li></ol>", "only a title and references"),
        ("<h1>T</h1>" + "<div>" * 50_000 + "deep", "more than 400 levels deep (line 1)"),
        ("<h1>T</h1>" + "<p>a" * 50_002, "more than 50000 HTML tags (line 1 on)"),
        ("<h1>T</h1><script>alert('only a script')</script>", "no text after the title"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused(page, place):
    message = refused(page, "page.html")
    assert message.startswith("page.html: ")
    assert place in message


def test_an_unknown_format_is_refused():
    with pytest.raises(importing.Refused, match="Use text or html"):
        importing.read(PAGE.encode(), "page.txt", "docx", today=reading.TODAY)


def test_scripts_of_a_page_are_never_kept():
    page = "<h1>T</h1><script>steal()</script><p onclick='steal()'>Hello <a href='javascript:steal()'>you</a>.</p>"
    manuscript = reading.read(page + "<style>p{}</style><iframe srcdoc='steal()'></iframe>", "page.html")
    assert manuscript.content.summary == "<p>Hello you.</p>"
    assert "steal" not in repr(manuscript)


def test_a_page_that_names_its_encoding_is_read_so():
    page = '<html><head><meta charset="iso-8859-2"></head><body><h1>Białaczka</h1><p>Ostra białaczka.</p></body></html>'
    assert reading.read(page.encode("iso-8859-2"), "page.html").content.title == "Białaczka"


@pytest.mark.parametrize(
    ("title", "body", "language"),
    [("سرطان الدم", "سرطان الدم مرض يصيب الدم ونخاع العظم.", "ar"), ("לוקמיה", "לוקמיה היא סרטן של הדם.", "he")],
)
def test_text_from_right_to_left_is_read(title, body, language):
    manuscript = reading.read(f"{title}\n{body}")
    assert (manuscript.content.title, manuscript.content.language) == (title, language)
    assert manuscript.content.summary == f"<p>{body}</p>"


SENTENCE = "Acute leukemia is a cancer of the blood, and it is treated with chemotherapy.[1] "
REFERENCE = "Roe J. A title that goes on. J Example. 2020;{n}(1):1-9. https://example.org/a/{n}"
# Just under what is refused for its size, but for the first.
HUGE = {
    "20 MB in one line": lambda: b"word " * 4_000_000,
    "half a MB in one line": lambda: ("Title\n" + SENTENCE * 6_000).encode(),
    "one word of half a MB": lambda: b"Title\n" + b"a" * 490_000,
    "markers": lambda: ("Title\n" + "word.[1] " * 50_000 + "\nReferences\n1. " + REFERENCE.format(n=1)).encode(),
    "addresses": lambda: b"Title\nSome words.\n" + b"https://example.org/a " * 20_000,
    "short lines": lambda: b"Title\n" + b"Word\n\n" * 4_900,
    "bullets": lambda: b"Title\n" + b"- item\n" * 9_900,
    "deep bullets": lambda: ("Title\n" + "".join(" " * n + "- item\n" for n in range(900))).encode(),
    "references": lambda: (
        "Title\nSome words.\nReferences\n" + "\n".join(f"{n}. {REFERENCE.format(n=n)}" for n in range(1, 5_000))
    ).encode(),
    "brackets": lambda: b"Title\n" + b"(" * 490_000,
    "bylines": lambda: b"Title\n" + b"Reviewed by Jane Roe, MD\n" * 9_900,
    "deep.html": lambda: b"<h1>T</h1>" + b"<div>" * 50_000 + b"x",
    "closed deep.html": lambda: b"<h1>T</h1>" + b"<b>" * 50_000 + b"x" + b"</b>" * 50_000,
    "angle brackets.html": lambda: b"<h1>T</h1>" + b"<" * 490_000,
    "comments.html": lambda: b"<h1>T</h1><p>x</p>" + b"<!--" * 400_000,
    "attributes.html": lambda: b"<h1>T</h1><p " + b'a="' * 600_000,
    "ampersands.html": lambda: b"<h1>T</h1><p>" + b"&amp" * 240_000,
    "cells.html": lambda: b"<h1>T</h1><table>" + b"<tr><td>a<td>b" * 16_000,
    "paragraphs.html": lambda: b"<h1>T</h1>" + b"<p>word one." * 40_000,
    "links.html": lambda: b"<h1>T</h1><p>" + b"<a href='http://x.y'>a</a> " * 24_000,
}


def peak() -> float:
    """The most memory of this process, in megabytes. Where there is /proc, not counting that of who started it."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def measured(*names: str) -> None:
    """Run in a process of its own: read the files and print what became of each, with time and memory."""
    for name in names:
        data = HUGE[name]()
        began = time.process_time()
        try:
            reading.read(data, name if name.endswith(".html") else f"{name}.txt")
            outcome = "read"
        except importing.Refused as refusal:
            outcome = str(refusal)
        seconds = time.process_time() - began
        megabytes = peak()
        print(json.dumps({"name": name, "outcome": outcome, "seconds": seconds, "megabytes": megabytes}))


ALONE = ("20 MB in one line", "deep.html", "closed deep.html")


@pytest.mark.parametrize("names", [*((name,) for name in ALONE), tuple(sorted(HUGE.keys() - set(ALONE)))])
def test_huge_files_take_under_10_seconds_and_300_megabytes(names):
    code = (
        "import django; django.setup(); from tests.articles.importing import test_bad_input;"
        f" test_bad_input.measured(*{names!r})"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert [result["name"] for result in results] == list(names)
    for result in results:
        assert result["seconds"] < 10, result
        assert result["megabytes"] < 300, result
        assert result["outcome"] == "read" or result["outcome"].startswith(result["name"]), result
