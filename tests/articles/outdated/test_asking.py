"""Whoever asks for what changed since a number hears all of it, as addresses and keys of sources, or everything."""

import pytest
from django.db import connection, transaction

from articles.models import Edition, Published, ReaderChange, ReaderCounter
from articles.outdated import asking, installing
from leukemia_site.front.changes import ANY
from references.models import Merge, Retraction, Source
from tests import cast
from tests.articles import archive
from tests.articles.outdated import logged
from tests.articles.reading.pages import ADDRESS, move, withdraw

pytestmark = pytest.mark.django_db
SLUG = ADDRESS.strip("/")
PAGE = f"page:{SLUG}"


def test_a_publication_names_its_page():
    article = cast.signed().article
    assert PAGE in logged.by(lambda: cast.publish(article))


def test_a_withdrawn_page_is_gone_and_one_that_moved_is_not():
    edition = cast.published()
    before = logged.newest()
    withdraw(edition.article)
    answer = logged.after(before)
    assert PAGE in dict(map(reversed, answer.changes))
    assert answer.gone == {PAGE}
    other = cast.published(cast.draft(cast.words("Other page")))
    before = logged.newest()
    move(other.article)
    assert logged.tags(before) >= {"page:other-page", "page:new-address"}
    assert logged.after(before).gone == set()


def test_which_of_some_pages_are_withdrawn_can_be_asked():
    withdraw(cast.published().article)
    cast.published(cast.draft(cast.words("Other page")))
    assert asking.withdrawn(frozenset({SLUG, "other-page", "nowhere"})) == {SLUG, "nowhere"}


def test_a_review_names_every_address_of_its_page():
    edition = cast.published()
    move(edition.article)
    asked = cast.requested(cast.edited(edition.article))
    rosa = asked.reviewer.account
    signed = logged.by(lambda: asked.answer_with("attested", by=rosa, at=cast.NOON, **SIGNED))
    assert signed >= {PAGE, "page:new-address"}


SIGNED = {"scope": "full", "reviewed_on": cast.NOON.date(), "signed_name": "Rosa"}


def test_a_review_of_what_is_not_online_names_its_article():
    review = cast.requested()
    rosa = review.reviewer.account
    told = logged.by(lambda: review.answer_with("attested", by=rosa, at=cast.NOON, **SIGNED))
    assert told == {f"article:{review.article_id}"}


def test_a_number_that_nobody_gave_means_everything():
    newest = logged.newest()
    for unknown in (0, newest + 1):
        assert asking.since(unknown) == asking.Answer(newest, ((newest, ANY),))


def test_the_newest_number_means_nothing():
    newest = logged.newest()
    assert asking.since(newest) == asking.Answer(newest, ())


def test_who_missed_much_hears_that_everything_changed(monkeypatch):
    monkeypatch.setattr(asking, "MOST", 2)
    before = logged.newest()
    cast.published()
    assert logged.tags(before) == {ANY}


def test_after_every_migrate_everything_has_changed():
    before = logged.newest()
    installing.install(connection)
    assert logged.newest() > before
    assert logged.tags(before) == {ANY}


def test_a_counter_that_was_lost_begins_far_ahead():
    before = logged.newest()
    ReaderCounter.objects.all().delete()
    assert asking.since(before).changes == ((0, ANY),)
    Published.objects.all().delete()
    cast.published()
    assert logged.newest() > before
    assert logged.tags(before) == {ANY}


def test_what_is_undone_was_never_said():
    article = cast.signed().article
    with logged.silent(), transaction.atomic():
        cast.publish(article)
        transaction.set_rollback(True)


def test_it_takes_two_questions(django_assert_num_queries):
    newest = logged.newest()
    with django_assert_num_queries(2):
        asking.since(newest)


# -- sources -------------------------------------------------------------------------------------------------------


def work(count=3):
    """A record and others that were merged into it."""
    first, *rest = (Source.objects.create(title=f"Work {n}", doi=f"10.1000/{n}") for n in range(count))
    Source.objects.filter(pk__in=[one.pk for one in rest]).update(merged_into=first)
    return [first, *rest]


def keys(*sources):
    return {f"source:{source.key}" for source in sources}


def change(source, **columns):
    return logged.by(lambda: Source.objects.filter(pk=source.pk).update(**columns))


def test_a_source_speaks_for_all_records_of_its_work():
    records, other = work(), Source.objects.create(title="Other")
    assert change(records[0], notice="concern") == keys(*records)
    assert change(records[2], doi="10.1000/9") == keys(*records)
    assert change(other, health="dead", archived="https://web.archive.org/x") == keys(other)


def test_a_record_that_becomes_its_own_again_changes_those_that_it_leaves():
    records = work()
    assert change(records[1], merged_into=None) == keys(*records)


def test_what_is_said_of_a_doi_changes_the_records_of_its_work():
    records = work()
    told = logged.by(lambda: Retraction.objects.create(doi="10.1000/1", nature="concern", notice_doi="10.1000/n"))
    assert told == keys(*records)


def test_a_source_that_is_gone_is_named_by_its_key():
    source = Source.objects.create(title="Nobody leans on it")
    key = source.key
    assert logged.by(source.delete) == {f"source:{key}"}


def test_what_readers_are_not_told_of_a_source_is_no_change():
    source = Source.objects.create(title="A", archived="https://web.archive.org/a")
    with logged.silent():
        Source.objects.create(title="B")
        Source.objects.filter(pk=source.pk).update(health="alive", title="A 2", archived="", doi="10.1000/a")


# -- what is no change ---------------------------------------------------------------------------------------------


def test_drafts_and_requests_are_no_change():
    edition = cast.published()
    with logged.silent():
        cast.requested(cast.edited(edition.article))


def test_a_row_that_is_written_again_as_it_was_is_no_change():
    row = cast.published().address
    with logged.silent():
        row.save()
        Published.objects.update(title=row.title)


def test_an_absence_is_no_change_and_a_profile_is_one():
    rosa = cast.reviewer()
    with logged.silent():
        type(rosa).objects.update(away_until=cast.NOON.date())
    rosa.profile = "<p>She speaks Spanish.</p>"
    assert logged.by(rosa.save) == {"reviewer:rosa"}
    rosa.slug = "rosalind"
    assert ANY in logged.by(rosa.save)


def test_sql_by_hand_is_written_down_too():
    edition = cast.published()

    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_published SET title = 'Other'")

    assert logged.by(by_hand) == {PAGE}
    assert edition.number == 1


def test_each_kind_that_is_written_down_is_known():
    archive.fill()
    logged.commit()
    assert {row.kind for row in ReaderChange.objects.all()} <= set(map(str, asking.Kind))
    assert Edition.objects.exists()
    assert Merge.objects.exists()
