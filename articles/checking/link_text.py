"""The words of a link say where it leads.
WCAG 2.2, success criteria 2.4.4 and 2.4.9 (Link Purpose), technique G91 and failure F84."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import Content

_SAYS_NOTHING = frozenset(
    [
        *("click", "click here", "click this", "click this link", "here", "link", "this link", "this", "this page"),
        *("this site", "this website", "website", "web site", "page", "more", "more info", "more information"),
        *("learn more", "read more", "find out more", "see more", "see here", "details", "continue", "go"),
        *("aquí", "haga clic aquí", "más", "más información", "leer más", "enlace", "este enlace"),
    ]
)
_LINK = re.compile(r"<a [^>]*>(.*?)</a>")


def find(content: Content) -> Iterator[Finding]:
    """Speak on each link such as “click here”."""
    for anchor, body in (("", content.summary), *((s.anchor, s.body) for s in content.sections)):
        for link in _LINK.finditer(body):
            words = markup.text(link[1])
            if _bare(words) in _SAYS_NOTHING:
                message = _("The link “%(words)s” does not say where it leads.") % {"words": words}
                yield Finding("link_text", Severity.WARNING, anchor, message, quote=words)


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", words.casefold()).split())
