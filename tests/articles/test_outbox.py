"""Sending, trying again, giving up; never two senders of one message."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import outbox, roles
from articles.models import Message
from tests import cast
from tests.articles import post
from tests.articles.post import message, soon, tomorrow

pytestmark = pytest.mark.django_db


def test_what_is_due_is_sent_once(mailoutbox):
    row = message()
    assert outbox.send_due(at=soon()) == "1 mail sent"
    assert outbox.send_due(at=soon(days=30)) == "0 mails sent"
    row.refresh_from_db()
    assert (len(mailoutbox), row.attempts, row.next_at, row.error) == (1, 1, None, "")


def test_a_message_that_somebody_is_sending_is_left_alone(mailoutbox):
    row, at = message(), soon()
    assert outbox._claim(Message.objects.filter(pk=row.pk), at)
    assert outbox.send_due(at=at + outbox.CLAIM - timedelta(seconds=1)) == "0 mails sent"
    assert mailoutbox == []


def test_the_message_of_a_sender_who_was_killed_is_sent_in_the_end(mailoutbox):
    row, at = message(), soon()
    outbox._claim(Message.objects.filter(pk=row.pk), at)
    assert outbox.send_due(at=at + outbox.CLAIM) == "1 mail sent"
    assert len(mailoutbox) == 1


def test_pauses_grow_and_after_the_last_attempt_the_message_stands_as_failed(settings):
    settings.EMAIL_BACKEND = post.PICKY
    row, at, pauses = message(), soon(), []
    while row.next_at:
        assert outbox.send_due(at=at) == "0 mails sent, 1 not"
        row.refresh_from_db()
        pauses.append(row.next_at and row.next_at - at)
        at = row.next_at
    assert pauses == [*outbox.PAUSES, None]
    assert sorted(outbox.PAUSES) == outbox.PAUSES
    assert Message.objects.failed().get() == row
    assert "no such user" in row.error


def test_without_a_server_the_rest_is_not_even_tried(settings):
    settings.EMAIL_BACKEND = post.AWAY
    first, second = message(), message("rosa")
    with pytest.raises(outbox.ServerAway):
        outbox.send_due(at=soon())
    assert [Message.objects.get(pk=row.pk).attempts for row in (first, second)] == [1, 0]
    assert Message.objects.waiting().count() == 2


def test_nobody_is_dropped_for_want_of_an_address():
    row = message("sam")
    type(row.person).objects.update(email="")
    assert outbox.send_due(at=soon()) == "0 mails sent, 1 not"
    row.refresh_from_db()
    assert (row.error, row.next_at) == ("sam has no mail address.", None)


def test_a_refused_address_keeps_no_mail_from_others(settings, mailoutbox):
    settings.EMAIL_BACKEND = post.PICKY
    message("wanda")
    message("rosa")
    assert outbox.send_due(at=soon()) == "1 mail sent, 1 not"


def test_an_administrator_lets_it_be_tried_again(settings, mailoutbox):
    row = message("sam")
    Message.objects.update(next_at=None, attempts=7, error="Gone")
    ada = cast.person("ada", roles.ADMINISTRATOR)
    assert outbox.try_again(Message.objects.all(), by=ada, at=soon()) == 1
    outbox.send_due(at=soon())
    row.refresh_from_db()
    assert (len(mailoutbox), row.error) == (1, "")


def test_what_was_sent_or_waits_is_not_tried_again():
    message()
    outbox.send_due(at=soon())
    message()
    assert outbox.try_again(Message.objects.all(), by=cast.person("ada", roles.ADMINISTRATOR), at=soon()) == 0


def test_only_administrators_may_have_mail_tried_again():
    with pytest.raises(roles.NotAllowed):
        outbox.try_again(Message.objects.all(), by=cast.person("paula", roles.PUBLISHER), at=soon())


# -- the daily digest ----------------------------------------------------------------------------------------------


def test_one_mail_a_person_with_all_the_lines(mailoutbox):
    for name, subject in (("wanda", "One"), ("rosa", "Two"), ("wanda", "Three")):
        message(name, subject, kind="digest")
    assert outbox.send_digests(at=tomorrow()) == "2 mails sent"
    bodies = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "One" in bodies["wanda@example.org"]
    assert "Three" in bodies["wanda@example.org"]
    assert "Two" not in bodies["wanda@example.org"]
    assert not Message.objects.filter(sent_at=None).exists()


def test_lines_wait_for_the_morning_and_action_mail_is_no_part_of_it(mailoutbox):
    message(kind="digest")
    message(kind="action")
    assert outbox.send_digests(at=timezone.now()) == "0 mails sent"
    assert outbox.send_due(at=tomorrow()) == "1 mail sent"


@pytest.mark.parametrize(
    ("made", "sent"),
    [
        ("2026-11-02T14:59", "2026-11-02T15:00"),  # 6:59 in Los Angeles
        ("2026-11-02T15:00", "2026-11-03T15:00"),
        ("2027-03-13T20:00", "2027-03-14T14:00"),  # the night in which the clocks go forward
    ],
)
def test_the_morning_is_that_of_the_site(made, sent):
    at = datetime.fromisoformat(made).replace(tzinfo=UTC)
    assert outbox.first_time("digest", at) == datetime.fromisoformat(sent).replace(tzinfo=UTC)
