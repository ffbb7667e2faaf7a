"""Every model stands on one of two lists, and no hand changes a row of the second: not the ORM's, not SQL's."""

from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from articles import triggers
from articles.models import (
    AlreadyFilled,
    Edition,
    Frozen,
    FrozenModel,
    Review,
)
from tests import cast
from tests.articles import archive

MUTABLE = set(
    """
    Article Article_uncited Autosave BulkRow BulkRun Calendar Chain ChangeCounter Citation Condition
    ConditionCode ConditionName Digest Fact FactMention Figure Likeness Message PatientStory Presence Published
    ReaderChange ReaderCounter Reliance Retraction Reviewer Run SavedFilter Section Showing SignOff Source
    """.split()
)
FROZEN = set(
    """
    Acceptance Alert AlertPage Comment Cover Decision Deferral Edition Erasure Examination FactValue
    FindingAnswer Manuscript Merge PolicyTerm Redaction Reminder Review ReviewPaper ReviewPolicy Revision
    Schedule Seal SiteText Snooze SourceChange StoryConsent StoryText TimelineEntry
    """.split()
)
# Their one later change, whose first column says that it was made.
FILL_ONCE = {
    "Comment": "resolved_at",
    "Deferral": "ended_at",
    "Edition": "closed_how",
    "FindingAnswer": "withdrawn_at",
    "Merge": "undone_at",
    "Redaction": "outcome",
    "Review": "answer",
    "Revision": "thinned_at",
    "Schedule": "outcome",
    "StoryConsent": "erased_at",
    "StoryText": "erased_at",
}

MODELS = {model.__name__: model for model in triggers.frozen_models()}

pytestmark = pytest.mark.django_db
every_frozen_model = pytest.mark.parametrize("name", sorted(FROZEN))


@pytest.fixture(scope="module")
def _filled(lasting_db: None) -> dict[str, FrozenModel]:
    return archive.fill()


@pytest.fixture
def rows(_filled: dict[str, FrozenModel]) -> dict[str, FrozenModel]:
    return deepcopy(_filled)


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def other_value(field: models.Field, row: models.Model) -> Any:
    """A value of the column's kind that is not the one it has."""
    value = getattr(row, field.attname)
    if isinstance(field, models.DateTimeField):
        return cast.later(days=77)
    if isinstance(field, models.DateField):
        return cast.later(days=77).date()
    if isinstance(field, models.JSONField):
        return '{"other": 1}'
    if isinstance(field, models.SmallIntegerField):
        return 7_777
    is_number = isinstance(field, models.IntegerField) or field.is_relation
    return 777_777 if is_number else f"other{str(value)[5:]}"


def columns(name: str, *, fill_once: bool) -> list[models.Field]:
    model = MODELS[name]
    return [field for field in model._meta.concrete_fields if (field.name in model.fill_once) is fill_once]


# -- the two lists -------------------------------------------------------------------------------------------------


def test_every_model_stands_on_exactly_one_list():
    ours = [apps.get_app_config(label).get_models(include_auto_created=True) for label in ("articles", "references")]
    assert {model.__name__ for found in ours for model in found} == MUTABLE | FROZEN
    assert not MUTABLE & FROZEN


def test_the_frozen_list_says_what_the_code_says():
    assert {model.__name__ for model in triggers.frozen_models()} == FROZEN
    assert {model.__name__: model.fill_once[0] for model in triggers.frozen_models() if model.fill_once} == FILL_ONCE


@every_frozen_model
def test_triggers_stand_guard_over_every_frozen_table(name):
    model = MODELS[name]
    assert set(triggers.names(model)) <= triggers.installed(connection)


@every_frozen_model
def test_columns_of_the_later_change_can_be_empty_and_others_are_no_part_of_it(name):
    for field in columns(name, fill_once=True):
        assert field.null or field.empty_strings_allowed
        assert field.name not in ("id", "content", "digest", "article")


