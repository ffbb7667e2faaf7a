"""What a test with real transactions leaves behind is gone, whatever it did, and the next one finds a fresh migrate."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction

from articles import triggers
from articles.models import Article, TimelineEntry
from tests import cast, emptying, rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fresh():
    return emptying.Fresh.now()


def test_rows_of_frozen_tables_go_and_their_triggers_stay(fresh):
    cast.published()
    emptying.empty(fresh)
    assert rows.filled() == []
    assert emptying.Fresh.now() == fresh
    cast.published()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TimelineEntry._meta.db_table}")


def test_what_a_migrate_put_there_keeps_its_rows(fresh):
    before = Permission.objects.count()
    cast.published()
    emptying.empty(fresh)
    assert (before, Article.objects.count()) == (Permission.objects.count(), 0)


@pytest.mark.parametrize("change", ["roles", "members", "triggers"])
def test_a_test_that_changed_more_than_rows_is_followed_by_a_real_flush(fresh, change):
    cast.published()
    if change == "roles":
        Group.objects.get(name="Publisher").permissions.clear()
    elif change == "members":
        Group.objects.create(name="Somebody else")
    else:
        triggers.drop(connection)
    emptying.empty(fresh)
    assert not Group.objects.filter(name="Somebody else").exists()
    assert Group.objects.get(name="Publisher").permissions.exists()
    assert triggers.installed(connection) == fresh.triggers
    assert not Article.objects.exists()
