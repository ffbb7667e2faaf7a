"""A work that was retracted supports nothing any more.
AMA Manual of Style, 11th ed., 5.4 (scientific misconduct; retraction): retracted work is not relied on."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity, first_places
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak where a retracted source is first cited. That nothing is published with it, publication sees to."""
    for anchor, source in first_places(content):
        if beside.stands(source.key).retracted:
            message = _("“%(title)s” has been retracted. Cite another source, or take the statement out.")
            yield Finding(
                "retracted_source", Severity.WARNING, anchor, message % {"title": source.title}, source=source.key
            )
