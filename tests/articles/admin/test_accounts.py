"""Nobody gives themselves power."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles import roles
from tests import cast
from tests.articles.admin.desk import client

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
