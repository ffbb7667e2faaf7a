"""Numbers appear in the order of commits, and none is missed, whoever else is at work."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from articles.models import Article, Autosave, ReaderChange, Reviewer
from articles.outdated import asking
from articles.reading import log
from tests import cast
from tests.articles.outdated import logged

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]
SECONDS = 30  # after which a test has failed


@contextmanager
def other_hands(count=1):
    """Others, each with a connection of their own."""
    with ThreadPoolExecutor(count) as pool:
        yield lambda deed, *given: pool.submit(_done, deed, *given)


def _done(deed, *given):
    try:
        return deed(*given)
    finally:
        connection.close()


def profile(text, slug="rosa"):
    """A change that needs no other row."""
    Reviewer.objects.filter(slug=slug).update(profile=f"<p>{text}</p>")


def held(deed, begun, go_on):
    """Do it, and commit when told."""
    with transaction.atomic():
        deed()
        begun.set()
        assert go_on.wait(SECONDS)


def someone_waits():
    """Until a session waits for a lock."""
    end = monotonic() + SECONDS
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    pytest.fail("nobody waits")


def test_a_publication_held_open_while_another_change_commits_is_not_missed():
    article, begun, go_on = cast.signed().article, Event(), Event()
    start = logged.newest()
    with other_hands() as do:
        publishing = do(held, lambda: cast.publish(article), begun, go_on)
        assert begun.wait(SECONDS)
        profile("Speaks Spanish.")
        between = asking.since(start)
        go_on.set()
        publishing.result(SECONDS)
    assert [tag for _number, tag in between.changes] == ["reviewer:rosa"]
    after = asking.since(between.number)
    assert f"page:{article.slug}" in {tag for _number, tag in after.changes}
    assert min(number for number, _tag in after.changes) > between.number


def test_who_has_a_number_keeps_the_next_ones_waiting_until_the_commit():
    cast.reviewer("rosa"), cast.reviewer("otto")
    start, begun, go_on = logged.newest(), Event(), Event()

    def numbered():
        profile("One.")
        logged.commit()  # as at the end of a transaction, which goes on all the same

    with other_hands(2) as do:
        first = do(held, numbered, begun, go_on)
        assert begun.wait(SECONDS)
        second = do(profile, "Two.", "otto")
        someone_waits()
        assert asking.since(start).changes == ()
        go_on.set()
        first.result(SECONDS), second.result(SECONDS)
    (one, first_tag), (two, second_tag) = asking.since(start).changes
    assert (first_tag, second_tag) == ("reviewer:rosa", "reviewer:otto")
    assert one < two


def test_who_waits_at_the_commit_for_a_row_does_not_keep_the_counter_meanwhile():
    """Else two would wait for each other: one for the row of an article, one for the number."""
    article, wanda, begun, go_on = cast.draft(), cast.person("wanda"), Event(), Event()
    cast.reviewer("rosa"), cast.reviewer("otto")

    def lock_and_change():
        Article.objects.select_for_update().get(pk=article.pk)
        profile("One.")

    def change_and_name():
        with transaction.atomic():
            profile("Two.", "otto")  # its number comes at the commit, and so does the check of the key in the next line
            Autosave.objects.create(person=wanda, article=article, at=cast.NOON)

    with other_hands(2) as do:
        first = do(held, lock_and_change, begun, go_on)
        assert begun.wait(SECONDS)
        second = do(change_and_name)
        someone_waits()
        go_on.set()
        first.result(SECONDS), second.result(SECONDS)


def test_many_hands_and_who_asks_meanwhile_hears_of_each():
    hands, times = 6, 25
    for number in range(hands):
        cast.reviewer(f"doctor{number}")
    start = logged.newest()

    def work(number):
        for time in range(times):
            with transaction.atomic():
                profile(f"{time}.", f"doctor{number}")
                transaction.set_rollback(time % 5 == 4)

    with other_hands(hands) as do:
        working = [do(work, number) for number in range(hands)]
        heard, upto = [], start
        while not all(one.done() for one in working) or asking.since(upto).changes:
            answer = asking.since(upto)
            heard, upto = [*heard, *answer.changes], answer.number
    assert [one.result() for one in working] == [None] * hands
    assert len(heard) == hands * times * 4 // 5
    assert [number for number, _tag in heard] == list(range(start + 1, upto + 1))
    assert not ReaderChange.objects.filter(number=None).exists()


def test_a_table_that_is_emptied_by_hand_outdates_everything():
    start = logged.newest()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE references_retraction")
    assert [tag for _number, tag in asking.since(start).changes] == ["*"]


def test_the_question_has_a_limit_and_the_next_one_works(monkeypatch):
    start = logged.newest()
    monkeypatch.setattr(log, "SECONDS", 0.2)
    with transaction.atomic(durable=True), connection.cursor() as cursor, other_hands() as do:
        cursor.execute("LOCK TABLE articles_readercounter IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(log.Error, match="statement timeout"):
            do(log.since, start).result(SECONDS)
    assert log.since(start).changes == ()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == "0"
