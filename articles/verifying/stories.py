"""Patient stories: each wording against its hash, each story against its consent, and each edition against both."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import papers
from articles.content import Content, sha256
from articles.models import PatientStory, StoryConsent, StoryText
from articles.verifying.problem import Problem

Known = frozenset[tuple[str, str]]  # keys of stories with hashes of their wordings, erased ones too


def known() -> Known:
    """Every wording that there ever was. One query."""
    return frozenset(StoryText.objects.order_by().values_list("story__key", "hash"))


def broken() -> Iterator[Problem]:
    """What is wrong with stories, their wordings and the papers of their consents; one that was erased is not."""
    for text in StoryText.objects.filter(erased_at=None).order_by("pk").iterator(200):
        if sha256(text.content) != text.hash:
            yield Problem(f"storytext {text.pk}", _("holds other words than its hash says"))
    for row in StoryConsent.objects.exclude(file="").order_by("pk").iterator(200):
        if why := papers.CONSENTS.fault(row.file, row.file_hash):
            yield Problem(f"storyconsent {row.pk}", why)
    there = known()
    for story in PatientStory.objects.order_by("pk").prefetch_related("consents").iterator(200):
        consent = max(story.consents.all(), key=lambda one: one.pk, default=None)
        if consent is None or (story.given_on, story.ends_on) != (consent.given_on, consent.ends_on):
            yield Problem(f"patientstory {story.pk}", _("has other dates than its consent"))
        if (story.key, story.text_hash) not in there:
            yield Problem(f"patientstory {story.pk}", _("names a wording that is not there"))


def unknown(name: str, words: Content, there: Known) -> Iterator[Problem]:
    """Sections that name a story, or a wording of it, that never was."""
    for section in words.sections:
        if section.story and (section.story, section.story_hash) not in there:
            yield Problem(name, _("names a story that is not there, or never read so"))
