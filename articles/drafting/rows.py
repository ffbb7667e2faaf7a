"""The rows of a draft: locked, and written from words."""

from datetime import date

from django.utils.translation import gettext as _

from articles.content import STORY, SectionContent
from articles.models import Article, Section, story_heading
from articles.refusals import Refused


class InBin(Refused):
    """A deed on an article that somebody put in the bin."""


def lock(article: Article, *, binned: bool = False) -> Article:
    """The article's row, fresh and locked until the transaction ends. Raises InBin, unless `binned` ones will do."""
    fresh = Article.objects.select_for_update(of=("self",)).select_related("condition").get(pk=article.pk)
    if not binned:
        refuse_binned(fresh)
    return fresh


def refuse_binned(article: Article) -> None:
    """Nothing is done with an article in the bin. Raises InBin."""
    if article.binned_at:
        raise InBin(_("“%(title)s” is in the bin. Take it out first.") % {"title": article.title})


def create_section(article: Article, words: SectionContent, position: int, *, proposed: bool) -> None:
    """Make a section that reads so."""
    section = Section(
        article=article,
        position=position,
        kind=words.kind,
        form=words.form,
        heading=words.heading,
        heading_proposed=proposed,
        body=words.body,
        anchor=words.anchor,
    )
    set_figure(section, words)
    set_claim(section, words)
    set_story(section, words)
    section.save()


def set_figure(section: Section, words: SectionContent) -> None:
    """Copy which picture it shows, what that is in words, and whom it is owed to. One that was erased stays away."""
    said = ("figure", "size", "alt", "credit")
    for name in said:
        setattr(section, name, "" if words.figure_erased else getattr(words, name))


def set_claim(section: Section, words: SectionContent) -> None:
    """Copy who answers for what a section claims, since when and until when."""
    section.claim_owner = words.claim_owner
    section.claim_from = date.fromisoformat(words.claim_from) if words.claim_from else None
    section.claim_until = date.fromisoformat(words.claim_until) if words.claim_until else None


def set_story(section: Section, words: SectionContent) -> None:
    """Copy which story stands there, in which wording; its own words stay out, for here nobody could erase them."""
    if words.form == STORY:
        section.heading, section.body = story_heading(), ""
        section.story_id, section.story_hash = words.story or None, words.story_hash
    else:
        section.story_id, section.story_hash = None, ""
