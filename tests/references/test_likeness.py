"""Possible duplicates, found by title and year."""

import pytest

from references import adding
from references.models import Likeness, Source
from references.models.likeness import CROWD
from references.reading.records import Found, Reading, Record
from tests import cast

pytestmark = pytest.mark.django_db


def source(title="Outcomes of treatment in adults", published="2024", **more):
    return Source.objects.create(title=title, published=published, **more)


def pairs():
    return {(pair.one.title, pair.other.title) for pair in Likeness.objects.unanswered().select_related("one", "other")}


def test_it_works():
    source()
    source("The outcome of treatment in adults", doi="10.1000/x")
    assert pairs() == {("Outcomes of treatment in adults", "The outcome of treatment in adults")}


def test_another_year_or_title_is_another_work():
    source()
    source(published="2020")
    source("Outcomes of surgery in adults")
    assert pairs() == set()


def test_a_title_that_is_mended_is_no_longer_alike():
    source()
    other = source()
    other.title = "Something else altogether"
    other.save()
    assert pairs() == set()


def test_an_import_finds_them_too():
    source()
    record = Record(title="Outcomes of Treatment in Adults.", published="2024", doi="10.1000/x")
    adding.add(Reading("ris", (Found(1, record),)))
    assert len(pairs()) == 1


def test_an_answer_stays():
    source()
    other = source()
    Likeness.objects.update(answered_at=cast.NOON)
    other.save()
    assert pairs() == set()
    assert Likeness.objects.count() == 1


def test_a_series_says_nothing_unless_the_whole_title_is_the_same():
    series = [Source(title=f"Statistics of leukemia in adults, volume {n}") for n in range(100, 100 + CROWD + 5)]
    Source.objects.bulk_create(series)
    again = source("Statistics of leukemia in adults, volume 103")
    assert {pair.one.title for pair in Likeness.objects.of(again)} == {again.title}
