"""Whoever changes history in the database itself, with the triggers dropped, is found out."""

import json
from collections.abc import Callable

import pytest
from django.db import connection

from articles import drafting, heads, seals, triggers
from articles.content import Content, digest_of, sha256
from articles.models import Chain, Edition, Published, Review, Seal, TimelineEntry, hash_of
from articles.verifying import problems
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _history():
    archive.fill()
    assert found() == []


def found(kept=()) -> list[str]:
    return [str(problem) for problem in problems(kept)]


def tamper(*statements: str, values: tuple = ()) -> None:
    """Run SQL as somebody with the database would: without triggers, which are put back."""
    triggers.drop(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values if "%s" in statement else None)
    triggers.install(connection)


def open_edition() -> Edition:
    return archive.open_edition()


def corrected() -> Review:
    return Review.objects.get(origin="correction")


# -- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["articles_edition", "articles_review", "articles_revision"])
def test_a_changed_word_is_found(table):
    tamper(f"UPDATE {table} SET content = replace(content, 'usual', 'daily')")
    assert any("other words than its digest" in one for one in found())


def test_a_changed_word_is_found_though_its_hashes_were_changed_too():
    edition = open_edition()
    content = edition.content.replace("usual", "daily")
    tamper(
        "UPDATE articles_edition SET content = %s, digest = %s, full_hash = %s WHERE id = " + str(edition.pk),
        values=(content, digest_of(content), sha256(content)),
    )
    assert any(f"edition {edition.pk}: is not as it was sealed" in one for one in found())


def test_an_emptied_text_is_found():
    tamper("UPDATE articles_revision SET content = '' WHERE number = 1")
    assert any("has lost its words" in one for one in found())


def test_a_part_that_vanished_without_a_redaction_is_found():
    edition = open_edition()
    words = Content.from_json(edition.content)
    gone = words.erase(sha256(words.sections[1].body)).to_json()
    tamper(f"UPDATE articles_edition SET content = %s WHERE id = {edition.pk}", values=(gone,))
    assert found() == [f"edition {edition.pk}: lacks a part that no confirmed redaction names"]


# -- rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["acceptance", "comment", "cover", "deferral", "manuscript", "timelineentry"])
def test_a_deleted_row_is_found(table):
    tamper(f"DELETE FROM articles_{table} WHERE id = (SELECT max(id) FROM articles_{table})")
    assert any(one.startswith(f"{table} ") and "was deleted" in one for one in found())


def test_a_row_that_nobody_sealed_is_found():
    row = TimelineEntry.objects.latest("pk")
    columns = "article_id, what, by_id, at, digest_before, digest_after, detail"
    copied = f"SELECT {columns} FROM articles_timelineentry WHERE id = {row.pk}"
    tamper(f"INSERT INTO articles_timelineentry ({columns}) {copied}")
    assert any("was never sealed" in one for one in found())


@pytest.mark.parametrize(
    "change",
    [
        "signed_credentials = 'PhD'",
        "signed_name = 'Somebody Else'",
        "reviewed_on = '2026-11-03'",
        "answered_at = '2026-11-03 10:00:00+00:00'",
        "scope = 'changes', base_digest = digest",
        "interests = 'None.'",
        "reason = 'Fine.'",
        "origin = 'request'",
    ],
)
def test_a_review_that_was_touched_is_found(change):
    tamper(f"UPDATE articles_review SET {change} WHERE id = {corrected().pk}")
    assert any("is not as it was sealed" in one for one in found())


def test_a_swapped_reviewer_is_found():
    other = cast.reviewer("olga")
    tamper(f"UPDATE articles_review SET reviewer_id = {other.pk} WHERE id = {corrected().pk}")
    assert found() == [f"review {corrected().pk}: is not as it was sealed"]


def test_an_answer_that_nobody_gave_is_found():
    review = archive.open_review()
    tamper(
        f"UPDATE articles_review SET answer = 'attested', answered_at = '2026-11-03 10:00:00+00:00', scope = 'full',"
        f" reviewed_on = '2026-11-03', signed_name = 'R' WHERE id = {review.pk}"
    )
    assert f"review {review.pk}: has a later change that was never sealed" in found()


def test_a_moved_publication_date_is_found():
    tamper("UPDATE articles_edition SET published_at = '2026-11-01 10:00:00+00:00'")
    assert any("is not as it was sealed" in one for one in found())


@pytest.mark.parametrize(
    "change",
    ["last_reviewed_on = '2026-11-20'", "reviewed_by = 'Other'", "next_due = '2030-01-01'", "title = 'Other'"],
)
def test_a_public_page_that_says_something_else_is_found(change):
    tamper(f"UPDATE articles_published SET {change}")
    slug, column = Published.objects.get().slug, change.split(" ")[0]
    assert found() == [f"/{slug}/: does not say what was proved: {column}"]


