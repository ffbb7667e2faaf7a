"""No page is due without somebody having been told, once, in one line a day; and if nobody is there, that is said."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles import keeping, outbox, policy, reminding, wordings
from articles.admin.due_list import Question
from articles.models import Message, Published, Reminder, Reviewer
from tests import cast
from tests.articles import reminded
from tests.articles.reminded import bodies, day, page, rules, rungs

pytestmark = pytest.mark.django_db


def doctor(**facts):
    Reviewer.objects.filter(slug="rosa").update(**facts)


def test_the_reviewer_is_told_on_each_rung_once():
    page()
    assert reminding.remind(at=day(-61)) == "0 people told of 0 pages"
    for days in (-60, -60, -30, -7, 0, 1, 7):
        reminding.remind(at=day(days))
    assert rungs() == [("rosa", rung) for rung in ("before-60", "before-30", "before-7", "due", "after-7")]


def test_a_date_that_jumps_brings_the_highest_rung_and_no_other():
    article = page()
    reminding.remind(at=day(-60))
    Published.objects.filter(article=article).update(next_due=reminded.on(-80))
    reminding.remind(at=day(-60))
    assert rungs() == [("rosa", "before-60"), ("rosa", "after-14"), ("paula", "after-14")]


def test_one_message_a_person_names_all_pages_and_why():
    for title in ("First disease", "Second disease"):
        page(title)
    reminding.remind(at=day(1))
    row = Message.objects.get(person__username="rosa", subject__startswith="Review dates")
    assert (row.kind, row.subject) == ("digest", "Review dates: 2 pages, 2 of them overdue")
    assert "“First disease” was due on Nov. 2, 2027, 1 day ago. That follows from its risk tier." in row.body
    assert row.path == "/admin/articles/article/due/?due_to=2027-11-02&reviewer=none"
    assert Reminder.objects.filter(message=row).count() == 2


def test_a_reminder_leads_to_the_list_of_what_it_names():
    rosa, ravi = cast.reviewer("rosa"), cast.reviewer("ravi")
    page("E disease")
    for title, reviewer in (("A", rosa), ("B", rosa), ("C", ravi), ("D", ravi)):
        keeping.assign(page(f"{title} disease"), reviewer=reviewer, by=cast.person("stan"), at=day(-40))
    reminding.remind(at=day(0))
    Reviewer.objects.filter(slug="ravi").update(active=False)
    reminding.remind(at=day(0))
    found = []
    for row in Message.objects.filter(subject__startswith="Review dates").order_by("pk"):
        where, _mark, query = row.path.partition("?")
        assert where == reverse("admin:articles_article_due")
        pages = Question.of(query).pages(reminded.on(0), cast.person("stan"))  # the same for whoever follows it
        found.append((row.person.username, "".join(sorted(one.title[0] for one in pages))))
    # Rosa signed E, which is nobody's; she signed C and D too, and hears of them when Ravi has left.
    assert found == [("rosa", "ABCDE"), ("ravi", "CD"), ("rosa", "CD")]


def test_the_reviewer_is_led_to_the_signature_and_whoever_else_hears_to_the_dates():
    article = page()
    reminding.remind(at=day(14))
    for name, place in (("rosa", "confirm"), ("paula", "dates")):
        path = f"/admin/articles/article/{article.pk}/{place}/"
        row = Message.objects.get(person__username=name, subject__startswith="Review dates")
        assert (row.path, row.body.endswith(path)) == (path, True)


def test_of_many_pages_twenty_are_named():
    article = page()
    (row,) = reminding._pages(reminded.on(0), policy.current())
    lines = [wordings.Line(row, ("due",))] * 25
    said = wordings.body(lines, reminded.on(0))
    assert wordings.path(lines) == f"/admin/articles/article/due/?due_to={reminded.on(0)}&reviewer=none"
    assert said.count(article.title) == 20
    assert said.endswith("And 5 more pages: see the list.")


# -- whom ----------------------------------------------------------------------------------------------------------


def test_the_assigned_reviewer_comes_before_who_signed_last():
    article = page()
    article.reviewer = cast.reviewer("ravi")
    article.save()
    reminding.remind(at=day(0))
    assert rungs() == [("ravi", "due")]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"active": False}, "Rosa Example has left."),
        ({"account": None}, "Rosa Example has no account here."),
        ({"credentials_until": reminded.on(-1)}, "The credentials of Rosa Example have lapsed."),
        (
            {"credentials": ""},
            "Rosa Example has no credentials on record, and without them nobody signs for the medicine.",
        ),
        ({"away_until": reminded.on(3)}, "Rosa Example is away until Nov. 5, 2027."),
    ],
)
def test_where_the_reviewer_is_not_there_a_steward_is_told_and_why(facts, why):
    page()
    doctor(**facts)
    reminding.remind(at=day(0))
    assert rungs() == [("stan", "due")]
    assert bodies("stan").startswith(why)


def test_who_may_not_sign_any_more_is_not_told_alone():
    page()
    User.objects.get(username="rosa").groups.clear()
    reminding.remind(at=day(0))
    assert rungs() == [("stan", "due")]
    assert "The role of Rosa Example does not allow signing" in bodies("stan")


def test_whoever_steps_in_is_told_at_once_and_not_only_at_the_next_rung():
    page()
    reminding.remind(at=day(0))
    User.objects.filter(username="rosa").update(is_active=False)
    reminding.remind(at=day(1))
    reminding.remind(at=day(2))
    assert rungs() == [("rosa", "due"), ("stan", "due")]


def test_the_next_in_line_where_nobody_keeps_dates():
    page()
    doctor(active=False)
    told = []
    for name in ("stan", "edith", "paula", "ada"):
        reminding.remind(at=day(0))
        told.append(rungs()[-1][0])
        User.objects.filter(username=name).update(email="")
    assert told == ["stan", "edith", "paula", "ada"]


def test_the_mailbox_is_told_before_nobody():
    page()
    rules(mailbox="web@example.org")
    User.objects.update(email="")
    reminding.remind(at=day(0))
    assert rungs() == [("web@example.org", "due")]


def test_where_nobody_can_be_told_the_run_fails_and_the_desk_counts():
    page()
    User.objects.update(email="")
    with pytest.raises(reminding.NobodyToTell, match="1 page is due and nobody could be told"):
        reminding.remind(at=day(0))
    assert reminding.untold(reminded.on(0)) == 1
    User.objects.filter(username="stan").update(email="stan@example.org")
    assert reminding.untold(reminded.on(0)) == 0


def test_all_being_away_is_no_reason_to_tell_nobody():
    page()
    User.objects.exclude(username="rosa").update(email="")
    cast.editor()
    User.objects.filter(username="edith").update(email="edith@example.org")
    Reviewer.objects.update(away_until=reminded.on(9))
    reminding.remind(at=day(0))
    assert rungs() == [("edith", "due")]


def test_the_lead_hears_after_two_weeks_and_the_mailbox_after_thirty_days():
    page()
    rules(lead=cast.person("edith"), mailbox="web@example.org")
    for days in (7, 14, 30):
        reminding.remind(at=day(days))
    assert set(rungs()) == {
        *(("rosa", f"after-{days}") for days in (7, 14, 30)),
        *(("edith", f"after-{days}") for days in (14, 30)),
        ("web@example.org", "after-30"),
    }
    assert "You hear of pages that have waited for too long." in bodies("edith")


def test_a_mailbox_gets_its_digest(mailoutbox):
    page()
    rules(mailbox="web@example.org")
    reminding.remind(at=day(30))
    outbox.send_digests(at=day(31))
    assert ["web@example.org"] in [mail.to for mail in mailoutbox]


# -- the command ---------------------------------------------------------------------------------------------------


def said(*arguments):
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


def test_the_dry_run_says_who_would_be_told_what_and_writes_nothing():
    page()
    doctor(active=False)
    User.objects.filter(username="stan").update(first_name="Stan", last_name="Example")
    found = said("--dry-run", "--on", reminded.on(0).isoformat())
    assert "Stan Example <stan@example.org>" in found
    assert "Acute example disease, due 2027-11-02: on the day it was due (Rosa Example has left.)" in found
    assert not Reminder.objects.exists()
    assert "Nobody is to be told anything on 2026-12-01." in said("--dry-run", "--on", "2026-12-01")


def test_another_day_is_for_trying_only():
    with pytest.raises(CommandError, match="--on is for --dry-run"):
        said("--on", "2027-01-01")


def test_by_itself_it_writes_and_sends(mailoutbox, monkeypatch):
    page()
    at = day(0).replace(hour=20)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    assert "reminders: 1 people told of 1 pages" in said()
    assert [mail.to for mail in mailoutbox if "due today" in mail.body] == [["rosa@example.org"]]


def test_a_second_digest_waits_for_tomorrow(mailoutbox):
    page()
    reminding.remind(at=day(0))
    assert outbox.send_digests(at=day(0)).startswith("1 mail sent") or len(mailoutbox)
    count = len(mailoutbox)
    reminding.remind(at=day(0) + timedelta(hours=1))
    assert len(mailoutbox) == count
