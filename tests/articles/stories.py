"""A patient story, its consent, and articles in which it stands."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from articles import drafting, stories
from articles.content import INSTITUTIONAL, STORY, SectionContent
from articles.models import Article, Edition, PatientStory
from articles.told import Told
from tests import cast

PDF = b"%PDF-1.7 signed"
SENTENCE = "Xylophones rang on the day I came home"  # words that stand nowhere else
BLOCK = "patient-story"  # the anchor of its section


def told(**other: str) -> Told:
    words = {"title": "My zebra year", "name": "Maria, 34", "body": f"<p>{SENTENCE}.</p>"}
    return Told(**{**words, **other})


def agreed(**other: Any) -> stories.Agreed:
    said = {
        "given_on": date(2026, 11, 1),
        "ends_on": date(2028, 11, 1),
        "covers": "The web site.",
        "evidence": "Binder 4",
    }
    return stories.Agreed(**{**said, **other})


def added(at: Any = cast.NOON, **consent: Any) -> PatientStory:
    """Wanda has taken it down."""
    return stories.add(told(), agreed(**consent), by=cast.cast().wanda, at=at)


def fresh(**consent: Any) -> PatientStory:
    """As added, with a consent that holds on the day on which the test runs."""
    today = timezone.localdate()
    return added(
        timezone.now(), **{"given_on": today - timedelta(days=1), "ends_on": today + timedelta(days=90), **consent}
    )


def section(story: PatientStory) -> SectionContent:
    named = {"form": STORY, "story": story.key, "story_hash": story.text_hash}
    return SectionContent(anchor=BLOCK, heading="Patient story", body="", kind=INSTITUTIONAL, **named)


def placed(story: PatientStory, article: Article | None = None, at: Any = cast.NOON) -> Article:
    """Edith puts it into an article."""
    article = article or cast.draft()
    words = article.content()
    words = replace(words, sections=(*words.sections, section(story)))
    return drafting.revise(article, words, by=cast.cast().edith, at=at, base_revision=article.revision)


def published(story: PatientStory | None = None) -> Edition:
    """A page on which readers see it."""
    return cast.published(placed(story or fresh()))


def withdrawn(story: PatientStory, at: Any = cast.NOON) -> PatientStory:
    return stories.withdraw(story, by=cast.cast().paula, at=at, reason="She asked for it.")
