"""What a reader needs at a glance is said once.
AHRQ PEMAT-P, item 8 (breaks information into short sections): two boxes with one label are no label."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.blocks import LABELS
from articles.checking.finding import Finding, Severity
from articles.content import GLANCE, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on the second and every later block of one kind."""
    seen = set[str]()
    for section in content.sections:
        if section.form in seen:
            message = _("“%(label)s” is there twice. Keep one.") % {"label": LABELS[section.form]}
            yield Finding("repeated_glance", Severity.WARNING, section.anchor, message)
        seen |= {section.form} & set(GLANCE)
