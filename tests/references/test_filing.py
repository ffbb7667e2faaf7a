"""One work, one record."""

import pytest

from references import filing
from references.models import Source

pytestmark = pytest.mark.django_db


def test_a_new_work_gets_a_record_with_a_permanent_key():
    source = filing.file(title="A page", url="https://example.org/a", authors=("Roe J", "Doe K"), accessed="2026-11-01")
    assert source.author_names() == ("Roe J", "Doe K")
    assert len(source.key) == 10


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "https://doi.org/10.1000/abc"}),
        ({"pmid": "12345678"}, {"pmid": "PMID: 12345678"}),
        ({"url": "https://Example.org/a/"}, {"url": "https://example.org/a?utm_source=x"}),
    ],
)
def test_the_same_work_under_another_spelling_is_the_same_record(first, second):
    assert filing.file(title="A page", **first) == filing.file(title="Another title", **second)


def test_works_without_identifiers_are_told_apart_by_title_year_and_journal():
    first = filing.file(title="On blood", published="2001", container="J Blood")
    assert filing.file(title="On Blood", published="2001", container="J Blood") == first
    assert filing.file(title="On blood", published="2002", container="J Blood") != first


def test_an_existing_record_is_never_changed():
    filing.file(title="A page", url="https://example.org/a")
    filing.file(title="Vandalized", url="https://example.org/a", publisher="Nobody")
    assert Source.objects.get().title == "A page"


def test_a_work_without_a_title_goes_by_its_address():
    assert filing.file(url="https://example.org/a").title == "https://example.org/a"


def test_text_longer_than_a_column_is_cut_there_and_refuses_nothing():
    assert len(filing.file(title="x" * 5000).title) == 600


def test_search_finds_each_word_anywhere():
    filing.file(title="What is leukemia?", publisher="Example Society", doi="10.1000/xyz")
    filing.file(title="What is lymphoma?", publisher="Example Society")
    assert [s.title for s in Source.objects.matching("society leukemia")] == ["What is leukemia?"]
    assert Source.objects.matching("10.1000/xyz").count() == 1
