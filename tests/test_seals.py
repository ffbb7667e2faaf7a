"""What is kept for ever is sealed by whoever writes it, and its words change only by a redaction or by thinning."""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from articles import triggers
from articles.content import sha256
from articles.models import AlreadyFilled, Chain, Comment, Erasure, Redaction, Review, Revision, Seal, hash_of
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    return archive.fill()


def change_words(row: Any, content: str, **more: Any) -> None:
    """By SQL, as somebody with the database could."""
    columns = {"content": content, **more}
    named = ", ".join(f'"{name}" = %s' for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET {named} WHERE id = %s', [*columns.values(), row.pk])


# -- stored words: redacted, or thinned, and nothing else ------------------------------------------------------------


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name", ["Edition", "Review", "Revision"])
def test_words_change_to_what_an_erasure_says_and_to_nothing_else(name):
    row = apps.get_model("articles", name).objects.earliest("pk")
    erased = row.words().erase(sha256(row.words().summary)).to_json()
    with pytest.raises(DatabaseError, match="append-only"):
        change_words(row, erased)
    redaction = Redaction.objects.earliest("pk")
    Erasure.objects.create(redaction=redaction, table=name.lower(), row=row.pk, content=erased)
    with pytest.raises(DatabaseError, match="append-only"):
        change_words(row, "{}")
    change_words(row, erased)


@pytest.mark.usefixtures("rows")
def test_a_revision_is_thinned_whole_and_once():
    row = Revision.objects.earliest("pk")
    with pytest.raises(DatabaseError, match="append-only"):
        change_words(row, "")
    with pytest.raises(DatabaseError, match="append-only"):
        change_words(row, "{}", thinned_at=cast.NOON)
    row.thin(at=cast.NOON)
    with pytest.raises(AlreadyFilled):
        Revision.objects.get(pk=row.pk).thin(at=cast.NOON)


# -- seals -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("rows")
def test_every_row_is_sealed_as_it_stands_in_the_database():
    for seal in Seal.objects.all():
        row = apps.get_model("articles", seal.table).objects.get(pk=seal.row)
        assert seal.row_hash == hash_of(row, event=seal.event), seal


@pytest.mark.usefixtures("rows")
def test_a_row_made_with_its_answer_has_the_answer_sealed():
    made_whole = Review.objects.get(origin="correction")
    assert set(Seal.objects.filter(table="review", row=made_whole.pk).values_list("event", flat=True)) == {
        "made",
        "filled",
    }


@pytest.mark.usefixtures("rows")
def test_the_chain_holds_every_row_and_every_later_change():
    sealed = triggers.sealed_models()
    made = sum(model.objects.count() for model in sealed)
    filled = sum(
        1 for model in sealed for row in model.objects.all() if model.fill_once and getattr(row, model.fill_once[0])
    )
    head = Chain.objects.get()
    assert head.count == Seal.objects.count() == made + filled
    assert head.last == Seal.objects.last().seal


def test_rows_made_at_once_are_sealed_too():
    edition = cast.published()
    rows = [Comment(article=edition.article, text=f"Number {n}", by=cast.cast().rosa, at=cast.NOON) for n in range(3)]
    before = Seal.objects.count()
    Comment.objects.bulk_create(rows)
    assert Seal.objects.count() == before + 3
