"""Guessing a password, forgetting one, and choosing one by a link."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import accounts, roles
from tests import cast

pytestmark = pytest.mark.django_db

RIGHT = "a long pass phrase"
NEW = "another longer phrase"


@pytest.fixture(autouse=True)
def _nobody_was_mailed_yet():
    cache.clear()


@pytest.fixture
def wanda():
    return cast.person("wanda", roles.WRITER)


def sign_in(name="wanda", password=RIGHT, *, address="192.0.2.1", **more):
    data = {"username": name, "password": password, "next": "/admin/"}
    return Client(REMOTE_ADDR=address).post(reverse("admin:login"), data, **more)


def guess(times=5, **more):
    return [sign_in(password="wrong", **more) for _time in range(times)]


def pass_by(**time):
    """Let some time pass since the last wrong password that counted."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(**time))


# -- guessing ------------------------------------------------------------------------------------------------------


def test_the_right_password_lets_in(wanda):
    assert sign_in().url == "/admin/"


def test_five_wrong_passwords_close_the_door_also_to_the_right_one(wanda):
    assert [page.status_code for page in guess()] == [200, 200, 200, 200, 429]
    assert sign_in().status_code == 429


def test_the_page_says_how_long_and_what_else_helps(wanda):
    page = guess()[-1]
    text = page.content.decode()
    assert "closed for 15 minutes" in text
    assert reverse("admin_password_reset") in text
    assert page["Retry-After"] == "900"
    assert "no-store" in page["Cache-Control"]
    assert "script-src 'self';" in page["Content-Security-Policy"]


def test_nobody_is_locked_out_from_elsewhere(wanda):
    guess(address="203.0.113.9")
    assert sign_in(address="192.0.2.1").status_code == 302


def test_nobody_else_is_locked_out_from_here(wanda):
    cast.person("stan", roles.RECORDS_STEWARD)
    guess()
    assert sign_in("stan").status_code == 302


def test_behind_a_proxy_each_visitor_is_counted_alone(wanda, settings):
    settings.BEHIND_PROXY = True
    guess(headers={"x-forwarded-for": "198.51.100.1, 203.0.113.9"})
    assert sign_in(headers={"x-forwarded-for": "203.0.113.10"}).status_code == 302
    assert sign_in(headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429


def test_trying_meanwhile_makes_it_no_longer(wanda):
    guess()
    pass_by(minutes=14)
    assert sign_in().status_code == 429
    pass_by(minutes=1, seconds=1)
    assert sign_in().status_code == 302


def test_signing_in_forgets_the_wrong_ones(wanda):
    guess(4)
    sign_in()
    assert guess(4)[-1].status_code == 200


def test_no_password_and_no_name_is_written_down_in_clear(wanda, caplog):
    guess(5)
    kept = " ".join(f"{attempt.get_data} {attempt.post_data}" for attempt in AccessAttempt.objects.all())
    assert "password=***" in kept
    assert "wrong" not in kept
    assert "wanda" not in kept + caplog.text


def test_a_name_longer_than_any_is_only_wrong():
    assert sign_in("x" * 1000).status_code == 200


# -- forgetting ----------------------------------------------------------------------------------------------------


@pytest.fixture
def forget(django_capture_on_commit_callbacks):
    def ask(address="wanda@example.org", *, host="testserver"):
        with django_capture_on_commit_callbacks(execute=True):
            return Client(headers={"host": host}).post(reverse("admin_password_reset"), {"email": address}, follow=True)

    return ask


def link(mail):
    return re.search(r"https?://\S+", mail.body)[0]


def choose(address, password=NEW):
    """Follow the link, and choose."""
    browser = Client(REMOTE_ADDR="203.0.113.77")
    shown = browser.get(address, follow=True)
    fields = {"new_password1": password, "new_password2": password}
    return browser.post(shown.request["PATH_INFO"], fields, follow=True)


def test_the_login_page_leads_there(client):
    assert reverse("admin_password_reset") in client.get(reverse("admin:login")).content.decode()


def test_a_forgotten_password_is_replaced_by_mail(wanda, forget, mailoutbox):
    forget()
    assert "You can sign in with it now." in choose(link(mailoutbox[0])).content.decode()
    assert sign_in(password=NEW).status_code == 302
    assert sign_in(password=RIGHT).status_code == 200


def test_who_was_locked_out_is_let_in_by_choosing_a_new_password(wanda, forget, mailoutbox):
    guess()
    forget()
    choose(link(mailoutbox[0]))
    assert sign_in(password=NEW).status_code == 302


def test_the_link_leads_to_the_site_whatever_name_the_request_came_by(wanda, forget, mailoutbox, settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://patients.example.org"
    forget(host="evil.example")
    assert link(mailoutbox[0]).startswith("https://patients.example.org/admin/password_reset/")


def test_the_answer_is_the_same_for_an_address_that_is_not_there(wanda, forget, mailoutbox):
    known, unknown = forget(), forget("nobody@example.org")
    assert known.content == unknown.content
    assert len(mailoutbox) == 1


def test_a_link_works_once_and_for_three_days(wanda, forget, mailoutbox, settings):
    forget()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "does not work any more" in choose(link(mailoutbox[0])).content.decode()
    settings.PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
    choose(link(mailoutbox[0]))
    assert "does not work any more" in choose(link(mailoutbox[0])).content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!unusable"}])
def test_a_closed_account_and_one_without_a_password_get_no_mail(wanda, forget, mailoutbox, change):
    User.objects.filter(pk=wanda.pk).update(**change)
    forget()
    assert mailoutbox == []


def test_the_link_of_an_account_closed_meanwhile_does_not_work(wanda, forget, mailoutbox):
    forget()
    User.objects.filter(pk=wanda.pk).update(is_active=False)
    assert "does not work any more" in choose(link(mailoutbox[0])).content.decode()


def test_an_easy_password_is_refused(wanda, forget, mailoutbox):
    forget()
    assert "too short" in choose(link(mailoutbox[0]), "abc").content.decode()


def test_the_link_is_written_down_nowhere(wanda, forget, mailoutbox, caplog):
    caplog.set_level("DEBUG")
    guess(1)
    forget()
    choose(link(mailoutbox[0]))
    token = link(mailoutbox[0]).rstrip("/").rpartition("/")[2]
    assert token not in caplog.text
    assert token not in str(list(AccessAttempt.objects.values()))


# -- an invitation -------------------------------------------------------------------------------------------------


def test_an_invited_person_chooses_a_password_and_signs_in(mailoutbox, django_capture_on_commit_callbacks):
    ada, writers = cast.person("ada", roles.ADMINISTRATOR), Group.objects.filter(name=roles.WRITER)
    mira = User(username="mira", email="mira@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        accounts.invite(mira, roles=writers, by=ada, at=timezone.now(), tell=lambda error: None)
    choose(link(mailoutbox[0]))
    assert sign_in("mira", NEW).status_code == 302
