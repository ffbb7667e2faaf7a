"""Mail about deeds, which is never as important as the deed."""

import pytest
from django.core.cache import cache

from articles import notices, outbox, reviewing
from articles.models import Message
from tests import cast
from tests.articles import post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _server_was_not_away():
    yield
    cache.delete(outbox.AWAY)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What a request does when its transaction is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_who_must_act_gets_mail_at_once(mailoutbox, committed):
    with committed():
        cast.requested()
    assert mailoutbox[0].to == ["rosa@example.org"]
    assert Message.objects.get().sent_at


def test_nothing_is_sent_for_a_deed_that_was_not_committed(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        cast.requested()
    assert mailoutbox == []


@pytest.mark.parametrize("backend", ["no.such.backend", post.AWAY, post.PICKY])
def test_whatever_happens_to_the_mail_the_deed_is_done_and_the_message_waits(settings, committed, backend):
    settings.EMAIL_BACKEND = backend
    with committed():
        review = reviewing.attest(**cast_answer(cast.requested()))
    assert review.answer == "attested"
    _asked, told = Message.objects.order_by("pk")
    assert (told.person.username, told.sent_at) == ("wanda", None)
    assert told in Message.objects.due(post.soon(minutes=6))


def cast_answer(review):
    return {"review": review, "by": review.reviewer.account, "at": cast.NOON, "digest": review.digest}


def test_a_server_that_hangs_is_waited_for_once_and_not_by_every_message(settings, committed):
    settings.EMAIL_BACKEND = post.AWAY
    with committed():
        cast.requested()
    with committed():
        cast.requested(cast.draft(cast.words("Other disease")))
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 1]


def test_an_address_that_is_refused_holds_up_nobody_else(settings, mailoutbox, committed):
    settings.EMAIL_BACKEND = post.PICKY
    with committed():
        post.message("wanda")
        post.message("rosa")
    assert [mail.to for mail in mailoutbox] == [["rosa@example.org"]]


def test_what_is_good_to_know_waits_for_the_morning(mailoutbox, committed):
    review = cast.requested()
    with committed():
        reviewing.recall(review, by=cast.person("wanda"), at=cast.NOON)
    assert mailoutbox == []
    assert Message.objects.latest("pk").kind == Message.Kind.DIGEST


def test_a_line_break_in_a_title_stops_no_mail(mailoutbox, committed):
    with committed():
        cast.requested(cast.draft(cast.words(title="Two\nlines")))
    assert mailoutbox[0].subject == "Please review “Two lines”"


def test_nothing_is_written_for_nobody():
    notices.tell(None, "Hello", "Hello")
    assert not Message.objects.exists()
