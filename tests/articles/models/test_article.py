"""The working text of one page."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Section
from tests import cast


@pytest.mark.django_db
def test_it_says_what_was_put_in_with_the_keys_of_the_library(django_assert_num_queries):
    words, article = cast.words(), cast.draft()
    with django_assert_num_queries(2):
        found = article.content()
    assert [section.heading for section in found.sections] == [section.heading for section in words.sections]
    assert [source.key for source in found.sources] == list(found.cited_keys()) != ["ref-1"]


@pytest.mark.django_db
def test_sections_come_by_position_and_then_by_age():
    article = cast.draft()
    article.sections.all().delete()
    for heading, position in (("late", 9), ("first", 1), ("second", 1)):
        Section.objects.create(article=article, heading=heading, position=position)
    assert [section.heading for section in article.content().sections] == ["first", "second", "late"]


@pytest.mark.parametrize("slug", ["search", "a-z", "glossary", "topics", "reviewers", "feeds", "api", "es", "admin"])
def test_addresses_of_the_site_itself_are_refused(slug):
    with pytest.raises(ValidationError, match="address of the site itself"):
        Article._meta.get_field("slug").clean(slug, None)


def test_other_addresses_are_not():
    assert Article._meta.get_field("slug").clean("searching", None) == "searching"
