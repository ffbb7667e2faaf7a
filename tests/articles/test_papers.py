"""What a paper is, by what is in it and not by its name."""

import pytest

from articles import papers

pytestmark = [pytest.mark.pure, pytest.mark.once]
MAIL = b"Received: from a\r\n\tby b\r\nFrom: Rosa <rosa@example.org>\r\n\r\n"


@pytest.mark.parametrize(
    ("paper", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (MAIL + b"It is right.", "eml"),
        (MAIL + "Grüße".encode("latin-1"), "eml"),
        (b"It is right.\nFrom: Rosa", "txt"),
        ("Es ist gut, ☂.".encode(), "txt"),
        (b"<html>kept as text, and never shown</html>", "txt"),
    ],
)
def test_a_kind_is_told_by_the_content(paper, kind):
    assert papers.REVIEWS.check(paper) == kind


@pytest.mark.parametrize(
    "paper", [b"", b"  \n", b"GIF89a\x01\x00", b"PK\x03\x04", b"\x00text", "Grüße".encode("latin-1"), MAIL + b"\x00"]
)
def test_what_is_none_is_refused(paper):
    with pytest.raises(papers.NoPaper):
        papers.REVIEWS.check(paper)


def test_a_consent_is_no_text():
    with pytest.raises(papers.NoPaper, match="no PDF, JPEG or PNG"):
        papers.CONSENTS.check(b"I agree.")
