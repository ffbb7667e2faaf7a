"""Do not publish an empty heading: under each heading, in or above a text, there is something to read.
WCAG 2.2, technique G130 (Descriptive headings); a heading that leads to nothing misleads a listener."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import FIGURE, STORY, Content, SectionContent


def find(content: Content) -> Iterator[Finding]:
    """Speak on a section without text, and on a heading inside a text with nothing under it."""
    for section in content.sections:
        if section.form == FIGURE and not markup.text(section.body).strip():
            continue  # missing_caption says it better
        for heading in _bare_headings(section):
            message = _("There is nothing under the heading “%(heading)s”.") % {"heading": heading}
            yield Finding("empty_section", Severity.BLOCKING, section.anchor, message)


def _bare_headings(section: SectionContent) -> Iterator[str]:
    blocks = [(tag, text) for tag, inline in markup.paragraphs(section.body) if (text := markup.text(inline))]
    if section.form == STORY and section.story:
        return  # what it tells is kept elsewhere
    if not blocks:
        yield section.heading
        return
    for (tag, text), (following, _text) in zip(blocks, [*blocks[1:], ("h3", "")], strict=True):
        # "h3" < "h4": a deeper heading is something under this one, the same or a higher is not.
        if tag in ("h3", "h4") and following in ("h3", "h4") and following <= tag:
            yield text
