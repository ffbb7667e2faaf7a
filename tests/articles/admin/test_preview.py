"""The preview: the working text through the public template, for staff only."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import reviewing, roles
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


def preview_url(article):
    return f"/admin/articles/article/{article.pk}/preview/"


def test_it_works():
    article = cast.draft()
    page = desk.client().get(preview_url(article)).content.decode()
    assert "Preview: not published" in page
    assert "The usual dose is 5 mg." in page
    assert '<a href="#ref-1"' in page


def test_it_shows_the_working_text_of_a_published_article():
    article = cast.published().article
    cast.edited(article, "6 mg")
    assert "6 mg" in desk.client().get(preview_url(article)).content.decode()
    assert "6 mg" not in Client().get(f"/{article.slug}/").content.decode()


def test_it_is_kept_nowhere_and_found_by_no_search_engine():
    answer = desk.client().get(preview_url(cast.draft()))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("role", [roles.MEDICAL_REVIEWER, roles.PUBLISHER, roles.RECORDS_STEWARD])
def test_everybody_who_may_see_articles_may_see_it(role):
    assert desk.client("somebody", role).get(preview_url(cast.draft())).status_code == 200


def test_a_visitor_is_asked_to_sign_in():
    assert Client().get(preview_url(cast.draft())).status_code == 302


def test_staff_without_a_role_are_refused():
    article, browser = cast.draft(), Client()
    nobody = cast.person("norma")
    nobody.is_staff = True
    nobody.save()
    browser.force_login(nobody)
    assert browser.get(preview_url(article)).status_code == 403


def test_an_article_that_is_not_there_is_not_found():
    cast.draft()
    assert desk.client().get("/admin/articles/article/99999/preview/").status_code == 404


def test_the_form_leads_to_it():
    article = cast.draft()
    assert preview_url(article) in desk.client().get(desk.change_url(article)).content.decode()


def test_it_names_who_would_be_named():
    article = cast.draft()
    review = reviewing.request(
        article, reviewer=cast.editor(), by=cast.person("wanda"), at=timezone.now(), kind="plain"
    )
    reviewing.attest(review, by=cast.person("edith"), at=timezone.now(), digest=review.digest)
    cast.signed(article, at=timezone.now())
    page = desk.client().get(preview_url(article)).content.decode()
    assert "Medically reviewed by" in page
    assert "Reviewed for plain language by" in page
    assert "Edith Example" in page


def test_words_that_nobody_signed_name_nobody():
    article = cast.edited(cast.published(at=timezone.now()).article, at=timezone.now())
    page = desk.client().get(preview_url(article)).content.decode()
    assert "Not yet medically reviewed." in page
