"""Reminders can be paused, by those whose page it is, for a while; nobody can be kept from hearing of it at all."""

from datetime import timedelta

import pytest

from articles import keeping, reminding, roles, snoozing
from articles.models import Message, Published, Reminder, Reviewer, Snooze, TimelineEntry
from tests import cast
from tests.articles import reminded
from tests.articles.reminded import day, page, rules, rungs

pytestmark = pytest.mark.django_db


def pause(article, days, *, at=None, by="stan", reason="On leave."):
    at = at or day(-7)
    until = (at + timedelta(days=days)).date()
    return snoozing.snooze(article, until=until, reason=reason, by=cast.person(by), at=at)


def test_a_pause_keeps_reminders_away_through_its_last_day():
    article = page()
    reminding.remind(at=day(-30))
    pause(article, 9)
    for days in (-7, 0, 2):
        reminding.remind(at=day(days))
    assert rungs() == [("rosa", "before-30")]
    reminding.remind(at=day(3))
    assert rungs()[-1] == ("rosa", "due")
    assert str(Published.objects.get().next_due) == "2027-11-02"


def test_a_page_that_is_overdue_and_of_which_nobody_heard_is_told_all_the_same():
    article = page()
    pause(article, 60, at=day(-100))
    Published.objects.update(next_due=reminded.on(-95))
    reminding.remind(at=day(-90))
    assert rungs() == [("rosa", "due")]


@pytest.mark.parametrize("gone", [{"active": False}, {"credentials_until": reminded.on(-20)}])
def test_a_page_that_is_overdue_and_of_which_only_somebody_heard_who_is_gone_is_told_to_another(gone):
    article = page()
    reminding.remind(at=day(-30))
    pause(article, 9)
    Reviewer.objects.filter(slug="rosa").update(**gone)
    for days in (-7, 0, 1, 2):
        reminding.remind(at=day(days))
    assert rungs() == [("rosa", "before-30"), ("stan", "due")]


def test_it_stands_on_the_timeline_and_can_be_ended():
    article = page()
    reminding.remind(at=day(-30))
    pause(article, 18)
    snoozing.wake(article, reason="Back.", by=cast.person("stan"), at=day(-6))
    reminding.remind(at=day(-6))
    assert rungs()[-1] == ("rosa", "before-7")
    said = TimelineEntry.objects.filter(what="snoozed").order_by("pk").values_list("detail", flat=True)
    assert list(said) == ["until 2027-11-13: On leave.", "ended the pause: Back."]


def test_the_pages_own_reviewer_may_and_another_may_not():
    article = page()
    cast.reviewer("ravi")
    with pytest.raises(roles.NotAllowed):
        pause(article, 9, by="ravi")
    pause(article, 9, by="rosa")
    article.reviewer = cast.reviewer("ravi")
    article.save()
    pause(article, 10, by="ravi")


@pytest.mark.parametrize(
    ("days", "reason", "why"),
    [
        (0, "On leave.", "Choose a day from tomorrow to Sept. 24, 2027."),
        (61, "On leave.", "Choose a day from tomorrow to Sept. 24, 2027."),
        (9, " ", "Say why"),
    ],
)
def test_what_can_not_be_is_refused(days, reason, why):
    with pytest.raises(snoozing.NotSnoozed, match=why):
        pause(page(), days, at=day(-99).replace(hour=20), reason=reason)
    assert not Snooze.objects.exists()


def test_the_same_pause_twice_or_none_to_end_is_refused():
    article = page()
    with pytest.raises(snoozing.NotSnoozed, match="are not paused"):
        snoozing.wake(article, reason="Back.", by=cast.person("stan"), at=day(-7))
    pause(article, 9)
    with pytest.raises(snoozing.NotSnoozed, match="paused until that day already"):
        pause(article, 9)


def test_no_pause_reaches_the_warning_that_a_page_will_be_taken_down():
    article = page()
    rules(withdraw_after=40)
    with pytest.raises(snoozing.NotSnoozed, match=r"From Nov\. 13, 2027 on people are warned"):
        pause(article, 18)
    pause(article, 17)


@pytest.mark.parametrize(("tier", "last"), [("standard", 13), ("high", 6)])
def test_however_often_no_pause_reaches_the_day_on_which_others_hear_that_it_is_overdue(tier, last):
    article = page()
    keeping.set_cadence(article, tier=tier, months=12, by=cast.person("stan"), at=day(-50))
    for days, left in ((-40, 2), (-20, 1), (0, 0)):
        pause(article, last - left - days, at=day(days))
    with pytest.raises(snoozing.NotSnoozed, match=r"others than its reviewer hear that the page is overdue\. Choose"):
        pause(article, last, at=day(1))
    with pytest.raises(snoozing.NotSnoozed, match="can not be paused any more"):
        pause(article, 1, at=day(last))
    with pytest.raises(snoozing.NotSnoozed, match="can not be paused any more"):
        pause(article, 1, at=day(99))


def test_a_due_date_that_comes_forward_brings_the_lead_through_a_pause():
    article = page()
    rules(lead=cast.person("paula"))
    pause(article, 60, at=day(-100))
    Published.objects.update(next_due=reminded.on(-80))
    Reminder.objects.create(
        article=article,
        due=reminded.on(-80),
        rung="due",
        person=cast.reviewer().account,
        message=Message.objects.latest("pk"),
        at=day(-80),
    )
    reminding.remind(at=day(-67))
    assert rungs() == [("rosa", "due")]
    reminding.remind(at=day(-66))
    assert ("paula", "after-14") in rungs()


def test_a_warning_is_told_through_a_pause():
    article = page()
    pause(article, 20)
    rules(withdraw_after=40)
    reminding.remind(at=day(12))
    assert ("rosa", "down-30:2027-12-13") in rungs()
