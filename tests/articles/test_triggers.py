"""The triggers that keep frozen rows frozen are there after every migrate, on both engines."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models

from articles import triggers
from articles.models import Erasure, Revision
from tests.articles import archive

ALL = {name for model in triggers.frozen_models() for name in triggers.names(model)}


def migrated() -> None:
    """What every migrate ends with."""
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def longer(model: type[models.Model], name: str) -> tuple[models.Field, models.Field]:
    """A text column as it is, and as a later release could want it."""
    old = model._meta.get_field(name)
    new = old.clone()
    new.max_length = 500
    new.set_attributes_from_name(name)
    new.model = model
    return old, new


@pytest.fixture
def _restored() -> Iterator[None]:
    yield
    migrated()


@pytest.mark.django_db
def test_they_are_there_after_all_migrations():
    assert triggers.installed(connection) >= ALL


@pytest.mark.django_db
def test_installing_twice_is_installing_once():
    triggers.install(connection)
    before = triggers.installed(connection)
    triggers.install(connection)
    assert triggers.installed(connection) == before


@pytest.mark.django_db
@pytest.mark.usefixtures("_restored")
def test_dropped_ones_come_back_with_the_next_migrate():
    triggers.drop(connection)
    assert not triggers.installed(connection) & ALL
    migrated()
    assert triggers.installed(connection) >= ALL


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_postgresql_refuses_to_empty_the_tables_too():
    assert triggers.installed(connection) >= {f"{m._meta.db_table}_no_truncate" for m in triggers.frozen_models()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("sqlite")
@pytest.mark.usefixtures("_restored")
# Not Erasure, which other tables' triggers look into: SQLite refuses to rebuild it before they are dropped.
@pytest.mark.parametrize("model", [m for m in triggers.frozen_models() if m is not Erasure], ids=lambda m: m.__name__)
def test_a_table_that_sqlite_rebuilt_gets_its_triggers_back(model):
    archive.fill()
    name = next(field.name for field in model._meta.concrete_fields if not field.primary_key)
    old = model._meta.get_field(name)
    with connection.schema_editor() as editor:
        editor._remake_table(model, alter_fields=[(old, old)])  # what AlterField does
    assert not triggers.installed(connection) & set(triggers.names(model))  # the trap
    migrated()
    assert triggers.installed(connection) >= ALL
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_restored")
def test_a_migration_that_drops_them_first_can_change_a_frozen_table_with_rows_in_it():
    archive.fill()
    count = Revision.objects.count()
    old, new = longer(Revision, "digest")
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            triggers.drop(connection)
            editor.alter_field(Revision, before, after)
    migrated()
    assert triggers.installed(connection) >= ALL
    assert Revision.objects.count() == count


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_restored")
def test_a_failed_migration_leaves_them_in_place():
    with pytest.raises(DatabaseError), connection.schema_editor() as editor:
        _drop_and_fail(editor)
    assert triggers.installed(connection) >= ALL


def _drop_and_fail(editor) -> None:
    triggers.drop(connection)
    editor.execute("no such statement")


@pytest.mark.django_db
def test_tables_that_are_not_there_yet_are_passed_over(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor=None: [])
    triggers.install(connection)
    triggers.drop(connection)
    assert triggers.installed(connection) >= ALL


@pytest.mark.django_db
def test_the_models_and_the_migrations_say_the_same():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_frozen_model_names_real_columns():
    for model in triggers.frozen_models():
        assert {field.name for field in model._meta.concrete_fields} >= set(model.fill_once)
    assert apps.get_model("articles", "Review") in triggers.frozen_models()
