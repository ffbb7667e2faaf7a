"""What must not go quiet: lines of the daily digest."""

import pytest

from articles import publishing, reminders, roles
from articles.models import Message
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.later(days=3)


@pytest.fixture
def article():
    """Paula has published Wanda's words in an emergency; Edith has seen nothing of it."""
    people = cast.cast()
    article = cast.edited(cast.published().article, at=cast.NOON)
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "The dose."}
    publishing.publish_in_emergency(article, by=people.paula, at=cast.NOON, **said)
    return article


def lines():
    found = Message.objects.filter(subject__contains="second check").order_by("person__username")
    return [(row.person.username, row.kind) for row in found]


def test_publishers_and_editors_hear_of_a_second_check_each_day(article):
    reminders.second_checks(at=AT)
    assert lines() == [("edith", "digest"), ("paula", "digest")]
    assert "since Nov. 2, 2026 (3 days)" in Message.objects.latest("pk").body
    Message.objects.update(sent_at=AT, next_at=None)
    assert reminders.second_checks(at=cast.later(days=4)) == "2 reminders of second checks"


def test_a_line_that_was_not_sent_yet_is_not_doubled(article):
    reminders.second_checks(at=AT)
    assert reminders.second_checks(at=AT) == "0 reminders of second checks"


def test_it_ends_when_somebody_has_signed(article):
    cast.signed(article, at=cast.later(hours=1))
    assert reminders.second_checks(at=AT) == "0 reminders of second checks"
    assert roles.people_of(roles.PUBLISHER)
