"""Somebody leaves."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import leaving, reviewing, roles
from articles.models import Review, Reviewer, Schedule, TimelineEntry
from articles.refusals import ReasonNeeded
from tests import cast

pytestmark = pytest.mark.django_db


def leave(name="rosa", *, by=None, **said):
    by = by or cast.person("ada", roles.ADMINISTRATOR)
    said = {"at": cast.NOON, "reason": "A new position.", **said}
    return leaving.leave(User.objects.get(username=name), by=by, **said)


def superuser(name):
    account = cast.person(name, roles.ADMINISTRATOR)
    account.is_superuser = True
    account.save()
    return account


def test_the_account_is_closed_and_the_name_stays_on_what_was_signed():
    review = cast.signed()
    leave()
    account = User.objects.get(username="rosa")
    assert (account.is_active, Reviewer.objects.get().active) == (False, False)
    review.refresh_from_db()
    assert review.signed_name == "Rosa Example"
    entry = TimelineEntry.objects.get(what="left")
    assert (entry.article, entry.detail) == (None, "rosa: A new position.")


def test_sessions_end_and_do_not_come_back_with_the_account():
    browser = Client()
    browser.force_login(cast.reviewer().account)
    leave()
    assert browser.get("/admin/").status_code == 302
    User.objects.update(is_active=True)
    assert browser.get("/admin/").status_code == 302


def test_open_requests_go_to_who_takes_over():
    review, ravi = cast.requested(), cast.reviewer("ravi")
    (new,) = leave(hand_to=ravi)
    assert (new.follows, new.reviewer, new.digest) == (review, ravi, review.digest)
    assert Review.objects.open().get() == new


def test_open_requests_go_back_where_nobody_takes_over(mailoutbox, django_capture_on_commit_callbacks):
    cast.requested()
    with django_capture_on_commit_callbacks(execute=True):
        assert leave() == []
    assert not Review.objects.open().exists()
    assert mailoutbox[0].to == ["wanda@example.org"]


def test_a_request_that_the_other_may_not_sign_goes_back():
    ravi = cast.reviewer("ravi")
    review = cast.requested(cast.edited(cast.draft(), by="ravi"))
    assert leave(hand_to=ravi) == []
    review.refresh_from_db()
    assert review.answer == "handed_on"


def test_each_article_has_its_entry():
    articles = [cast.draft(cast.words(title)) for title in ("One", "Two")]
    for article in articles:
        cast.requested(article)
    leave(hand_to=cast.reviewer("ravi"))
    assert [article.timeline.filter(what="handed_on").count() for article in articles] == [1, 1]


def test_editors_hear_of_drafts_and_of_requests_that_somebody_made(mailoutbox, django_capture_on_commit_callbacks):
    cast.person("edith", roles.EDITOR)
    cast.requested()
    with django_capture_on_commit_callbacks(execute=True):
        leave("wanda")
    assert [mail.to for mail in mailoutbox] == [["edith@example.org"]]
    assert "Acute example disease" in mailoutbox[0].body
    assert Review.objects.open().exists()


def test_what_somebody_scheduled_is_cancelled(mailoutbox, django_capture_on_commit_callbacks):
    article, paula = cast.signed().article, cast.person("paula", roles.PUBLISHER)
    cast.person("paul", roles.PUBLISHER)
    words = article.content()
    facts = {"full_hash": words.full_hash, "digest": words.digest, "change_class": "first", "change_note": "First."}
    Schedule.objects.create(article=article, publish_at=cast.later(days=3), by=paula, at=cast.NOON, **facts)
    with django_capture_on_commit_callbacks(execute=True):
        leave("paula")
    assert Schedule.objects.get().outcome == "cancelled"
    assert article.timeline.filter(what="unscheduled").count() == 1
    assert [mail.to for mail in mailoutbox] == [["paul@example.org"]]


def test_nobody_leaves_themselves():
    ada = cast.person("ada", roles.ADMINISTRATOR)
    with pytest.raises(leaving.CanNotLeave, match="themselves"):
        leave("ada", by=ada)


def test_the_last_superuser_stays():
    root = superuser("root")
    other = superuser("other")
    leave("other", by=root)
    other.is_active = True  # an object of before: the deed reads for itself
    with pytest.raises(roles.NotAllowed):
        leave("root", by=User.objects.get(username="other"))
    with pytest.raises(leaving.CanNotLeave, match="last superuser"):
        leave("root", by=other)


def test_an_administrator_does_not_close_a_superusers_account():
    superuser("root")
    with pytest.raises(leaving.CanNotLeave, match="Only a superuser"):
        leave("root")


def test_who_has_left_does_not_leave_again():
    cast.reviewer()
    leave()
    with pytest.raises(leaving.CanNotLeave, match="closed already"):
        leave()


def test_a_reason_is_needed_and_nothing_happens_without():
    cast.requested()
    with pytest.raises(ReasonNeeded):
        leave(reason=" ")
    assert User.objects.get(username="rosa").is_active
    assert Review.objects.open().exists()


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMINISTRATOR])
def test_other_roles_close_no_account(role):
    cast.reviewer()
    with pytest.raises(roles.NotAllowed):
        leave(by=cast.person("other", role))


def test_who_has_left_is_not_asked_again():
    cast.reviewer()
    leave()
    with pytest.raises(reviewing.CannotSign, match="has left"):
        cast.requested()
