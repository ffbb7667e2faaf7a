"""A year in the life of a house: no page is overdue unheard, nobody is nagged twice a day, and every date is true."""

import re
from collections import Counter
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles import verifying
from articles.models import Deferral, Edition, Message, Published, Reminder, Review, Snooze
from tests.articles import oracle
from tests.articles.life import Clock, House, Plot

pytestmark = pytest.mark.django_db(transaction=True)

PLOTS = {
    "sample": Plot(
        **{"pages": 30, "doctors": 3, "days": 50, "months": (1, 2, 3)},
        **{"leaves": 12, "lapses": 20, "policy": 9, "superseded": (7,)},
    ),
    "full": Plot(
        **{"pages": 1000, "doctors": 12, "days": 365, "months": (6, 12, 18)},
        **{"leaves": 100, "lapses": 170, "policy": 180, "superseded": (40, 150, 260)},
    ),
}
SHOWN = re.compile(r"<dt>(Last reviewed|Next review due|Review was due)</dt>\s*<dd><time datetime=\"([-\d]+)\"")
EVERY = 40  # pages that are looked at each day, in turn


def test_a_year_in_the_life(proof, monkeypatch):
    clock = Clock(date(2027, 12, 20))  # over a leap day
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    house = House(PLOTS[proof], clock)
    late, heard = set(), len(mail.outbox)
    for day in range(house.plot.days):
        house.pass_a_day()
        rows = list(house.live())
        turn = [
            row
            for row in rows
            if len(rows) <= EVERY or row.article_id % (len(rows) // EVERY) == day % (len(rows) // EVERY)
        ]
        dates_are_those_of_the_rows(turn)
        readers_see_them(turn[day % 7 :: 7])
        late |= nobody_is_overdue_unheard(rows, clock.day)
        one_digest_each(mail.outbox[heard:], clock)
        heard = len(mail.outbox)
    dates_are_those_of_the_rows(list(house.live()))
    # Its facts are rows, and do not stand in the words of its pages.
    assert [one for one in map(str, verifying.problems()) if "print the facts" not in one] == []
    happened = much_has_happened(house, late)
    assert [name for name, count in happened.items() if not count] == []


def dates_are_those_of_the_rows(rows):
    told = {row.slug: (row.last_reviewed_on, row.next_due) for row in rows}
    proved = {row.slug: oracle.of(row.article, row.edition) for row in rows}
    assert told == {slug: (one.last_reviewed, one.due) for slug, one in proved.items()}


def readers_see_them(rows):
    for row in rows:
        html = Client().get(f"/{row.slug}/", headers={"host": "localhost"}).content.decode()
        said = "Review was due" if row.overdue_from <= timezone.localdate() else "Next review due"
        told = {"Last reviewed": row.last_reviewed_on.isoformat(), said: row.next_due.isoformat()}
        assert dict(SHOWN.findall(html)) == told


def nobody_is_overdue_unheard(rows, today):
    """Each overdue page has a reminder of this very due date, sent to somebody who is there today."""
    overdue = {row.article_id: row.next_due for row in rows if row.next_due < today}
    told = Reminder.objects.filter(article__in=overdue).select_related("person__reviewer", "message")
    heard = {row.article_id for row in told if row.due == overdue[row.article_id] and is_there(row, today)}
    assert set(overdue) - heard == set()
    return set(overdue.items())


def is_there(reminder, today):
    if reminder.message.sent_at is None:
        return False
    if reminder.mailbox:
        return True
    person, doctor = reminder.person, getattr(reminder.person, "reviewer", None)
    return person.is_active and bool(person.email) and (doctor is None or doctor.is_valid(today))


def one_digest_each(mails, clock):
    """Nothing failed, nothing that was due waits, and of what somebody got today, one at most was no single message."""
    assert not Message.objects.failed().exists()
    assert not Message.objects.due(clock.now).exists()
    sent = Message.objects.filter(kind="action", sent_at__gte=clock.of(clock.day_begins), sent_at__lte=clock.now)
    single = Counter(sent.values_list("person__email", flat=True))
    got = Counter(address for one in mails for address in one.to)
    assert {who: count for who, count in got.items() if count - single[who] > 1} == {}


def much_has_happened(house, late):
    """The proof proves something: pages were overdue, read again, put off, rewritten, and taken down by the policy."""
    reviews, editions = Review.objects.count(), Edition.objects.count()
    gone = Published.objects.filter(withdrawn_on__isnull=False).count()
    fallback = Reminder.objects.filter(person=house.people.stan).count()
    figures = {"late": len(late), "reviews": reviews - house.plot.pages, "editions": editions - house.plot.pages}
    figures |= {"deferrals": Deferral.objects.count(), "pauses": Snooze.objects.count()}
    return figures | {"gone": gone, "fallback": fallback}
