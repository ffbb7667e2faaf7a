"""A page that tells symptoms says when to get help, and whom to call.
AHRQ PEMAT-P, item 20 (clearly identifies at least one action the user can take); NHS service manual, care cards."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity
from articles.content import GLANCE, HELP, Content, SectionContent

_SYMPTOMS = re.compile(r"\b(?:symptoms?|warning signs|signs of)\b", re.I)  # headings are read in English


def find(content: Content) -> Iterator[Finding]:
    """Speak on the first section about symptoms of a page without a block that says when to get help."""
    if any(section.form in HELP for section in content.sections):
        return
    telling = next(filter(_tells_symptoms, content.sections), None)
    if telling:
        message = _("The page tells symptoms, and not when to get help. Add a block “When to get help”.")
        yield Finding("missing_help", Severity.HINT, telling.anchor, message)


def _tells_symptoms(section: SectionContent) -> bool:
    return section.form == GLANCE[2] or bool(_SYMPTOMS.search(section.heading))
