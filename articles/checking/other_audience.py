"""A source about children supports what a page says of children, and one about adults what it says of adults.
HONcode, principle 4 (Attribution); AMA Manual of Style, 11th ed., 3.1 (a reference supports the statement)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import CitedSource, Content, SectionContent

CHILDREN, ADULTS = "children", "adults"
_WORDS = {
    CHILDREN: re.compile(
        r"\b(?:child|children|childhood|pa?ediatrics?|infants?|infancy|adolescen\w+|teens?|teenagers?|kids|newborns?"
        r"|niñ[oa]s?|infantil\w*|pediátric\w+)\b",
        re.I,
    ),
    ADULTS: re.compile(r"\b(?:adults?|older (?:people|patients)|elderly|geriatric\w*|adultos?)\b", re.I),
}


def find(content: Content) -> Iterator[Finding]:
    """Speak on each source about one age under words about another, where it is first cited so.

    A page for all ages may lean on a source about children where the heading, or the paragraph, speaks of children.
    """
    of = {source.key: audience for source in content.sources if (audience := _of_source(source))}
    titles, said = {source.key: source.title for source in content.sources}, set[str]()
    page = _of_words(content.title)
    for section in (SectionContent(anchor="", heading="", body=content.summary), *content.sections):
        for key in _elsewhere(section, page, of):
            if key not in said:
                said.add(key)
                message = _message(of[key], page) % {"title": titles[key]}
                yield Finding("other_audience", Severity.HINT, section.anchor, message, source=key)


def _elsewhere(section: SectionContent, page: str, of: dict[str, str]) -> Iterator[str]:
    """Keys cited in this section under words that are not about the age of their source."""
    around = _of_words(section.heading) or page
    for _tag, inline in markup.paragraphs(section.body):
        for mark in markup.citations(inline):
            about = of.get(mark.key, "")
            # Of adults is what a page for all ages speaks where it says no more.
            fits = not about or about == (around or ADULTS)
            if not fits and not _WORDS[about].search(markup.text(inline)):
                yield mark.key


def _of_source(source: CitedSource) -> str:
    place = re.sub(r"[^a-z]+", " ", source.url.lower().partition("//")[2].partition("?")[0])
    return _of_words(source.title) or _of_words(source.container) or _of_words(place)


def _of_words(words: str) -> str:
    """Children or adults, if the words name one of them and not the other."""
    named = [audience for audience, pattern in _WORDS.items() if pattern.search(words)]
    return named[0] if len(named) == 1 else ""


def _message(about: str, page: str) -> str:
    if about == CHILDREN and page == ADULTS:
        return _("“%(title)s” is about children, and this page is about adults.")
    if about == CHILDREN:
        return _("“%(title)s” is about children, and these words are not only about them.")
    return _("“%(title)s” is about adults, and these words are about children.")
