"""A web page is cited with the day on which somebody last read it, for it may change.
AMA Manual of Style, 11th ed., 3.15.3 (Websites: "Accessed" date)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import Content


def find(content: Content) -> Iterator[Finding]:
    """Speak on each cited web page without that day, where it is first cited."""
    undated = {source.key: source for source in content.sources if source.kind == "web" and not source.accessed}
    for anchor, body in (("", content.summary), *((s.anchor, s.body) for s in content.sections)):
        for mark in markup.citations(body):
            source = undated.pop(mark.key, None)
            if source is not None:
                message = _("Nobody noted when the web page “%(title)s” was last read.") % {"title": source.title}
                yield Finding("undated_web_source", Severity.WARNING, anchor, message, source=source.key)
