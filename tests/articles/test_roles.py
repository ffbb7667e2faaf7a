"""Who may do what."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection

from articles import roles
from tests import cast

pytestmark = pytest.mark.django_db

MAY = {
    "add_article": "wanda edith",
    "change_article": "wanda edith",
    "request_review": "wanda edith stan",
    "accept_corrections": "wanda edith",
    "attest_article": "rosa",
    "publish_article": "paula",
    "withdraw_article": "paula",
    "keep_dates": "paula stan",
    "record_review": "stan",
}


@pytest.mark.parametrize("permission", MAY)
def test_each_deed_belongs_to_its_roles(permission):
    people = vars(cast.cast())
    allowed = {name for name, user in people.items() if roles.may(user, permission)}
    assert allowed == set(MAY[permission].split())


def test_every_permission_a_role_names_exists():
    known = set(Permission.objects.values_list("codename", flat=True))
    assert {codename for names in roles.ROLES.values() for codename in names} <= known


def test_installing_again_restores_what_was_taken_and_leaves_other_groups_alone():
    Group.objects.get(name=roles.WRITER).permissions.clear()
    other = Group.objects.create(name="Translators")
    roles.install(connection.alias)
    assert Group.objects.get(name=roles.WRITER).permissions.filter(codename="add_article").exists()
    assert not other.permissions.exists()


def test_an_account_that_was_closed_may_nothing():
    wanda = cast.person("wanda", roles.WRITER)
    wanda.is_active = False
    wanda.save()
    with pytest.raises(roles.NotAllowed):
        roles.require(wanda, "add_article")


def test_nobody_may_change_or_delete_what_is_kept_for_ever():
    frozen = ("review", "edition", "timelineentry", "revision", "acceptance", "deferral", "manuscript", "published")
    held = {codename for names in roles.ROLES.values() for codename in names}
    assert not {f"{verb}_{model}" for verb in ("add", "change", "delete") for model in frozen} & held
