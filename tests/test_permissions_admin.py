"""Who may look at what in the admin, and send what: every role at every address and action."""

from http.cookies import SimpleCookie

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve

from articles.models import FrozenModel, Seal
from tests.permissions import people
from tests.permissions.addresses import ACTIONS, ADDRESSES
from tests.permissions.people import EVERYBODY, VISITOR
from tests.permissions.world import browser, filled, place, routes

pytestmark = pytest.mark.django_db
everybody = pytest.mark.parametrize("letter", EVERYBODY)


def let_in(client: Client, method: str, address: str) -> bool:
    """Whether the answer is one. Whatever was written is taken back, a sign-out too."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    assert answer.status_code < 500, (method, address)
    if answer.status_code == 409:  # for a script, which asks people to sign in when it hears 403
        return "role does not allow" not in answer.json()["said"]
    signs_in = answer.status_code == 302 and answer.url.startswith("/admin/login/")
    return answer.status_code not in (403, 404, 405) and not signs_in


def test_every_address_of_the_admin_has_a_row():
    listed = {resolve(place_without_rows(row)).route for row in ADDRESSES}
    known = {route for route in routes(get_resolver().url_patterns) if route.startswith("admin/")}
    assert known - listed == set(), "give it a row in tests/permissions/addresses.py"


def place_without_rows(row: str) -> str:
    return "/admin/" + row.partition("?")[0].replace("#", "1")


@everybody
def test_each_address_answers_its_roles_and_nobody_else(letter):
    filled()
    client, wrong = browser(letter), []
    for row, allowed in ADDRESSES.items():
        for method, letters in zip(("get", "post"), allowed, strict=True):
            if let_in(client, method, place(row)) is not (letter in letters):
                wrong.append(f"{method} {row}: {'refused' if letter in letters else 'let in'}")
    assert not wrong, "\n".join(wrong)


# -- actions -------------------------------------------------------------------------------------------------------


def offered(letter: str) -> dict[str, set[str]]:
    request = RequestFactory().get("/")
    doer = people.account(letter) if letter != VISITOR else None
    request.user = people.settled(doer, letter) if doer else people.visitor()
    found = {model._meta.label_lower: set(desk.get_actions(request)) for model, desk in admin.site._registry.items()}
    return {label: names for label, names in found.items() if names}


@everybody
def test_each_action_is_offered_to_its_roles(letter):
    mine = {label: {name for name, may in rows.items() if letter in may} for label, rows in ACTIONS.items()}
    assert offered(letter) == {label: names for label, names in mine.items() if names}


@everybody
def test_an_action_that_was_not_offered_is_not_heard(letter):
    filled()
    client = browser(letter)
    for model in admin.site._registry:
        names = {"delete_selected", *ACTIONS.get(model._meta.label_lower, {})}
        for action in names - offered(letter).get(model._meta.label_lower, set()):
            rows = model._default_manager.all()
            before, sealed = rows.count(), Seal.objects.count()
            sent = {"action": action, "_selected_action": [row.pk for row in rows], "post": "yes", "select_across": "1"}
            answer = client.post(f"/admin/{model._meta.label_lower.replace('.', '/')}/", sent)
            assert answer.status_code in (302, 403) or "cl" in answer.context, action  # the list again
            assert (rows.count(), Seal.objects.count()) == (before, sealed)


# -- what is kept for ever -----------------------------------------------------------------------------------------


def frozen() -> list[type]:
    return [model for model in admin.site._registry if issubclass(model, FrozenModel)]


@pytest.mark.parametrize("door", ["add/", "#/change/", "#/delete/"])
def test_a_superuser_in_every_role_has_no_door_to_what_is_kept(door):
    filled()
    client, doer = browser("U"), User.objects.get(username="doer")
    doer.groups.set(Group.objects.all())
    for model in frozen():
        row = model._default_manager.latest("pk")
        everything = {f.name: f.value_from_object(row) for f in model._meta.concrete_fields}
        sent = {name: "" if value is None else value for name, value in everything.items()} | {"post": "yes"}
        address = place(f"{model._meta.label_lower.replace('.', '/')}/{door}")
        assert client.post(address, sent).status_code == 403
        assert client.post(f"{address}?_popup=1&_to_field=id", sent).status_code == 403


def test_nothing_that_is_kept_is_edited_inside_another_form():
    inlines = {inline.model for desk in admin.site._registry.values() for inline in desk.inlines}
    assert not [model for model in inlines if issubclass(model, FrozenModel)]
    assert not [desk for desk in admin.site._registry.values() if desk.list_editable]
