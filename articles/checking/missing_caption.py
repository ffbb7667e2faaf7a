"""A figure has a caption that says what to learn from it.
AHRQ PEMAT-P, item 17 (visual aids have clear titles or captions)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity, name_of_figure
from articles.content import FIGURE, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a figure without a caption."""
    for section in content.sections:
        if section.form == FIGURE and not (markup.text(section.body).strip() or section.erased):
            message = _("%(figure)s has no caption. Say under the picture what there is to see, and why it matters.")
            message = message % {"figure": name_of_figure(section)}
            yield Finding("missing_caption", Severity.BLOCKING, section.anchor, message)
