"""What a picture shows is not said in the words of its caption: a listener would hear the same twice, and see nothing.
WCAG 2.2, success criterion 1.1.1 (Non-text Content): the text serves the purpose that the picture serves."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity, name_of_figure
from articles.content import FIGURE, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a text in the place of a picture that is the caption once more."""
    for section in content.sections:
        alt = _run_on(section.alt)
        if section.form == FIGURE and alt and alt == _run_on(markup.text(section.body)):
            message = _("The caption of %(figure)s and what its picture shows are the same words.")
            message = message % {"figure": name_of_figure(section)}
            yield Finding("repeated_alternative", Severity.WARNING, section.anchor, message)


def _run_on(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
