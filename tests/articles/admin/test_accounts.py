"""Nobody gives themselves power; people are invited."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.urls import reverse, reverse_lazy

from articles import roles
from tests import cast
from tests.articles.admin.desk import client
from tests.articles.admin.signing import text

pytestmark = pytest.mark.django_db


def form_of(name):
    cast.person("ada", roles.ADMINISTRATOR)
    account = cast.person(name)
    page = client("ada", roles.ADMINISTRATOR).get(reverse("admin:auth_user_change", args=[account.pk]))
    return page.context["adminform"].form


def test_an_administrator_manages_accounts_by_roles():
    assert "groups" in form_of("wanda").fields


@pytest.mark.parametrize("power", ["is_superuser", "user_permissions"])
def test_powers_beside_the_roles_are_not_offered(power):
    assert power not in form_of("wanda").fields


def test_nobody_changes_their_own_roles():
    assert "groups" not in form_of("ada").fields


def test_an_administrator_can_not_make_herself_superuser_by_post():
    ada = cast.person("ada", roles.ADMINISTRATOR)
    data = {"username": "ada", "is_superuser": "on", "is_staff": "on", "is_active": "on", "groups": []}
    client("ada", roles.ADMINISTRATOR).post(reverse("admin:auth_user_change", args=[ada.pk]), data)
    ada = User.objects.get(pk=ada.pk)
    assert not ada.is_superuser
    assert ada.groups.exists()


def test_a_superusers_account_is_not_an_administrators_to_change():
    root = cast.person("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    browser = client("ada", roles.ADMINISTRATOR)
    assert browser.post(reverse("admin:auth_user_change", args=[root.pk]), {"username": "mine"}).status_code == 403
    assert browser.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403


def test_nobody_links_a_doctors_signature_to_their_own_account():
    doctor, stan = cast.reviewer(), cast.person("stan", roles.RECORDS_STEWARD)
    fields = {"name": "Rosa", "slug": "rosa", "credentials": "MD", "active": "on", "account": stan.pk}
    client("stan", roles.RECORDS_STEWARD).post(reverse("admin:articles_reviewer_change", args=[doctor.pk]), fields)
    doctor.refresh_from_db()
    assert doctor.account.username == "rosa"


def test_the_account_stays_while_a_request_is_open():
    doctor = cast.requested().reviewer
    fields = {"name": "Rosa", "slug": "rosa", "credentials": "MD", "active": "on", "account": cast.person("sam").pk}
    client("stan", roles.RECORDS_STEWARD).post(reverse("admin:articles_reviewer_change", args=[doctor.pk]), fields)
    doctor.refresh_from_db()
    assert (doctor.name, doctor.account.username) == ("Rosa", "rosa")


# -- inviting ------------------------------------------------------------------------------------------------------

ADD = reverse_lazy("admin:auth_user_add")
committed = pytest.mark.django_db(transaction=True)  # the mail leaves after the commit, and its fate is told


@pytest.fixture
def ada():
    return client("ada", roles.ADMINISTRATOR)


def invite(browser, *role_names, **changes):
    """Fill in the form, and send it."""
    groups = Group.objects.filter(name__in=role_names or [roles.WRITER]).values_list("pk", flat=True)
    names = {"username": "mira", "first_name": "Mira", "last_name": "Example", "email": "mira@example.org"}
    return browser.post(ADD, {**names, "groups": list(groups), **changes}, follow=True)


def test_the_form_offers_our_roles_and_asks_for_no_password(ada):
    Group.objects.create(name="Janitor")
    form = ada.get(ADD).context["adminform"].form
    assert list(form.fields) == ["username", "first_name", "last_name", "email", "groups"]
    assert {group.name for group in form.fields["groups"].queryset} == set(roles.ROLES)


@committed
def test_inviting_makes_the_account_and_says_that_a_mail_was_sent(ada, mailoutbox):
    page = invite(ada, roles.WRITER, roles.EDITOR)
    mira = User.objects.get(username="mira")
    assert "An invitation was sent to mira@example.org." in text(page)
    assert {group.name for group in mira.groups.all()} == {roles.WRITER, roles.EDITOR}
    assert [mail.to for mail in mailoutbox] == [["mira@example.org"]]


@committed
def test_a_mail_that_was_not_sent_is_a_warning(ada, settings):
    settings.EMAIL_BACKEND = "no.such.backend"
    page = text(invite(ada))
    assert "the mail to mira@example.org could not be sent" in page
    assert "Invited on" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", ""), ("email", "ada@example.org"), ("username", "ADA"), ("groups", []), ("last_name", "")],
)
def test_what_is_missing_or_taken_is_said_at_its_field(ada, field, value):
    assert field in invite(ada, **{field: value}).context["adminform"].form.errors
    assert not User.objects.filter(first_name="Mira").exists()


def test_the_account_says_since_when_it_waits_and_until_when_the_link_works(ada):
    page = text(invite(ada))
    assert "has not signed in yet" in page
    assert ", the link in the mail works." in page


def test_a_link_that_is_too_old_is_said(ada):
    invite(ada)
    User.objects.filter(username="mira").update(date_joined=cast.NOON)
    mira = User.objects.get(username="mira")
    page = text(ada.get(reverse("admin:auth_user_change", args=[mira.pk])))
    assert "Invited on Nov. 2, 2026, has not signed in yet" in page
    assert "worked until Thursday, Nov. 5, noon, and works no more" in page


@committed
def test_the_invitation_can_be_sent_again(ada, mailoutbox):
    invite(ada)
    mira = User.objects.get(username="mira")
    page = ada.post(reverse("admin:auth_user_invite", args=[mira.pk]), follow=True)
    assert "An invitation was sent to mira@example.org." in text(page)
    assert len(mailoutbox) == 2
    assert "Sent the invitation again." in str(LogEntry.objects.latest("pk"))


def test_who_has_come_is_offered_no_invitation_and_gets_none(ada, mailoutbox):
    address = reverse("admin:auth_user_invite", args=[cast.person("wanda").pk])
    page = text(ada.post(address, follow=True))
    assert "Only an open account" in page
    assert "Invited on" not in page
    assert mailoutbox == []


def test_an_invitation_is_sent_by_post_and_by_administrators_alone(ada):
    invite(ada)
    address = reverse("admin:auth_user_invite", args=[User.objects.get(username="mira").pk])
    assert ada.get(address).status_code == 405
    assert client().post(address).status_code == 403
    assert ada.post(reverse("admin:auth_user_invite", args=[4711])).status_code == 403


def test_an_administrator_sets_nobodys_password(ada):
    doctor = cast.reviewer().account
    page = ada.get(reverse("admin:auth_user_change", args=[doctor.pk]))
    address = reverse("admin:auth_user_password_change", args=[doctor.pk])
    assert "../password/" not in page.content.decode()
    assert ada.post(address, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403


def test_the_invitation_names_no_day_that_somebody_typed(ada):
    assert "date_joined" not in form_of("wanda").fields


def test_nobody_leads_anothers_mail_to_themselves_to_choose_their_password():
    rosa = cast.reviewer().account
    url, browser = reverse("admin:auth_user_change", args=[rosa.pk]), client("ada", roles.ADMINISTRATOR)
    assert "email" not in browser.get(url).context["adminform"].form.fields
    browser.post(url, {"username": "rosa", "email": "ada@example.org", "is_active": "on", "is_staff": "on"})
    assert User.objects.get(pk=rosa.pk).email == "rosa@example.org"


def test_the_address_of_somebody_who_has_not_come_yet_can_be_put_right():
    newcomer = User.objects.create(username="nina", email="nnia@example.org", is_staff=True, password="!")
    url = reverse("admin:auth_user_change", args=[newcomer.pk])
    assert "email" in client("ada", roles.ADMINISTRATOR).get(url).context["adminform"].form.fields
