"""Many rows in few statements are the rows that Django would have written."""

from datetime import date, timedelta

import pytest
from django.db import models
from django.utils import timezone

from articles.models import BulkRun, Review
from articles.models.seal import Seal
from references.models.many import insert, insert_values
from tests import cast

pytestmark = pytest.mark.django_db


def reviews(count):
    """Rows with values of every kind: texts, numbers, days, times, nothing, other rows."""
    page = cast.published(cast.draft(cast.words(title="A page")), at=timezone.now())
    known = Review.objects.get(article=page.article)
    for number in range(count):
        row = Review.objects.get(pk=known.pk)
        row.pk, row._state.adding = None, True
        row.note = f"“{number}” %s 'quoted'\n"
        row.requested_at += timedelta(microseconds=number)
        row.reviewed_on = date(2026, 2, 28) + timedelta(days=number)
        yield row


def stored(rows):
    """All columns but the key, as the database has them."""
    names = [field.attname for field in rows[0]._meta.concrete_fields if not field.primary_key]
    return list(type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list(*names))


def test_they_are_stored_as_django_stores_them():
    made = list(reviews(70))  # more than one statement takes
    ours = [*made]
    theirs = models.QuerySet(Review).bulk_create(list(map(copied, made)))
    insert(ours)
    assert stored(ours) == stored(theirs)


def copied(row):
    other = Review(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    assert other.pk is None
    return other


def test_each_gets_its_own_key_and_is_no_longer_new():
    made = list(reviews(70))
    insert(made)
    assert [Review.objects.get(pk=row.pk).note for row in made] == [row.note for row in made]
    assert not any(row._state.adding for row in made)


def test_a_row_that_has_a_key_is_no_new_one():
    (row,) = reviews(1)
    row.pk = 1
    with pytest.raises(ValueError, match="has a key"):
        insert([row])


def test_of_nothing_nothing_is_written(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])
        assert insert_values(Seal, []) == []


def test_a_value_that_is_stored_in_another_form_is_asked_of_its_field():
    run = BulkRun(deed="assign", terms={"a": [1, "ü", None]}, by=cast.person("stan"), at=timezone.now())
    insert([run])
    assert BulkRun.objects.get().terms == {"a": [1, "ü", None]}
