"""No two sections have the same heading, so that a list of headings tells them apart.
WCAG 2.2, success criterion 2.4.6 (Headings and Labels)."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity
from articles.content import STORY, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on the second and every later section under one heading, whatever its capitals."""
    seen: Counter[str] = Counter()
    for section in content.sections:
        if section.form == STORY:
            continue  # readers see the title of the story
        heading = " ".join(section.heading.split())
        seen[heading.casefold()] += 1
        if heading and seen[heading.casefold()] > 1:
            message = _("Another section above has the heading “%(heading)s”, too.") % {"heading": heading}
            yield Finding("repeated_heading", Severity.WARNING, section.anchor, message)
