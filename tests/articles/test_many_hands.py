"""As many hands as a server has connections to spare, on one article and on several: one order, and no gap in it."""

from functools import partial
from threading import Event
from time import monotonic

import pytest
from django.db import connection, transaction

from articles import addresses, drafting, library, policy, publishing, reviewing, roles
from articles.content import Content, SectionContent
from articles.models import Article, Citation, Condition, Edition, Published, Reliance, Review, Seal
from articles.verifying import problems
from references.models import Source
from tests import cast
from tests.articles.test_concurrency import at_once, entries, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def changed_under_review() -> Review:
    """A page is online, and its next words wait for their signature."""
    cast.person("paula", roles.PUBLISHER)
    article = cast.published().article
    return cast.requested(cast.edited(article, at=cast.later(hours=1)), at=cast.later(hours=2))


def in_order() -> None:
    """History verifies, and no seal is missing or there twice."""
    assert [str(problem) for problem in problems()] == []
    numbers = list(Seal.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.only_on("postgresql")
def test_fifty_hands_that_sign_and_publish_leave_exactly_one_open_edition():
    review, rosa = changed_under_review(), cast.reviewer().account
    late = cast.later(hours=3)

    def either(number):
        if number % 2:
            return cast.publish(fresh(review.article), at=late)
        return reviewing.attest(review, by=rosa, at=late, digest=review.digest)

    said = at_once(either, hands=50)
    assert said.count("AlreadyAnswered") == 24
    assert said.count("done") == 1 + (Edition.objects.count() - 1)
    assert Published.objects.get().edition == Edition.objects.open().get()
    in_order()


@pytest.mark.only_on("postgresql")
def test_fifty_hands_that_sign_and_publish_and_withdraw_leave_at_most_one_open_edition():
    review, rosa, paula = changed_under_review(), cast.reviewer().account, cast.person("paula")
    article, late = review.article, cast.later(hours=3)

    def any_of_three(number):
        if number % 3 == 0:
            return cast.publish(fresh(article), at=late)
        if number % 3 == 1:
            return publishing.withdraw(fresh(article), by=paula, at=late, reason=f"Wrong, says {number}.")
        return reviewing.attest(review, by=rosa, at=late, digest=review.digest)

    at_once(any_of_three, hands=50)
    assert entries("withdrawn") == Edition.objects.filter(closed_how="withdrawn").count() >= 1
    assert Published.objects.get().edition == Edition.objects.open().first()
    assert Edition.objects.open().count() <= 1
    in_order()


def test_deeds_on_different_articles_wait_for_each_other_without_a_deadlock():
    reviews = [cast.requested(cast.draft(cast.words(f"Example disease {number}"))) for number in range(5)]
    rosa, paula, wanda = cast.reviewer().account, cast.person("paula", roles.PUBLISHER), cast.person("wanda")

    def one_of_four(number):
        review, step = reviews[number % 5], number // 5
        if step == 0:
            return reviewing.attest(review, by=rosa, at=cast.NOON, digest=review.digest)
        if step == 1:
            return cast.publish(fresh(review.article), at=cast.later(hours=1))
        if step == 2:
            return publishing.withdraw(fresh(review.article), by=paula, at=cast.later(hours=2), reason="Wrong.")
        return reviewing.recall(review, by=wanda, at=cast.NOON)

    said = at_once(one_of_four, hands=20)
    assert set(said) <= {"done", "AlreadyAnswered", "NotPublishable", "NotOnline"}
    assert entries("attested") + entries("recalled") == 5
    in_order()


def test_the_very_first_deeds_of_a_site_are_sealed_in_one_chain():
    wanda = cast.person("wanda", roles.WRITER)

    def first(number):
        section = SectionContent(anchor="a", heading="What it is", body="<p>Words.</p>")
        words = Content(title=f"Disease {number}", sections=(section,))
        drafting.start(words, by=wanda, at=cast.NOON)

    assert at_once(first, hands=8) == ["done"] * 8
    in_order()


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("deed", ["publish", "save"])
def test_what_is_published_or_saved_while_its_source_is_merged_leans_on_the_record_that_stays(deed):
    article, edith = cast.signed().article, cast.person("edith", roles.EDITOR)
    cast.person("paula", roles.PUBLISHER)
    gone, keep = Source.objects.get(), Source.objects.create(title="What is example disease?", doi="10.1000/what")
    merging = Event()

    def either(number):
        if number:
            merging.wait(timeout=60)
            cast.publish(fresh(article)) if deed == "publish" else cast.edited(fresh(article))
            return
        with transaction.atomic():
            library.merge(keep, gone, by=edith, at=cast.NOON)
            merging.set()
            others_wait()

    assert at_once(either, hands=2) == ["done", "done"]
    rows = Reliance if deed == "publish" else Citation
    assert set(rows.objects.values_list("source", flat=True)) == {keep.pk}
    in_order()


@pytest.mark.only_on("postgresql")
def test_of_two_who_set_the_first_policy_at_once_one_is_told_to_look_at_the_others():
    cast.published()
    stan = cast.person("stan", roles.RECORDS_STEWARD)
    wanted = policy.Draft(terms=policy.current(), base=0)
    deed = partial(policy.adopt, wanted, reason="A new standard.", by=stan, at=cast.NOON)
    assert at_once(lambda _n: deed(), hands=4) == ["done", *["StalePolicy"] * 3]
    in_order()


@pytest.mark.only_on("postgresql")
def test_a_draft_about_a_condition_is_saved_while_a_page_about_it_is_published():
    page, draft = cast.published().article, cast.draft(cast.words("Another disease"))
    page.condition = condition = Condition.objects.create(name="Example disease", slug="example")
    page.save()
    posted, saved = Event(), Event()

    def either(number):
        if number:
            posted.wait(timeout=60)
            Article.objects.filter(pk=draft.pk).update(condition=condition)
            saved.set()
            return
        with transaction.atomic():
            addresses.post(page, at=cast.NOON)
            posted.set()
            assert saved.wait(timeout=10)

    assert at_once(either, hands=2) == ["done", "done"]


def others_wait() -> None:
    """Until another connection waits for a lock of ours."""
    until = monotonic() + 60
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone():
                return
    raise TimeoutError
