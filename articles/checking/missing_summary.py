"""The most important message comes first, in a few sentences.
CDC Clear Communication Index, items 1 and 2; AHRQ PEMAT-P, item 11 (provides a summary)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a page without a summary."""
    if not markup.text(content.summary):
        message = _("The page has no summary. Say in two or three sentences what a reader needs first.")
        yield Finding("missing_summary", Severity.WARNING, "", message)
