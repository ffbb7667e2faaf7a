"""A work whose publisher expressed concern about it may be retracted yet.
AMA Manual of Style, 11th ed., 5.4 (expression of concern): it warns those who rely on a work."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity, first_places
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak where a doubted source is first cited."""
    for anchor, source in first_places(content):
        if beside.stands(source.key).doubted:
            message = _("The publisher of “%(title)s” expressed concern about it. Is there a better source?")
            yield Finding(
                "doubted_source", Severity.WARNING, anchor, message % {"title": source.title}, source=source.key
            )
