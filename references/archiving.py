"""Archived copies of web pages: how their addresses look, and where somebody would search for one. Asks no network."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_COPY = re.compile(r"https://web\.archive\.org/web/\d{14}/https?://[^\s/]+\S*")


def validate_copy(value: str) -> None:
    """Accept the address of one copy, of one moment, in the Wayback Machine."""
    if not _COPY.fullmatch(value):
        raise ValidationError(
            _(
                "Write the address of one copy, with its date and time in fourteen digits, such as"
                " https://web.archive.org/web/20240117120000/https://example.org/page."
            )
        )


def proposal(url: str, accessed: date | None) -> str:
    """Where a person finds the copies of that address, at the day on which somebody read it; "" without an address."""
    day = accessed.strftime("%Y%m%d") if accessed else ""
    return f"https://web.archive.org/web/{day}*/{url}" if url else ""
