"""A figure in the medical text leans on a source cited in the same paragraph.
HONcode, principle 4 (Attribution); JAMA benchmarks, 1997 (references and sources for all content)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import MEDICAL, Content

# A number on its own: not CD19, BCR-ABL1 or COVID-19.
_FIGURE = re.compile(r"(?<![\w-])\d|[½⅓¼¾⅔⅕⅛]|\bpercent\b", re.I)
# Numbers that are names or addresses, and claim nothing.
_NO_FIGURE = re.compile(
    r"(?<!\d)(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)"
    r"|\b1-8\d\d-[\dA-Z-]+"
    r"|\b(?:chromosome|figure|grade|group|level|phase|stage|step|table|type)s? \d+\w?"
    r"|\b(?:t|inv|del)\([\d;pq.]+\)",
    re.I,
)
_TELEPHONE_LINK = re.compile(r'<a href="tel:[^>]*>(.*?)</a>')
_SHOWN = 90


def find(content: Content) -> Iterator[Finding]:
    """Speak once for each paragraph, list item or table that states a figure and cites nothing."""
    bodies = [("", content.summary), *((s.anchor, s.body) for s in content.sections if s.kind == MEDICAL)]
    for anchor, body in bodies:
        for tag, inline in markup.paragraphs(body):
            sentence = "" if tag in ("h3", "h4") or markup.citations(inline) else _first_figure(inline)
            if sentence:
                message = _("No source is cited for a figure: “%(sentence)s”") % {"sentence": _short(sentence)}
                yield Finding("uncited_figure", Severity.HINT, anchor, message)


def _first_figure(inline: str) -> str:
    numbers = [markup.text(link) for link in _TELEPHONE_LINK.findall(inline)]
    for sentence in markup.sentences(markup.text(inline)):
        claim = _NO_FIGURE.sub(" ", sentence)
        for number in numbers:
            claim = claim.replace(number, " ")
        if _FIGURE.search(claim):
            return sentence
    return ""


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _SHOWN else sentence[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
