"""Inviting people, and the keys that go into mails."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache

from articles import accounts, roles
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_mailed_yet():
    cache.clear()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run what waits for the commit, as the commit would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def mira(**changes):
    fields = {"username": "mira", "first_name": "Mira", "last_name": "Example", "email": "mira@example.org"}
    return User(**{**fields, **changes})


def invite(account=None, *, by=None, role=roles.WRITER, told=None):
    groups = Group.objects.filter(name=role)
    by = by or cast.person("ada", roles.ADMINISTRATOR)
    tell = (told if told is not None else []).append
    return accounts.invite(account or mira(), roles=groups, by=by, at=cast.NOON, tell=tell)


def link(mail):
    return re.search(r"https?://\S+", mail.body)[0]


# -- inviting ------------------------------------------------------------------------------------------------------


def test_an_invited_person_is_staff_in_the_role_and_has_no_password():
    account = invite(mira(is_superuser=True))
    assert (account.is_staff, account.is_active, account.is_superuser) == (True, True, False)
    assert not account.has_usable_password()
    assert [group.name for group in account.groups.all()] == [roles.WRITER]


def test_the_mail_says_who_invites_to_what_until_when(commit, mailoutbox):
    with commit():
        invite()
    (mail,) = mailoutbox
    assert mail.to == ["mira@example.org"]
    assert mail.subject == "Your account at Example Hospital"
    for part in ("Hello Mira", "ada has made", "Writer", "mira", "Thursday, November 5, 2026, noon PST"):
        assert part in mail.body
        assert part in mail.alternatives[0].content or part == "mira"


def test_both_forms_of_the_mail_carry_the_same_link_and_no_name_is_markup(commit, mailoutbox):
    with commit():
        invite(mira(first_name="<b>Mira & Co</b>"))
    assert f'href="{link(mailoutbox[0])}"' in mailoutbox[0].alternatives[0].content
    assert "Hello <b>Mira & Co</b>" in mailoutbox[0].body
    assert "Hello &lt;b&gt;Mira &amp; Co" in mailoutbox[0].alternatives[0].content


def test_a_mail_that_can_not_be_sent_keeps_the_account_and_is_told_without_the_link(commit, settings, caplog):
    settings.EMAIL_BACKEND, told = "no.such.backend", []
    with commit():
        account = invite(told=told)
    assert User.objects.filter(pk=account.pk).exists()
    assert told == ["ModuleNotFoundError"]
    assert f"No mail to account {account.pk}: ModuleNotFoundError" in caplog.text
    assert "password_reset" not in caplog.text


def test_nothing_is_mailed_for_an_account_that_was_not_saved(commit, mailoutbox):
    with commit(), pytest.raises(accounts.NoSuchRole):
        invite(role="Janitor")
    assert mailoutbox == []
    assert not User.objects.filter(username="mira").exists()


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMINISTRATOR])
def test_only_administrators_invite(role):
    with pytest.raises(roles.NotAllowed):
        invite(by=cast.person("wanda", role))


def test_a_group_that_is_no_role_is_refused():
    Group.objects.create(name="Janitor")
    with pytest.raises(accounts.NoSuchRole):
        invite(role="Janitor")


def test_one_address_is_one_person():
    cast.person("wanda")
    with pytest.raises(accounts.AddressTaken, match="wanda"):
        invite(mira(email="Wanda@Example.org"))


# -- once more -----------------------------------------------------------------------------------------------------


def again(account, *, by=None, at=None):
    by = by or cast.person("ada", roles.ADMINISTRATOR)
    accounts.invite_again(account, by=by, at=at or cast.later(days=1), tell=lambda error: None)


def test_a_second_invitation_ends_the_link_of_the_first(commit, mailoutbox, client):
    with commit():
        account = invite()
    with commit():
        again(account)
    first, second = (client.get(link(mail), follow=True) for mail in mailoutbox)
    assert (first.context["validlink"], second.context["validlink"]) == (False, True)


def test_the_day_of_the_last_invitation_is_kept():
    account = invite()
    again(account)
    account.refresh_from_db()
    assert account.date_joined == cast.later(days=1)


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}, {"last_login": cast.NOON}, {"password": "x"}])
def test_only_who_waits_is_invited_again(change):
    account = invite()
    User.objects.filter(pk=account.pk).update(**change)
    with pytest.raises(accounts.NotWaiting):
        again(account)


def test_an_administrator_sends_no_link_to_a_superusers_account():
    account = invite()
    User.objects.filter(pk=account.pk).update(is_superuser=True)
    with pytest.raises(roles.NotAllowed):
        again(account)


def test_others_do_not_invite_again():
    with pytest.raises(roles.NotAllowed):
        again(invite(), by=cast.person("wanda", roles.WRITER))


# -- a forgotten password ------------------------------------------------------------------------------------------


def test_one_address_gets_three_mails_an_hour_at_most(commit, mailoutbox):
    wanda, stan = cast.person("wanda"), cast.person("stan")
    with commit():
        for _time in range(5):
            accounts.send_reset(wanda, at=cast.NOON)
        accounts.send_reset(stan, at=cast.NOON)
    assert [mail.to[0] for mail in mailoutbox] == ["wanda@example.org"] * 3 + ["stan@example.org"]
    assert "Your user name is: wanda" in mailoutbox[0].body
