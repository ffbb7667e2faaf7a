"""The choice of a patient story in a section of the article form: those that may be shown, and the one that stands."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.content import INSTITUTIONAL, STORY, SectionContent
from articles.models import PatientStory, Section, StoryText, story_heading
from articles.told import Told

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[PatientStory]
else:
    _ModelChoiceField = forms.ModelChoiceField


class StoryChoice(_ModelChoiceField):
    """A story by its key. The rows of a form share their choices."""

    def __init__(self) -> None:
        super().__init__(
            PatientStory.objects.none(),
            to_field_name="key",
            required=False,
            label=_("Patient story"),
            help_text=_("Shown in place of a text, apart from the medical review, while its consent holds."),
        )


def choices(standing: Iterable[str | None]) -> list[tuple[str, str]]:
    """Stories that may be shown today, by title, and those that stand in the article already. Two queries."""
    today, there = timezone.localdate(), {key for key in standing if key}
    texts = StoryText.objects.shown(today).filter(hash=F("story__text_hash")).order_by()
    told = {key: Told.from_json(content) for key, content in texts.values_list("story__key", "content")}
    # Titles are for those who choose, and go nowhere else.
    found = {key: f"{one.title} ({one.name})" for key, one in told.items()}
    gone = PatientStory.objects.filter(key__in=there - found.keys()) if there - found.keys() else ()
    found |= {one.key: gettext("%(story)s, no longer shown") % {"story": one} for one in gone}
    return [("", gettext("No story yet")), *sorted(found.items(), key=lambda row: row[1].casefold())]


def has_text() -> str:
    """Why a story can not be chosen where a text stands, of which nothing is to be lost."""
    return gettext("This section has a text. Empty it, or show the story in a section of its own.")


def offer(field: Any, section: Section) -> None:
    """Take a story that may be shown today, or the one that stands there already."""
    valid = PatientStory.objects.valid(timezone.localdate())
    field.queryset = PatientStory.objects.filter(Q(pk__in=valid.order_by()) | Q(key=section.story_id))


def form_of(form: str, story: object, body: str) -> str:
    """What a row is: of a story where one is chosen and nothing else is said, and a text again where there is one."""
    if story:
        return STORY if form in ("", STORY) else form
    return "" if form == STORY and body else form


def section(was: SectionContent, key: str, claim: Mapping[str, str]) -> SectionContent:
    """A row of the form in which this story was chosen, as words. One query where it is another one."""
    hashed = was.story_hash if key else ""
    if key and was.story != key:
        hashed = PatientStory.objects.filter(key=key).values_list("text_hash", flat=True).first() or ""
    said: dict[str, Any] = {**claim, "form": STORY, "story": key, "story_hash": hashed}
    return replace(was, heading=story_heading(), kind=INSTITUTIONAL, body="", **said)
