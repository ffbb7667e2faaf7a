"""A page that calls itself medically reviewed has medical text to review.
HONcode, principle 1 (Authoritative): the medical part is what a qualified person answers for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity
from articles.content import MEDICAL, Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on a page whose sections are all institutional, or that has none."""
    if not any(section.kind == MEDICAL for section in content.sections):
        yield Finding("no_medical_section", Severity.BLOCKING, "", _("The page has no medical section to review."))
