"""Every citation leads to a reference in the list.
AMA Manual of Style, 11th ed., 3.6: each reference is cited, and each citation has its reference."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import Content


def find(content: Content) -> Iterator[Finding]:
    """Speak once for each place and key that no source of the page answers to."""
    known = {source.key for source in content.sources}
    for anchor, body in (("", content.summary), *((s.anchor, s.body) for s in content.sections)):
        for key in dict.fromkeys(mark.key for mark in markup.citations(body)):
            if key not in known:
                message = _("A citation names the source “%(key)s”, which is not in the library.") % {"key": key}
                yield Finding("missing_source", Severity.BLOCKING, anchor, message, source=key)
