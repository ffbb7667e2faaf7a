"""What a new release asks of a site that is in use, before it changes anything."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management.base import CommandError

from articles.models import RESERVED_SLUGS, Article, Published
from tests import cast

pytestmark = pytest.mark.django_db
MIGRATION = import_module("articles.migrations.0009_section_forms")


def test_an_article_at_an_address_that_the_site_needs_now_is_named_first():
    article = cast.draft()
    MIGRATION.refuse_taken(apps, None)
    Article.objects.filter(pk=article.pk).update(slug="contact")
    with pytest.raises(CommandError, match="from this release on: contact\\."):
        MIGRATION.refuse_taken(apps, None)


def test_every_such_address_is_kept_free():
    assert set(MIGRATION.TAKEN) <= RESERVED_SLUGS


def test_pages_that_are_there_are_told_who_signed():
    cast.published(cast.draft())
    Published.objects.update(reviewed_by=None)
    import_module("articles.migrations.0022_who_signed").fill(apps, None)
    assert Published.objects.get().reviewed_by == "Rosa Example"
