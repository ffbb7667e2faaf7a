"""The screen that records that somebody left."""

import pytest
from django.contrib.auth.models import User

from articles.models import Review
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.signing import client, links, text

pytestmark = pytest.mark.django_db
LEFT = "Record that this person left"


def left_url(name):
    return f"/admin/auth/user/{User.objects.get(username=name).pk}/left/"


def test_it_lists_what_is_open_and_closes_the_account():
    review, ravi = signing.requested(), cast.reviewer("ravi")
    page = text(client("ada").get(left_url("rosa")))
    assert "Reviews asked of this person: handed on, or given back Acute example disease (Clinical)" in page
    data = {"hand_to": ravi.pk, "reason": "A new position."}
    answer = client("ada").post(left_url("rosa"), data, follow=True)
    assert "The account of rosa is closed. 1 request was handed on." in text(answer)
    assert Review.objects.open().get().follows == review


def test_the_account_leads_there_until_it_is_closed():
    account = cast.person("wanda")
    address = f"/admin/auth/user/{account.pk}/change/"
    assert links(client("ada").get(address), LEFT) == [left_url("wanda")]
    client("ada").post(left_url("wanda"), {"reason": "A new position."})
    assert links(client("ada").get(address), LEFT) == []


def test_looking_closes_nothing():
    signing.requested()
    client("ada").get(left_url("rosa"))
    assert User.objects.get(username="rosa").is_active


def test_a_refusal_keeps_what_was_typed():
    signing.requested()
    cast.reviewer("ravi")
    page = client("ada").post(left_url("rosa"), {"hand_to": cast.reviewer("ravi").pk, "reason": ""})
    assert "Say why" in text(page)
    assert " selected>Ravi Example, MD" in page.content.decode()


def test_it_is_reached_from_the_list_of_accounts():
    rosa = cast.reviewer().account
    data = {"action": "left", "_selected_action": [rosa.pk]}
    answer = client("ada").post("/admin/auth/user/", data)
    assert answer.url == left_url("rosa")


@pytest.mark.parametrize("name", ["wanda", "edith", "paula", "stan"])
def test_other_roles_close_no_account(name):
    cast.reviewer()
    assert client(name).get(left_url("rosa")).status_code == 403
    assert client(name).post(left_url("rosa"), {"reason": "Gone."}).status_code == 403
