"""A reader can look up what a statement leans on.
AMA Manual of Style, 11th ed., 3.15 (electronic references): an address leads to what was cited."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity, first_places
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak where a source is first cited whose page is gone; a hint where readers are led to an archived copy."""
    for anchor, source in first_places(content):
        stand = beside.stands(source.key)
        if stand.gone:
            message, severity = _said(copied=stand.copied)
            yield Finding("gone_source", severity, anchor, message % {"title": source.title}, source=source.key)


def _said(*, copied: bool) -> tuple[str, Severity]:
    if copied:
        return _("The page of “%(title)s” is gone. Readers are led to the archived copy."), Severity.HINT
    return _("The page of “%(title)s” is gone. Name an archived copy, or cite another source."), Severity.WARNING