# -- by the ORM ----------------------------------------------------------------------------------------------------


@every_frozen_model
def test_saving_again_is_refused(rows, name):
    with pytest.raises(Frozen):
        rows[name].save()
    with pytest.raises(Frozen):
        rows[name].save(update_fields=["id"])


@every_frozen_model
def test_deleting_is_refused(rows, name):
    with pytest.raises(Frozen):
        rows[name].delete()
    with pytest.raises(Frozen):
        type(rows[name]).objects.all().delete()


@every_frozen_model
def test_bulk_changes_are_refused(rows, name):
    objects, column = type(rows[name]).objects, type(rows[name])._meta.concrete_fields[-1].name
    with pytest.raises(Frozen):
        objects.update(**{column: None})
    with pytest.raises(Frozen):
        objects.bulk_update([rows[name]], [column])
    with pytest.raises(Frozen):
        objects.update_or_create(pk=rows[name].pk, defaults={column: None})


@every_frozen_model
def test_inserting_over_a_row_is_refused(rows, name):
    row = rows[name]
    field = columns(name, fill_once=False)[-1]
    setattr(row, field.attname, other_value(field, row))
    row.pk = row.pk
    unique = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": [field.name]}
    with pytest.raises(DatabaseError), transaction.atomic():
        models.QuerySet(type(row)).bulk_create([row], **unique)
    with pytest.raises(Frozen):
        type(row).objects.bulk_create([row], **unique)


@every_frozen_model
def test_a_plain_queryset_and_the_base_manager_are_no_way_round(rows, name):
    row, field = rows[name], columns(name, fill_once=False)[-1]
    for objects in (models.QuerySet(type(row)), type(row)._base_manager.all()):
        with pytest.raises((DatabaseError, Frozen)), transaction.atomic():
            objects.filter(pk=row.pk).update(**{field.attname: other_value(field, row)})
        with pytest.raises((DatabaseError, Frozen)), transaction.atomic():
            models.QuerySet._raw_delete(objects.filter(pk=row.pk), using="default")


# -- by SQL --------------------------------------------------------------------------------------------------------


@every_frozen_model
def test_no_statement_changes_a_column(rows, name):
    row = rows[name]
    before = [getattr(row, field.attname) for field in columns(name, fill_once=False)]
    for field in columns(name, fill_once=False):
        with pytest.raises(DatabaseError, match="append-only"):
            run(
                f'UPDATE "{row._meta.db_table}" SET "{field.column}" = %s WHERE id = %s',
                other_value(field, row),
                row.pk,
            )
    row.refresh_from_db()
    assert [getattr(row, field.attname) for field in columns(name, fill_once=False)] == before


@every_frozen_model
def test_no_statement_deletes_a_row(rows, name):
    table = rows[name]._meta.db_table
    with pytest.raises(DatabaseError, match="append-only"):
        run(f'DELETE FROM "{table}" WHERE id = %s', rows[name].pk)
    with pytest.raises(DatabaseError, match="append-only"):
        run(f'DELETE FROM "{table}"')


@every_frozen_model
def test_a_change_that_changes_nothing_is_no_change(rows, name):
    run(f'UPDATE "{rows[name]._meta.db_table}" SET id = id')


