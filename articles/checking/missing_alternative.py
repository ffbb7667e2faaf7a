"""A figure says in words what its picture shows, for those who do not see it.
WCAG 2.2, success criterion 1.1.1 (Non-text Content), level A."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity, name_of_figure
from articles.content import FIGURE, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a picture without a text in its place."""
    for section in content.sections:
        if section.form == FIGURE and section.figure and not (section.alt.strip() or section.figure_erased):
            message = _("%(figure)s does not say in words what the picture shows.")
            message = message % {"figure": name_of_figure(section)}
            yield Finding("missing_alternative", Severity.BLOCKING, section.anchor, message)
