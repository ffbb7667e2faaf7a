"""Finding: what a rule says about Content. Beside: what some rules are told that Content does not hold."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from articles import markup
from articles.content import CitedSource, Content, SectionContent, sha256


class Severity(StrEnum):
    """Blocking stops publication; a warning is shown until mended; a hint is advice."""

    BLOCKING = "blocking"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `where` is a section's anchor, or "" for the page as a whole.

    `quote` is the whole sentence that it is about, or ""; `source` is the key of the source that it is about, or "".
    """

    rule: str
    severity: Severity
    where: str
    message: str
    quote: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """SHA-256 (hex) of the rule and of what it is about: the sentence, else the source, else the place."""
        about = " ".join(self.quote.split()) or self.source or self.where
        return sha256(f"{self.rule}\n{about}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the library knows of a source today. `newer` is the title of what took its place."""

    retracted: bool = False
    doubted: bool = False
    gone: bool = False
    copied: bool = False
    newer: str = ""


_SOUND = Stand()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What is known of a value of a fact: how it is printed, until when it is good, and what took its place."""

    words: str
    expires: date
    newer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside the words: the day, the sources that no mark cites, how many years a kind is good for, how
    cited sources stand, by key, which stories may be shown, by key and hash, and what is on record of facts, by ref."""

    on: date
    uncited: tuple[CitedSource, ...] = ()
    years: Mapping[str, int] = field(default_factory=dict)
    standings: Mapping[str, Stand] = field(default_factory=dict)
    stories: Collection[tuple[str, str]] = ()
    facts: Mapping[str, OnRecord] = field(default_factory=dict)

    def stands(self, key: str) -> Stand:
        """How the source with this key stands; well, where nothing else is known."""
        return self.standings.get(key, _SOUND)


def first_places(content: Content) -> Iterator[tuple[str, CitedSource]]:
    """Each cited source with the anchor of where it is first cited, "" for the summary."""
    waiting = {source.key: source for source in content.sources}
    for anchor, body in (("", content.summary), *((s.anchor, s.body) for s in content.sections)):
        for mark in markup.citations(body):
            if mark.key in waiting:
                yield anchor, waiting.pop(mark.key)


def facts_in_place(content: Content) -> Iterator[tuple[str, markup.FactMark]]:
    """Each fact with the anchor of where it stands, "" for the summary."""
    for anchor, body in (("", content.summary), *((s.anchor, s.body) for s in content.sections)):
        for fact in markup.facts(body):
            yield anchor, fact


def name_of_figure(section: SectionContent) -> str:
    """How a message names a figure."""
    return _("The figure “%(heading)s”") % {"heading": section.heading} if section.heading else _("A figure")


SHOWN = 90  # characters of a sentence in a message


def short(sentence: str) -> str:
    """A sentence as a message shows it, cut at a word."""
    return sentence if len(sentence) <= SHOWN else sentence[: SHOWN - 1].rsplit(" ", 1)[0] + "…"
