"""The rich-text column: nothing gets in but through the gate, and migrations do not know it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from articles.fields import RichTextField
from articles.models import Article, Section
from tests import cast

DIRTY = '<p onclick="x">a <b>b</b><script>c</script></p>'
CLEAN = "<p>a <strong>b</strong></p>"
DEEP = "<ul><li>" * 2_000


@pytest.fixture
def article() -> Article:
    return Article.objects.create(
        title="Leukemia", slug="leukemia", summary=DIRTY, started_by=cast.person("wanda"), started_at=cast.NOON
    )


@pytest.mark.django_db
def test_what_is_saved_is_clean_in_the_row_and_in_hand(article):
    assert article.summary == CLEAN
    assert Article.objects.get().summary == CLEAN


@pytest.mark.django_db
def test_rows_made_in_bulk_are_clean(article):
    Section.objects.bulk_create([Section(article=article, heading="A", body=DIRTY)])
    assert Section.objects.get().body == CLEAN


@pytest.mark.django_db
def test_rows_changed_in_bulk_are_clean(article):
    section = Section.objects.create(article=article, heading="A")
    section.body = DIRTY
    Section.objects.bulk_update([section], ["body"])
    assert Section.objects.get().body == CLEAN
    Section.objects.update(body=DIRTY)
    assert Section.objects.get().body == CLEAN


@pytest.mark.django_db
def test_looking_for_words_looks_for_these_words(article):
    assert Article.objects.filter(summary__contains="strong>b").exists()


def test_a_form_gets_the_clean_text():
    assert Section._meta.get_field("body").clean(DIRTY, None) == CLEAN


def test_a_form_is_told_of_text_that_is_too_deep():
    with pytest.raises(ValidationError, match="Paste it as plain text") as refused:
        Section._meta.get_field("body").clean(DEEP, None)
    assert refused.value.code == "deep"


def test_migrations_say_text_field_and_no_more():
    name, path, args, kwargs = RichTextField("summary", blank=True).deconstruct()
    assert (path, args, kwargs) == ("django.db.models.TextField", [], {"blank": True, "verbose_name": "summary"})
    assert name is None


def test_every_column_of_html_is_of_this_kind():
    rich = {
        (model.__name__, field.name)
        for model in (Article, Section)
        for field in model._meta.fields
        if isinstance(field, RichTextField)
    }
    assert rich == {("Article", "summary"), ("Section", "body")}
    assert issubclass(RichTextField, models.TextField)
