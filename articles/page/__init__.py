"""Page: Content and the facts about it, as a template shows them. Pure, and the last gate before a reader."""

import html

from django.utils.translation import gettext as _

from articles import markup
from articles.content import INSTITUTIONAL, Content, plain
from articles.page.stories import Stories, Story, gap, told
from articles.page.values import (
    Claim,
    Correction,
    Facts,
    Html,
    Page,
    PageSection,
    Reference,
    Signature,
    Standing,
    Use,
)
from articles.page.writing import LOCATOR_SHOWN, Writer, erased

__all__ = [
    "DESCRIPTION_LIMIT",
    "LOCATOR_SHOWN",
    "Claim",
    "Correction",
    "Facts",
    "Html",
    "Page",
    "PageSection",
    "Reference",
    "Signature",
    "Standing",
    "Stories",
    "Story",
    "Use",
    "build",
    "gap",
    "told",
]

DESCRIPTION_LIMIT = 160  # characters; search engines cut what is longer


def build(content: Content, facts: Facts) -> Page:
    """The page of these words. Every body passes the gate again, whatever is stored."""
    content = told(content, facts.stories, gap=gap() if facts.is_edition else "")
    writer = Writer(content, facts)
    # In the order of the page, for that is the order in which references are numbered.
    summary = erased() if content.summary_erased else writer.summary(content.summary)
    shown = [writer.sections(part) for part in content.as_printed()]
    return Page(
        title=content.title,
        language=content.language,
        description=_description(content, is_demo=facts.is_demo),
        summary=summary,
        glance=shown[0],
        medical=shown[1],
        institutional=shown[2],
        references=writer.references(),
        facts=facts,
    )


def _description(content: Content, *, is_demo: bool) -> str:
    bodies = (content.summary, *(section.body for section in content.sections if section.kind != INSTITUTIONAL))
    words = next(filter(None, (plain(markup.clean(body), DESCRIPTION_LIMIT) for body in bodies)), content.title)
    if not is_demo:
        return words
    return plain(html.escape(_("Demonstration, reviewed by no clinician.") + " " + words), DESCRIPTION_LIMIT)
