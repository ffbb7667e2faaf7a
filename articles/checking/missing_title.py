"""A page has a title that says what it is about.
WCAG 2.2, success criterion 2.4.2 (Page Titled)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity
from articles.content import Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a page without a title."""
    if not content.title.strip():
        yield Finding("missing_title", Severity.BLOCKING, "", _("The page has no title."))
