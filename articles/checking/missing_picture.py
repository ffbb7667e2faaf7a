"""A figure has a picture: a caption that speaks of one which is not there leaves readers looking for it.
AHRQ PEMAT-P, item 16 (visual aids reinforce rather than distract from the content)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity, name_of_figure
from articles.content import FIGURE, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a figure without a picture."""
    for section in content.sections:
        if section.form == FIGURE and not section.figure:
            message = _("%(figure)s has no picture. Upload one, or choose one of the library.")
            message = message % {"figure": name_of_figure(section)}
            yield Finding("missing_picture", Severity.BLOCKING, section.anchor, message)
