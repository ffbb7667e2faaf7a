"""Patient stories in their places: shown while their consent lasts, and leaving nothing of theirs behind. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from articles.content import INSTITUTIONAL, STORY, Content, SectionContent
from articles.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story that may be shown today; `until` is the last day of its consent."""

    told: Told
    until: date


Stories = Mapping[tuple[str, str], Story]  # by key, and hash of the wording


def of_section(section: SectionContent, stories: Stories) -> Story | None:
    """The story that stands in this section, if it may be shown: never in the part that reviewers sign."""
    apart = section.form == STORY and section.kind == INSTITUTIONAL
    return stories.get((section.story, section.story_hash)) if apart else None


def told(content: Content, stories: Stories, *, gap: str = "") -> Content:
    """The same words with each story in its place, and `gap` where one stood that is not shown any more."""
    if all(section.form != STORY for section in content.sections):
        return content
    return replace(content, sections=tuple(_told(section, stories, gap) for section in content.sections))


def gap() -> str:
    """What an old edition says where a story stood: cleaned HTML."""
    return f"<p>{_('This story is no longer shown.')}</p>"


def _told(section: SectionContent, stories: Stories, instead: str) -> SectionContent:
    if section.form != STORY:
        return section
    story = of_section(section, stories)
    # Whatever stands in the section itself: only what the consent is about is shown.
    return replace(section, heading=story.told.title, body=story.told.body) if story else replace(section, body=instead)
