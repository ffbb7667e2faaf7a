"""A web address is the address of a link, and the words of the link say where it leads.
WCAG 2.2, success criterion 2.4.4 (Link Purpose), technique G91: a listener hears an address letter by letter."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity, short
from articles.content import Content

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]]", re.I)


def find(content: Content) -> Iterator[Finding]:
    """Speak on each sentence in which a reader sees a web address, whether it is a link or not."""
    for anchor, body in (("", content.summary), *((s.anchor, s.body) for s in content.sections)):
        for sentence in markup.sentences(markup.text(body)) if _ADDRESS.search(body) else ():
            if address := _ADDRESS.search(sentence):
                message = _("“%(address)s” stands in the text. Make a link of words, or cite it as a source.")
                said = message % {"address": short(address[0])}
                yield Finding("bare_address", Severity.WARNING, anchor, said, quote=sentence)