def test_a_former_address_that_was_bent_to_another_page_is_found():
    moved, other = Edition.objects.filter(closed_how="").get().article, cast.published(cast.draft(cast.words("Other")))
    moved.slug = "new-address"
    moved.save()
    drafting.settle(moved, by=cast.person("wanda"), at=cast.NOON)
    assert found() == []
    tamper(f"UPDATE articles_published SET moved_to_id = '{other.article.slug}' WHERE moved_to_id IS NOT NULL")
    assert found() == ["/acute-example-disease/: does not lead to the page whose address it was"]


def test_a_missing_trigger_is_found():
    triggers.drop(connection)
    assert len(found()) == len(triggers.frozen_models())
    triggers.install(connection)


# -- the chain -------------------------------------------------------------------------------------------------------


def test_a_reordered_chain_is_found():
    first, second = Seal.objects.order_by("number")[3:5]
    tamper(
        f"UPDATE articles_seal SET number = 1000000 WHERE id = {first.pk}",
        f"UPDATE articles_seal SET number = {first.number} WHERE id = {second.pk}",
        f"UPDATE articles_seal SET number = {second.number} WHERE id = {first.pk}",
    )
    assert any("does not follow from the one before it" in one for one in found())


def test_a_seal_taken_out_is_found():
    tamper("DELETE FROM articles_seal WHERE number = 5")
    assert "seal 5: is missing; the next one there is seal 6" in found()


def cut_tail() -> None:
    last = Seal.objects.order_by("-number")[0]
    table = f"articles_{last.table}"
    tamper(f"DELETE FROM {table} WHERE id = {last.row}", f"DELETE FROM articles_seal WHERE number = {last.number}")


def test_a_cut_tail_is_found():
    cut_tail()
    assert any(one.startswith("head: says that there are") for one in found())


def test_a_cut_tail_with_an_old_head_put_back_is_found_by_a_head_kept_elsewhere(tmp_path):
    old = Chain.objects.values().get()
    before = Seal.objects.count()
    cast.cast()
    comment_on(open_edition().article)
    file = tmp_path / "heads.jsonl"
    heads.keep(file, at=cast.NOON)
    tamper("DELETE FROM articles_comment WHERE text = 'Later.'", f"DELETE FROM articles_seal WHERE number > {before}")
    Chain.objects.update(**{name: old[name] for name in ("count", "last", "signature")})
    assert found() == []
    assert any("its tail was cut" in one for one in found(heads.read(file)))


def comment_on(article):
    from_rosa = {"text": "Later.", "by": cast.reviewer().account, "at": cast.NOON}
    article.comments.create(**from_rosa)


def resealed(change: Callable[[Review], None]) -> None:
    """Change a review and forge every seal after it, as somebody can who has the code and not the key."""
    review = corrected()
    change(review)
    tamper(f"UPDATE articles_review SET signed_name = %s WHERE id = {review.pk}", values=(review.signed_name,))
    last, rows = seals.GENESIS, list(Seal.objects.order_by("number"))
    for seal in rows:
        if (seal.table, seal.row) == ("review", review.pk):
            seal.row_hash = hash_of(Review.objects.get(pk=review.pk), event=seal.event)
        place = (seal.table, seal.row, seal.event)
        seal.seal = last = seals.link(last, number=seal.number, row=place, row_hash=seal.row_hash)
        tamper(f"UPDATE articles_seal SET row_hash = %s, seal = %s WHERE id = {seal.pk}", values=(seal.row_hash, last))
    Chain.objects.update(last=last, signature=seals.sign("not the key", count=len(rows), last=last))


def test_a_chain_forged_from_end_to_end_is_found_by_its_signature(tmp_path):
    heads.keep(tmp_path / "heads.jsonl", at=cast.NOON)
    resealed(lambda review: setattr(review, "signed_name", "Somebody Else"))
    assert any("is not signed with this site's SEAL_KEY" in one for one in found())
    assert any("history was rewritten" in one for one in found(heads.read(tmp_path / "heads.jsonl")))


def test_a_kept_head_that_was_forged_is_found(tmp_path):
    file = tmp_path / "heads.jsonl"
    heads.keep(file, at=cast.NOON)
    head = json.loads(file.read_text())
    file.write_text(json.dumps({**head, "signature": "0" * 64}))
    assert any("kept head" in one for one in found(heads.read(file)))


def test_thinning_is_no_tampering():
    archive.filled("Revision")
    assert found() == []
