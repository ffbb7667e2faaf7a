"""A fact on a page reads as it is on record: whoever wants another figure records it, with its source and date.
HONcode, principle 4 (Attribution); JAMA benchmarks, 1997: a figure, its source and its date belong together."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity, facts_in_place
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak on each fact that is not on record, or whose words in the text are others."""
    for anchor, fact in facts_in_place(content):
        known = beside.facts.get(fact.ref)
        if known is None:
            message = _("“%(words)s” is marked as a fact, and none like it is on record. Insert it again.")
        elif fact.words != known.words:
            message = _(
                "“%(words)s” is marked as a fact that reads “%(known)s”. Insert it again, or record a new value."
            )
        else:
            continue
        said = {"words": fact.words, "known": known.words if known else ""}
        yield Finding("altered_fact", Severity.BLOCKING, anchor, message % said, source=fact.ref)
