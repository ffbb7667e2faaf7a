"""The desk: what waits for each person stands first."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from articles import commenting, leaving, publishing, reminding, reviewing, roles
from articles.models import Message, Published, Reviewer, Run
from tests import cast
from tests.articles import post
from tests.articles.admin import reading, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def said(name):
    return text(client(name).get("/admin/")).partition(" Everything ")[0]


def test_reviewers_see_what_waits_for_them_oldest_first():
    first = cast.requested(cast.draft(cast.words("First disease")), at=timezone.now() - timedelta(days=2))
    cast.requested(cast.draft(cast.words("Second disease")), at=timezone.now())
    page = client("rosa").get("/admin/")
    assert "Waiting for me (2) First disease first review: 20 words Clinical review, standard risk" in text(page)
    assert "asked by wanda on" in text(page)
    assert links(page, "First disease") == [url("review_read", first)]
    assert "Nothing waits for your signature." in said("ravi")


def test_the_desk_says_in_one_line_what_changed():
    article = signing.published()
    signing.requested(cast.edited(article, at=timezone.now()))
    page = said("rosa")
    assert "one change in Treatment: 5 mg → 6 mg" in page
    assert "page due" in page


def test_in_the_second_round_the_line_says_what_moved_since_the_first():
    reading.second_round()
    page = said("rosa")
    assert "one change in Treatment: 15 mg/m² → 1.5 mg/m²" in page
    assert "1 open comment" in page


def test_what_is_to_be_read_again_unchanged_says_so():
    signing.requested(signing.published())
    assert "no change: to be reviewed again" in said("rosa")


def test_writers_see_how_many_comments_came_back():
    review = signing.requested()
    rosa = User.objects.get(username="rosa")
    commenting.comment(review.article, text="Why?", by=rosa, at=timezone.now(), review=review)
    reviewing.decline(review, by=rosa, at=timezone.now(), digest=review.digest, reason="Wrong dose.")
    assert "1 open comment" in said("wanda")


def test_a_full_desk_asks_few_questions(django_assert_max_num_queries):
    for number in range(5):
        signing.requested(
            cast.edited(signing.published(cast.draft(cast.words(f"Disease {number}"))), at=timezone.now())
        )
    browser = client("rosa")
    with django_assert_max_num_queries(17):  # the last asks since when timed work could have run, as none ever did
        assert "one change in Treatment" in text(browser.get("/admin/"))


def test_a_desk_that_is_too_full_says_so_and_leads_to_the_rest(monkeypatch):
    monkeypatch.setattr("articles.admin.waiting.pile.LIMIT", 2)
    first, *_more = (signing.requested(cast.draft(cast.words(f"Disease {number}"))) for number in range(3))
    page = client("rosa").get("/admin/")
    assert "Waiting for me (2+)" in text(page)
    listed = client("rosa").get(links(page, "See all: Waiting for me")[0])
    assert text(listed).count("Rosa Example, MD") >= 3
    reviewing.recall(first, by=cast.person("wanda"), at=timezone.now())
    assert "Waiting for me (2)" in said("rosa")


def test_drafts_that_have_no_room_on_the_desk_are_in_the_list(monkeypatch):
    for module in ("pile", "writer", "requests"):
        monkeypatch.setattr(f"articles.admin.waiting.{module}.LIMIT", 2)
    for number in range(3):
        cast.draft(cast.words(f"Disease {number}"))
    for name, pile in (("wanda", "Mine, and what came back"), ("edith", "Of people who have left")):
        page = client(name).get("/admin/")
        assert f"{pile} (2+)" in text(page)
        listed = text(client(name).get(links(page, f"See all: {pile}")[0]))
        assert all(f"Disease {number}" in listed for number in range(3))
        User.objects.filter(username="wanda").update(is_active=False)


def test_what_is_answered_waits_no_longer():
    signing.signed()
    assert "Nothing waits for your signature." in said("rosa")


def test_writers_see_what_came_back():
    review = signing.requested()
    rosa = User.objects.get(username="rosa")
    reviewing.decline(review, by=rosa, at=timezone.now(), digest=review.digest, reason="Wrong dose.")
    assert "Mine, and what came back (1)" in said("wanda")
    assert "Rosa Example, MD asked for changes on" in said("wanda")
    assert "Nothing came back" in said("edith")


def test_what_was_asked_for_again_did_not_come_back():
    review = signing.requested()
    cast.edited(review.article, at=timezone.now())
    assert "changed under review" in said("wanda")
    signing.requested(review.article)
    assert "changed under review" not in said("wanda")
    assert "in review with Rosa Example, MD since" in said("wanda")


def test_corrections_wait_for_every_writer_and_editor():
    review = signing.corrected()
    for name in ("wanda", "edith"):
        assert links(client(name).get("/admin/"), review.article.title)[0] == url("review_corrections", review)
    reviewing.accept(review, by=cast.person("edith"), at=timezone.now(), digest=review.digest)
    assert "wait for acceptance" not in said("wanda")


def test_writers_see_their_drafts():
    cast.draft()
    assert "Acute example disease draft since" in said("wanda")


def test_a_draft_whose_request_was_recalled_is_a_draft_again():
    review = signing.requested()
    reviewing.recall(review, by=cast.person("wanda"), at=timezone.now())
    assert "Mine, and what came back (1) Acute example disease draft since" in said("wanda")


def test_writers_see_what_they_changed_in_a_page_that_is_online():
    article = signing.published()
    assert "Nothing came back, and you have no drafts." in said("wanda")
    cast.edited(article, at=timezone.now())
    assert "edition 1 is online" in said("wanda")
    assert "edition 1 is online" not in said("edith")
    signing.requested(article)
    assert "edition 1 is online" not in said("wanda")


def test_writers_see_what_they_changed_in_a_page_that_was_withdrawn():
    article = signing.published()
    publishing.withdraw(article, by=cast.person("paula"), at=timezone.now(), reason="The dose is wrong.")
    assert "you have no drafts" in said("wanda")
    cast.edited(article, at=timezone.now())
    assert "Mine, and what came back (1) Acute example disease draft since" in said("wanda")


def test_what_came_back_is_listed_once():
    review = signing.requested()
    rosa = User.objects.get(username="rosa")
    reviewing.decline(review, by=rosa, at=timezone.now(), digest=review.digest, reason="Wrong dose.")
    cast.edited(review.article, at=timezone.now())
    assert said("wanda").count("Acute example disease") == 1


def test_publishers_see_what_is_signed():
    article = signing.signed().article
    page = client("paula").get("/admin/")
    assert "Ready to publish (1) Acute example disease signed; not online" in text(page)
    assert links(page, article.title) == [url("article_publish", article)]


def test_what_a_reviewer_signed_whose_credentials_lapsed_since_is_not_ready():
    signing.signed()
    Reviewer.objects.update(credentials_until=timezone.localdate() - timedelta(days=1))
    assert "Nothing signed waits to be published." in said("paula")
    assert "Acute example disease draft since" in said("wanda")


@pytest.mark.parametrize(("days", "ready"), [(90, True), (91, False)])
def test_a_signature_that_is_too_old_is_not_ready(days, ready):
    cast.signed(at=timezone.localtime() - timedelta(days=days))  # days of ours, some of which have 25 hours
    assert ("Ready to publish (1)" in said("paula")) is ready


def test_what_is_online_or_not_accepted_is_not_ready():
    signing.published()
    signing.requested(cast.draft(cast.words("Other disease")))
    assert "Nothing signed waits to be published." in said("paula")


def test_corrections_without_a_second_reader_are_not_ready():
    signing.corrected()
    assert "Nothing signed waits to be published." in said("paula")


def test_who_keeps_dates_sees_the_dates():
    signing.published()
    assert "No page is overdue, and none is due soon." in said("paula")
    Published.objects.update(next_due=timezone.localdate() - timedelta(days=1))
    page = client("paula").get("/admin/")
    assert "1 page is overdue" in text(page)
    assert links(page, "1 page is overdue") == ["/admin/articles/article/due/?when=overdue"]


def test_administrators_see_everything_and_no_pile():
    page = text(client("ada").get("/admin/"))
    assert "Everything" in page
    assert "Waiting for me" not in page


def test_the_desk_asks_few_questions(django_assert_max_num_queries):
    signing.corrected()
    signing.signed(cast.draft(cast.words("Other disease")))
    browser = client("wanda")
    cast.person("wanda").groups.add(*Group.objects.exclude(name=roles.ADMINISTRATOR))
    with django_assert_max_num_queries(30):  # somebody in every role, whose desk begins with due dates
        browser.get("/admin/")


def test_publishers_see_what_is_scheduled_soonest_first():
    at = timezone.now()
    later = cast.scheduled(signing.signed().article, at=at, publish_at=at + timedelta(days=3)).article
    sooner = signing.signed(cast.draft(cast.words("Other disease"))).article
    cast.scheduled(sooner, at=at, publish_at=at + timedelta(days=1))
    ready, _title, said_now = said("paula").partition("Scheduled (2) ")
    assert "Nothing signed waits to be published." in ready
    assert said_now.startswith("Other disease")
    assert ", by paula Acute example disease" in said_now
    cast.edited(later, at=at)
    assert ", by paula; will be refused: the words changed" in said("paula")


def test_a_schedule_that_is_late_says_so():
    cast.scheduled(at=timezone.now() - timedelta(days=3))
    assert "by paula; late: waits for the timed work" in said("paula")
    assert not Published.objects.exists()


def test_administrators_see_what_could_not_be_delivered():
    assert "No message failed." in said("ada")
    post.message()
    Message.objects.update(next_at=None, error="No such user")
    page = client("ada").get("/admin/")
    assert links(page, "1 message could not be delivered") == ["/admin/articles/message/?state=failed"]


@pytest.mark.parametrize("name", list(signing.ROLE))
def test_every_desk_says_when_timed_work_last_ran(name, monkeypatch):
    monkeypatch.setattr("articles.timed.set_up_at", lambda: timezone.now() - timedelta(minutes=9))
    assert "Timed work has not run yet: its first round is due." in said(name)
    monkeypatch.setattr("articles.timed.set_up_at", lambda: timezone.now() - timedelta(minutes=11))
    assert "Timed work has never run here." in said(name)
    call_command("run_due", verbosity=0)
    assert "Timed work last ran 0 minutes ago." in said(name).replace("\xa0", " ")


def test_two_missed_periods_are_said_loudly():
    call_command("run_due", verbosity=0)
    Run.objects.filter(task="mail").update(succeeded_at=timezone.now() - timedelta(minutes=11))
    page = client("rosa").get("/admin/")
    assert "Timed work is late: mail." in text(page)
    assert 'role="alert"' in page.content.decode()


def test_editors_see_what_people_left_behind_and_hear_what_comes_back():
    review = signing.requested()
    cast.draft(cast.words("Begun and left"))
    assert "Of people who have left" not in said("edith")
    leaving.leave(
        cast.person("wanda"), by=cast.person("ada", roles.ADMINISTRATOR), at=timezone.now(), reason="A new post."
    )
    assert "Of people who have left (2) Acute example disease in review with Rosa" in said("edith")
    rosa = User.objects.get(username="rosa")
    reviewing.decline(review, by=rosa, at=timezone.now(), digest=review.digest, reason="Wrong dose.")
    assert "Rosa Example, MD asked for changes on" in said("edith")
    assert Message.objects.filter(person__username="edith", subject__contains="Changes were requested").count() == 1
    assert "Of people who have left" not in said("stan")


def test_changes_that_a_steward_was_told_to_make_wait_for_editors_and_what_was_asked_for_the_steward():
    article, stan = signing.published(), cast.person("stan", roles.RECORDS_STEWARD)
    assert "Reviews that you asked for" not in said("stan")
    review = reviewing.request(article, reviewer=cast.reviewer(), by=stan, at=timezone.now())
    assert "Reviews that you asked for (1) Acute example disease in review with Rosa" in said("stan")
    assert "Changes wanted" not in said("edith")
    rosa = cast.reviewer().account
    reviewing.decline(review, by=rosa, at=timezone.now(), digest=review.digest, reason="Wrong dose.")
    wanted = "Rosa Example, MD asked for changes on"
    assert f"Reviews that you asked for (1) Acute example disease {wanted}" in said("stan")
    assert f"Changes wanted, asked for by people who do not write (1) Acute example disease {wanted}" in said("edith")


def test_stewards_see_whom_a_reminder_did_not_reach_and_of_which_page():
    article, at = cast.published().article, timezone.now()
    Published.objects.update(next_due=timezone.localdate(at))
    cast.person("stan", roles.RECORDS_STEWARD)
    assert "Reminders" not in said("stan")
    reminding.remind(at=at)
    Message.objects.filter(kind="digest").update(next_at=None, error="no such user")
    page = client("stan").get("/admin/")
    assert "Reminders (1) rosa may not have been told of a page Acute example disease. no such user" in text(page)
    assert links(page, "rosa may not have been told of a page") == [f"/admin/articles/article/{article.pk}/dates/"]


def test_the_desk_says_that_nobody_can_be_told_to_whoever_could_mend_it():
    cast.published()
    Published.objects.update(next_due=timezone.localdate())
    ada = cast.person("ada", roles.ADMINISTRATOR)
    User.objects.update(email="")
    assert "1 page is due and nobody could be told" in said("ada")
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    assert "nobody could be told" not in said("ada")
