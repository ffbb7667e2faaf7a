"""Do not keep the place of a story whose consent has ended or was withdrawn: readers see it no more.
GDPR, Art. 7(3) (withdrawal of consent); 45 CFR 164.508(b)(5) (revocation of an authorization)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity
from articles.content import STORY, Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak on a section whose story may not be shown today."""
    for section in content.sections:
        if section.form == STORY and section.story and (section.story, section.story_hash) not in beside.stories:
            message = _("The story in this section is no longer shown. Take the section out, or choose another story.")
            yield Finding("ended_story", Severity.WARNING, section.anchor, message)
