"""Nobody gets two digests a day, whatever breaks; and what may not have arrived is said, and not sent again."""

from datetime import timedelta

import pytest
from django.db import transaction

from articles import outbox, reminding, roles
from articles.models import Digest, Message, Reminder
from tests import cast
from tests.articles import post
from tests.articles.post import message, tomorrow
from tests.articles.reminded import day, page
from tests.articles.test_concurrency import at_once

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def line(name="wanda"):
    return message(name, kind="digest")


def state(row):
    row.refresh_from_db()
    return "sent" if row.sent_at else "waits" if row.next_at else "failed"


def test_what_comes_after_the_digest_waits_for_the_next_day(mailoutbox):
    first, at = line(), tomorrow()
    assert outbox.send_digests(at=at) == "1 mail sent"
    second = line()
    Message.objects.filter(pk=second.pk).update(next_at=at)
    assert outbox.send_digests(at=at + HOUR) == "0 mails sent"
    assert [state(first), state(second)] == ["sent", "waits"]
    assert outbox.send_digests(at=at + 48 * HOUR) == "1 mail sent"
    assert len(mailoutbox) == Digest.objects.exclude(sent_at=None).count() == 2


def test_killed_between_sending_and_writing_it_down_it_is_not_sent_again(settings, mailoutbox):
    row, at = line(), tomorrow()
    settings.EMAIL_BACKEND = post.KILLED
    with pytest.raises(post.Kill):
        outbox.send_digests(at=at)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for hours in (1, 24, 48):
        outbox.send_digests(at=at + hours * HOUR)
    assert len(mailoutbox) == 1
    assert (state(row), row.error) == ("failed", "Handed over, and not known whether it arrived.")


def test_a_connection_that_breaks_while_it_is_handed_over_is_the_same(settings, mailoutbox):
    row = line()
    settings.EMAIL_BACKEND = post.BROKEN
    with pytest.raises(outbox.ServerAway):
        outbox.send_digests(at=tomorrow())
    assert (state(row), len(mailoutbox), Digest.objects.get().sent_at) == ("failed", 1, None)


def test_a_server_that_is_away_lets_it_be_tried_again_on_the_same_day(settings, mailoutbox):
    row, at = line(), tomorrow()
    settings.EMAIL_BACKEND = post.AWAY
    with pytest.raises(outbox.ServerAway):
        outbox.send_digests(at=at)
    assert (state(row), Digest.objects.count()) == ("waits", 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_digests(at=at + outbox.PAUSES[0]) == "1 mail sent"


def test_so_does_an_address_that_was_refused(settings):
    row, settings.EMAIL_BACKEND = line(), post.PICKY
    assert outbox.send_digests(at=tomorrow()) == "0 mails sent, 1 not"
    assert (state(row), Digest.objects.count()) == ("waits", 0)


def test_an_action_is_sent_again_as_ever(settings, mailoutbox):
    row = message()
    settings.EMAIL_BACKEND = post.BROKEN
    with pytest.raises(outbox.ServerAway):
        outbox.send_due(at=post.soon())
    assert state(row) == "waits"


def test_a_person_may_let_it_be_sent_again_but_not_while_it_is_being_sent(settings, mailoutbox):
    row, at, ada = line(), tomorrow(), cast.person("ada", roles.ADMINISTRATOR)
    settings.EMAIL_BACKEND = post.KILLED
    with pytest.raises(post.Kill):
        outbox.send_digests(at=at)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.try_again(Message.objects.all(), by=ada, at=at + timedelta(minutes=9)) == 0
    assert outbox.try_again(Message.objects.all(), by=ada, at=at + timedelta(minutes=11)) == 1
    assert outbox.send_digests(at=at + HOUR) == "0 mails sent"  # this day had its digest, for all we know
    assert outbox.send_digests(at=at + 48 * HOUR) == "1 mail sent"
    assert state(row) == "sent"


def test_the_day_is_that_of_the_site(mailoutbox):
    line()
    late = cast.NOON.replace(year=2027, hour=6)  # 23:00 of the day before, in Los Angeles
    assert outbox.send_digests(at=late) == "1 mail sent"
    assert str(Digest.objects.get().day) == "2027-11-01"
    second = line()
    Message.objects.filter(pk=second.pk).update(next_at=late)
    assert outbox.send_digests(at=late + 2 * HOUR) == "1 mail sent"


def test_a_run_that_is_killed_tells_nobody_half(monkeypatch):
    page()
    monkeypatch.setattr(Reminder.objects.__class__, "bulk_create", _killed)
    before = Message.objects.count()
    with pytest.raises(post.Kill), transaction.atomic():
        reminding.remind(at=day(0))
    monkeypatch.undo()
    assert (Reminder.objects.count(), Message.objects.count()) == (0, before)
    reminding.remind(at=day(0))
    assert Reminder.objects.count() == 1


def _killed(*_arguments, **_options):
    raise post.Kill


@pytest.mark.django_db(transaction=True)
def test_of_many_runs_at_once_one_tells_and_one_sends(mailoutbox):
    page()
    Message.objects.all().delete()
    assert set(at_once(lambda _n: reminding.remind(at=day(0)), hands=4)) == {"done"}
    assert Reminder.objects.count() == Message.objects.count() == 1
    assert set(at_once(lambda _n: outbox.send_digests(at=day(1)), hands=4)) == {"done"}
    assert len([mail for mail in mailoutbox if "is due today" in mail.body]) == Digest.objects.count() == 1
