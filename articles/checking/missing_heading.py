"""Every section has a heading that says what is in it.
WCAG 2.2, success criterion 2.4.6 (Headings and Labels); AHRQ PEMAT-P, item 9 (informative headers)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity
from articles.content import FIGURE, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a section without a heading. A figure may stand under the one before it."""
    for number, section in enumerate(content.sections, start=1):
        if not section.heading.strip() and section.form != FIGURE:
            message = _("Section %(number)d has no heading.") % {"number": number}
            yield Finding("missing_heading", Severity.BLOCKING, section.anchor, message)
