"""Where a newer edition or guideline took a source's place, the newer one counts.
HONcode, principle 4 (Attribution and date); AMA Manual of Style, 11th ed., 3.1 (current and authoritative)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity, first_places
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak where a source is first cited that another one replaced."""
    for anchor, source in first_places(content):
        if newer := beside.stands(source.key).newer:
            message = _("“%(title)s” was superseded by “%(newer)s”. Does this statement hold in the newer one?")
            facts = {"title": source.title, "newer": newer}
            yield Finding("superseded_source", Severity.HINT, anchor, message % facts, source=source.key)
