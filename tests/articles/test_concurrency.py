"""Twelve people press the same button at once: it is done once, and the others are told so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from time import sleep

import pytest
from django.db import connection

from articles import addresses, drafting, outbox, publishing, recording, reviewing, roles, runs, scheduling
from articles.models import Article, Edition, Message, Published, Review, Run, Schedule, TimelineEntry
from articles.refusals import Refused
from tests import cast
from tests.articles import post

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 12


def at_once(deed: Callable[[int], object], hands: int = HANDS) -> list[str]:
    """Do it with many hands, each with its own connection. Returns "done" or the name of the refusal, sorted."""
    start = Barrier(hands)

    def hand(number: int) -> str:
        start.wait(timeout=60)
        try:
            deed(number)
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(hands) as pool:
        return sorted(pool.map(hand, range(hands)), key=lambda said: (said != "done", said))


def once(refusal: str) -> list[str]:
    return ["done", *[refusal] * (HANDS - 1)]


def entries(what: str) -> int:
    return TimelineEntry.objects.filter(what=what).count()


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_a_review_is_answered_once():
    review, rosa = cast.requested(), cast.reviewer().account
    said = at_once(lambda _n: reviewing.attest(review, by=rosa, at=cast.NOON, digest=review.digest))
    assert said == once("AlreadyAnswered")
    assert (Review.objects.attested().count(), entries("attested")) == (1, 1)


def test_two_different_answers_leave_one():
    review, rosa = cast.requested(), cast.reviewer().account

    def answer(number):
        if number % 2:
            return reviewing.attest(review, by=rosa, at=cast.NOON, digest=review.digest)
        return reviewing.decline(review, by=rosa, at=cast.NOON, digest=review.digest, reason="Too long.")

    assert at_once(answer) == once("AlreadyAnswered")
    assert entries("attested") + entries("changes_requested") == 1


def test_two_reviewers_who_attest_the_same_words_at_once_are_both_recorded():
    first, ravi = cast.requested(), cast.reviewer("ravi")
    second = reviewing.request(first.article, reviewer=ravi, by=cast.person("wanda"), at=cast.NOON)

    def attest(number):
        review = (first, second)[number % 2]
        reviewing.attest(review, by=review.reviewer.account, at=cast.NOON, digest=review.digest)

    assert at_once(attest) == ["done", "done", *["AlreadyAnswered"] * (HANDS - 2)]
    assert (Review.objects.attested().count(), entries("attested")) == (2, 2)


def test_a_request_is_attested_or_given_to_somebody_else():
    review, rosa, ravi = cast.requested(), cast.reviewer().account, cast.reviewer("ravi")
    stan = cast.person("stan", roles.RECORDS_STEWARD)

    def answer(number):
        if number % 2:
            return reviewing.attest(review, by=rosa, at=cast.NOON, digest=review.digest)
        return reviewing.reassign(review, to=ravi, by=stan, at=cast.NOON, reason="On leave.")

    assert at_once(answer) == once("AlreadyAnswered")
    assert entries("attested") + entries("reassigned") == 1
    assert Review.objects.open().count() == entries("reassigned")


def test_a_review_is_requested_once():
    article, wanda, doctor = cast.draft(), cast.person("wanda", roles.WRITER), cast.reviewer()
    said = at_once(lambda _n: reviewing.request(fresh(article), reviewer=doctor, by=wanda, at=cast.NOON))
    assert said == once("AlreadyRequested")
    assert Review.objects.open().count() == 1


def test_the_first_edition_is_published_once():
    article = cast.signed().article
    cast.person("paula", roles.PUBLISHER)
    assert at_once(lambda _n: cast.publish(fresh(article))) == once("NotPublishable")
    assert (Edition.objects.open().count(), Edition.objects.count(), entries("published")) == (1, 1, 1)


def test_a_later_edition_takes_the_place_of_the_open_one_once():
    article = cast.published().article
    cast.signed(cast.edited(article, at=cast.later(hours=1)), at=cast.later(hours=2))
    assert at_once(lambda _n: cast.publish(fresh(article), at=cast.later(hours=3))) == once("NotPublishable")
    assert sorted(Edition.objects.values_list("number", "closed_how")) == [(1, "superseded"), (2, "")]
    assert Published.objects.get().edition.number == 2


def test_a_page_is_withdrawn_once():
    article, paula = cast.published().article, cast.person("paula")
    said = at_once(lambda _n: publishing.withdraw(fresh(article), by=paula, at=cast.NOON, reason="Wrong."))
    assert said == once("NotOnline")
    assert entries("withdrawn") == 1


def test_one_review_is_recorded_once():
    article, stan, doctor = cast.published().article, cast.person("stan", roles.RECORDS_STEWARD), cast.reviewer()
    said = {"reviewer": doctor, "on": date(2026, 11, 3), "evidence": "A letter."}
    at = cast.later(days=2)
    assert at_once(lambda _n: recording.on_behalf(fresh(article), **said, by=stan, at=at)) == once("NotRecorded")
    assert Review.objects.filter(origin="on_behalf").count() == 1


def test_of_edits_from_the_same_revision_one_is_kept():
    article, wanda = cast.draft(), cast.person("wanda", roles.WRITER)
    content = article.content()

    def edit(number):
        words = cast.with_body(content, "treatment", f"<p>The usual dose is {number + 10} mg.</p>")
        drafting.revise(article, words, by=wanda, at=cast.NOON, base_revision=1)

    assert at_once(edit) == once("StaleRevision")
    assert fresh(article).revision == 2


def test_attesting_and_publishing_and_editing_together_leave_a_page_that_was_signed():
    review, rosa, wanda = cast.requested(), cast.reviewer().account, cast.person("wanda")
    article = review.article
    cast.person("paula", roles.PUBLISHER)

    def anything(number):
        if number % 3 == 0:
            reviewing.attest(review, by=rosa, at=cast.NOON, digest=review.digest)
        elif number % 3 == 1:
            cast.publish(fresh(article))
        else:
            words = cast.with_body(article.content(), "treatment", f"<p>The usual dose is {number + 10} mg.</p>")
            drafting.revise(article, words, by=wanda, at=cast.NOON, base_revision=1)

    at_once(anything)
    for edition in Edition.objects.open():
        assert edition.digest == edition.review.digest == review.digest
        assert edition.review.answer == "attested"
    row = Published.objects.values().first()
    addresses.post(fresh(article), at=cast.NOON)
    assert Published.objects.values().first() == row


def both(deed: Callable[[int], object]) -> None:
    """The same deed with twelve hands, none of which may be refused."""
    assert at_once(deed) == ["done"] * HANDS


def test_overlapping_runs_keep_each_schedule_once():
    titles = [f"Disease {number}" for number in range(4)]
    for title in titles:
        cast.scheduled(cast.signed(cast.draft(cast.words(title))).article)
    both(lambda _n: scheduling.keep_due(at=cast.later(days=2)))
    assert sorted(Edition.objects.values_list("article__title", "number")) == [(title, 1) for title in titles]
    assert set(Schedule.objects.values_list("outcome", flat=True)) == {"published"}
    assert entries("published") == 4


def test_overlapping_runs_send_each_message_once(mailoutbox):
    for number in range(10):
        post.message("wanda", f"Act {number}")
        post.message("wanda", f"Know {number}", kind="digest")
    Message.objects.update(sent_at=None, attempts=0, next_at=cast.NOON)  # the first were sent when they were written
    mailoutbox.clear()
    both(lambda number: (outbox.send_due if number % 2 else outbox.send_digests)(at=cast.NOON))
    assert sorted(mail.subject for mail in mailoutbox) == [
        "10 messages from Example Hospital",
        *(f"Act {number}" for number in range(10)),
    ]
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_of_overlapping_runs_one_does_a_task():
    done = []
    Run.objects.create(task="tidy")

    def work(*, at):
        done.append(at)
        sleep(1)  # while the others come
        return ""

    both(lambda number: runs.run("tidy", work, at=cast.later(seconds=number)))
    assert len(done) == 1


def test_a_schedule_is_kept_or_cancelled_and_never_both():
    schedule, paula = cast.scheduled(), cast.person("paula")

    def race(number):
        if number % 2:
            return scheduling.keep(schedule, at=cast.later(days=2))
        return scheduling.cancel(schedule, by=paula, at=cast.later(days=2), reason="")

    assert at_once(race) == once("Ended")
    assert Edition.objects.count() == (Schedule.objects.get().outcome == "published")
