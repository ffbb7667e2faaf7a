"""Searching the library by the beginnings of words, on either engine."""

import pytest
from django.db import connection

from references import indexes
from references.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    Source.objects.create(title="Something else", doi="10.1000/other", authors="Doe K")
    return Source.objects.create(
        title="Leucémie: facts & figures",
        authors="Roe-Example JA\nMüller B",
        organization="Example Society",
        publisher="Example Press",
        container="Journal of Facts",
        doi="10.1000/facts.2024(1)",
        pmid="12345",
        url="https://example.org/facts/",
    )


@pytest.mark.parametrize(
    "words",
    [
        *("leucemie", "LEUC", "fig fac", "muller", "roe ja", "society", "press", "journal"),
        *("10.1000/facts", "10.1000/facts.2024(1)", "https://doi.org/10.1000/FACTS.2024(1)", "facts.2024", "1234"),
        *("https://EXAMPLE.org/facts?utm_source=x", "leucémie, facts!"),
    ],
)
def test_it_works(facts, words):
    assert list(Source.objects.matching(words)) == [facts]


def test_its_key_finds_it(facts):
    assert list(Source.objects.matching(facts.key)) == [facts]


@pytest.mark.parametrize("words", ["ucemie", "facts nothing", '"', "' OR 1", "NEAR(", "%", "\\", "\x00", "* -", ":*"])
def test_what_begins_no_word_finds_nothing(facts, words):
    assert not Source.objects.matching(words).exists()


def test_without_words_everything_is_found(facts):
    assert Source.objects.matching("  ").count() == 2


def test_the_index_follows_changes_bulk_rows_and_deletions(facts):
    facts.title = "Renamed"
    facts.save()
    Source.objects.bulk_create([Source(title="Made in bulk")])
    assert list(Source.objects.matching("renamed")) == [facts]
    assert not Source.objects.matching("leucemie").exists()
    Source.objects.filter(title="Made in bulk").delete()
    assert not Source.objects.matching("bulk").exists()


@pytest.mark.only_on("sqlite")
def test_triggers_that_a_migration_dropped_are_put_back_and_the_index_is_filled_anew(facts):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER references_source_index_changed")
    Source.objects.filter(pk=facts.pk).update(words="elsewhere")
    indexes.install(connection)
    assert list(Source.objects.matching("elsewhere")) == [facts]
