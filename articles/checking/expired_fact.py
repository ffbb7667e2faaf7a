"""A figure that has a newer value, or has passed the day until which it is good, is renewed.
HONcode, principle 4 (Attribution); JAMA benchmarks, 1997 (currency)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity, facts_in_place
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak on each value, where it first stands, that another has taken the place of, or that has run out."""
    told = set[str]()
    for anchor, fact in facts_in_place(content):
        known = beside.facts.get(fact.ref)
        if known is None or fact.ref in told:
            continue
        if known.newer:
            message = _("“%(words)s” has a newer value: %(newer)s. Insert that.")
        elif known.expires < beside.on:
            message = _("“%(words)s” was good until %(until)s. Record a new value of this fact.")
        else:
            continue
        told.add(fact.ref)
        said = {"words": known.words, "newer": known.newer, "until": known.expires.isoformat()}
        yield Finding("expired_fact", Severity.WARNING, anchor, message % said, source=fact.ref)
