"""Headings inside a text go down one level at a time.
WCAG 2.2, technique G141 (Organizing a page using headings)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on the first smaller heading of a section that stands before any larger one."""
    for section in content.sections:
        first = next(((tag, text) for tag, text in markup.paragraphs(section.body) if tag in ("h3", "h4")), None)
        if first and first[0] == "h4":
            message = _("“%(heading)s” is a smaller heading without a larger one above it.")
            message %= {"heading": markup.text(first[1])}
            yield Finding("heading_order", Severity.HINT, section.anchor, message)
