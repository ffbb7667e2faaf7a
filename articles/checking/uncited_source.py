"""What is in an article's list of sources is cited in it, or taken out of the list.
AMA Manual of Style, 11th ed., 3.6: each reference is cited in the text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Beside, Finding, Severity
from articles.content import Content


def find(content: Content, beside: Beside) -> Iterator[Finding]:
    """Speak on each source of the article's own list that no mark cites. The words alone do not know that list."""
    cited = set(content.cited_keys())
    for source in beside.uncited:
        if source.key not in cited:
            message = _("“%(title)s” is in this article's list of sources, and nothing cites it.")
            yield Finding("uncited_source", Severity.HINT, "", message % {"title": source.title}, source=source.key)
