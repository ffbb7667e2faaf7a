"""The admin's site finds out what somebody may open only where it is shown."""

from unittest import mock

import pytest
from django.contrib.admin import AdminSite

from tests.articles.admin import signing

pytestmark = pytest.mark.django_db


@pytest.fixture
def built():
    with mock.patch.object(AdminSite, "_build_app_dict", autospec=True, side_effect=AdminSite._build_app_dict) as asked:
        yield asked


def test_the_first_screen_finds_it_out_once(built):
    screen = signing.client("wanda").get("/admin/")
    assert "Articles" in screen.content.decode()
    assert built.call_count == 1


def test_no_other_screen_does(built):
    assert signing.client("wanda").get("/admin/articles/article/").status_code == 200
    assert built.call_count == 0


def test_a_list_of_one_app_is_its_own(built):
    browser = signing.client("wanda")
    assert "Sources" in browser.get("/admin/references/").content.decode()
    assert browser.get("/admin/nothing/").status_code == 404