@every_frozen_model
@pytest.mark.only_on("sqlite")
def test_replacing_a_row_is_deleting_it(rows, name):
    table = rows[name]._meta.db_table
    with pytest.raises(DatabaseError, match="append-only"):
        run(f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"')


@every_frozen_model
@pytest.mark.only_on("postgresql")
def test_emptying_a_table_is_refused(rows, name):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL empties nothing while foreign keys wait to be checked
    with pytest.raises(DatabaseError, match="append-only"):
        run(f'TRUNCATE "{rows[name]._meta.db_table}" CASCADE')


# -- the one later change ------------------------------------------------------------------------------------------


def sets(row: models.Model, *names: str) -> str:
    fields = [row._meta.get_field(name) for name in names]
    return f'UPDATE "{row._meta.db_table}" SET ' + ", ".join(f'"{field.column}" = %s' for field in fields)


@pytest.mark.usefixtures("rows")
def test_a_review_is_answered_once():
    review, by = archive.open_review(), cast.cast().rosa
    review.answer_with("recalled", by=by, at=cast.NOON, reason="Not now.")
    with pytest.raises(AlreadyFilled):
        Review.objects.get(pk=review.pk).answer_with("attested", by=by, at=cast.NOON)
    assert Review.objects.get(pk=review.pk).answer == review.answer == "recalled"


@pytest.mark.usefixtures("rows")
def test_an_edition_is_closed_once():
    edition, by = archive.open_edition(), cast.cast().paula
    edition.close("withdrawn", by=by, at=cast.NOON, reason="Wrong.")
    with pytest.raises(AlreadyFilled):
        Edition.objects.get(pk=edition.pk).close("superseded", by=by, at=cast.NOON)
    assert Edition.objects.get(pk=edition.pk).closed_how == "withdrawn"


@pytest.mark.usefixtures("rows")
def test_only_the_named_columns_can_be_filled():
    with pytest.raises(Frozen, match="digest"):
        archive.open_review().answer_with("recalled", by=None, at=cast.NOON, digest="x")


@pytest.mark.usefixtures("rows")
def test_sql_can_answer_an_open_review_and_then_nothing_more():
    review, by = archive.open_review(), cast.cast().rosa
    answer = sets(review, "answer", "answered_at", "answered_by") + " WHERE id = %s"
    run(answer, "recalled", cast.NOON, by.pk, review.pk)
    for field in columns("Review", fill_once=True):
        with pytest.raises(DatabaseError, match="append-only"):
            run(sets(review, field.name) + " WHERE id = %s", other_value(field, review), review.pk)


@pytest.mark.usefixtures("rows")
def test_sql_can_close_an_open_edition_and_then_nothing_more():
    edition, by = archive.open_edition(), cast.cast().paula
    close = sets(edition, "closed_how", "closed_at", "closed_by") + " WHERE id = %s"
    run(close, "withdrawn", cast.NOON, by.pk, edition.pk)
    for field in columns("Edition", fill_once=True):
        with pytest.raises(DatabaseError, match="append-only"):
            run(sets(edition, field.name) + " WHERE id = %s", other_value(field, edition), edition.pk)


def values(row: models.Model, *names: str) -> list[Any]:
    return [other_value(row._meta.get_field(name), row) for name in names]


def with_marker(row: FrozenModel) -> tuple[list[str], list[Any]]:
    """The columns that say that the later change was made, with values for them."""
    names = [row.fill_once[0], *(name for name in ("answered_at", "closed_at") if name in row.fill_once)]
    return names, [
        "withdrawn" if name == "answer" else other for name, other in zip(names, values(row, *names), strict=True)
    ]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name", FILL_ONCE)
def test_nothing_is_filled_before_its_time(name):
    row = archive.unfilled(name)
    for field in columns(name, fill_once=True)[1:]:
        with pytest.raises(DatabaseError, match="append-only"):
            run(sets(row, field.name) + " WHERE id = %s", other_value(field, row), row.pk)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name", FILL_ONCE)
def test_what_was_filled_can_not_be_emptied(name):
    row = archive.filled(name)
    empty = {field.name: None if field.null else "" for field in columns(name, fill_once=True)}
    with pytest.raises(DatabaseError, match="append-only"):
        run(sets(row, *empty) + " WHERE id = %s", *empty.values(), row.pk)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name", FILL_ONCE)
def test_the_later_change_takes_no_other_column_along(name):
    row = archive.unfilled(name)
    names, new = with_marker(row)
    other = columns(name, fill_once=False)[-1]
    with pytest.raises(DatabaseError, match="append-only"):
        run(sets(row, *names, other.name) + " WHERE id = %s", *new, other_value(other, row), row.pk)
