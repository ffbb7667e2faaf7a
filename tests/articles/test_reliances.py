"""What an open edition leans on is derived, wherever it is derived: by deeds, by the migration, by who verifies."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from articles import reliances, verifying
from articles.models import Reliance
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db
MIGRATIONS = Path(reliances.__file__).with_name("migrations")


def rows():
    return sorted(Reliance.objects.values_list("article", "edition", "source", "url"))


def test_it_works():
    edition = cast.published()
    assert rows() == [(edition.article_id, edition.pk, Reliance.objects.get().source_id, "https://example.org/what")]


def test_a_row_that_is_missing_is_noticed():
    archive.fill()
    assert not list(verifying.problems())
    Reliance.objects.all().delete()
    said = " ".join(map(str, verifying.problems()))
    assert "is not known to lean on the sources that it cites" in said


def test_an_address_that_drifted_is_noticed():
    cast.published()
    Reliance.objects.update(url="https://example.org/other")
    assert "lean on" in str(*verifying.problems())


def test_the_migration_derives_the_same():
    cast.published()
    cast.published(cast.draft(cast.words("Another disease")))
    before = rows()
    Reliance.objects.all().delete()
    name = next(MIGRATIONS.glob("*_surveillance.py")).stem
    importlib.import_module(f"articles.migrations.{name}").fill(apps, None)
    assert (rows(), len(before)) == (before, 2)
