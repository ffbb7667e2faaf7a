"""An archived copy is one copy of one moment, entered by a person who saw it; where to look is proposed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from references import archiving
from references.models import Source
from tests.articles.admin import desk

COPY = "https://web.archive.org/web/20240117120000/https://example.org/what?a=1&b=2"


@pytest.mark.parametrize("good", [COPY, "https://web.archive.org/web/20240117120000/http://example.org"])
def test_it_works(good):
    archiving.validate_copy(good)


@pytest.mark.parametrize(
    "bad",
    [
        "https://example.org/what",
        "http://web.archive.org/web/20240117120000/https://example.org/",
        "https://web.archive.org/web/2024*/https://example.org/",
        "https://web.archive.org/web/20240117120000/",
        "https://web.archive.org/web/20240117120000/javascript:alert(1)",
        "https://web.archive.org.evil.example/web/20240117120000/https://example.org/",
        f"{COPY} and more",
    ],
)
def test_anything_else_is_refused(bad):
    with pytest.raises(ValidationError, match="one copy"):
        archiving.validate_copy(bad)


def test_a_person_is_led_to_the_copies_of_the_day_of_access():
    address = "https://web.archive.org/web/20260101*/https://example.org/what"
    assert archiving.proposal("https://example.org/what", date(2026, 1, 1)) == address
    assert archiving.proposal("https://example.org/what", None) == (
        "https://web.archive.org/web/*/https://example.org/what"
    )
    assert archiving.proposal("", None) == ""


@pytest.mark.django_db
def test_the_record_takes_a_copy_and_refuses_what_is_none():
    source = Source.objects.create(title="Facts", url="https://example.org/what")
    address = f"/admin/references/source/{source.pk}/change/"
    browser = desk.client()
    assert "https://web.archive.org/web/*/https://example.org/what" in browser.get(address).content.decode()
    fields = {"kind": "web", "title": "Facts", "url": source.url}
    refused = browser.post(address, {**fields, "archived": "https://example.org/copy"})
    assert "Write the address of one copy" in refused.content.decode()
    assert browser.post(address, {**fields, "archived": COPY}).status_code == 302
    source.refresh_from_db()
    assert source.archived == COPY
