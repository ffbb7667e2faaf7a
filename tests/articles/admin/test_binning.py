"""The bin at the desk: a draft goes in after a question, leaves every list, and comes out again."""

import pytest
from django.urls import reverse

from articles import binning
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def url(article, name="bin"):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def text(answer):
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def test_it_works():
    article, wanda = cast.draft(), desk.client()
    assert "Put in the bin" in text(wanda.get(desk.change_url(article)))
    assert "Nothing is deleted" in text(wanda.get(url(article)))
    assert "is in the bin." in text(wanda.post(url(article), {"reason": "Twice."}, follow=True))
    page = text(wanda.get(desk.change_url(article)))
    assert "Take out of the bin" in page
    assert "Request review" not in page
    assert "is a draft again." in text(wanda.post(url(article, "unbin"), follow=True))
    article.refresh_from_db()
    assert article.binned_at is None


def test_what_is_in_the_bin_is_in_one_list_only():
    article, wanda = cast.draft(), desk.client()
    assert article.title in text(wanda.get("/admin/"))
    binning.bin_draft(article, by=cast.person("wanda"), at=cast.NOON)
    assert "0 articles" in text(wanda.get(LIST))
    assert article.title not in text(wanda.get("/admin/"))
    assert article.title in text(wanda.get(f"{LIST}?bin=in"))


def test_a_signed_draft_in_the_bin_waits_for_no_publisher():
    article = cast.signed().article
    paula = desk.client("paula", "Publisher")
    assert article.title in text(paula.get("/admin/"))
    binning.bin_draft(article, by=cast.person("wanda"), at=cast.NOON)
    assert article.title not in text(paula.get("/admin/"))


def test_an_open_request_that_will_be_recalled_is_named():
    article = cast.requested().article
    assert "The review request to Rosa Example, MD is recalled" in text(desk.client().get(url(article)))


def test_a_published_page_is_offered_no_bin():
    article, wanda = cast.published().article, desk.client()
    assert "Put in the bin" not in text(wanda.get(desk.change_url(article)))
    assert "Readers have seen this page" in text(wanda.get(url(article)))
    assert "can only be withdrawn" in text(wanda.post(url(article)))


def test_it_is_looked_at_in_the_bin():
    article = cast.draft()
    binning.bin_draft(article, by=cast.person("wanda"), at=cast.NOON)
    wanda = desk.client()
    assert "5 mg" in text(wanda.get(desk.change_url(article)))
    assert "5 mg" in text(wanda.get(reverse("admin:articles_article_preview", args=[article.pk])))


@pytest.mark.parametrize("name", ["bin", "unbin"])
def test_who_may_not_write_has_no_bin(name):
    assert desk.client("paula", "Publisher").get(url(cast.draft(), name)).status_code == 403
