"""Editions and history of an article in the admin; bringing words back; where a withdrawn page leads."""

import pytest
from django.utils import timezone

from articles.models import Edition, Published
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def second():
    article = cast.edited(signing.published(), at=timezone.now())
    signing.signed(article)
    return cast.publish(article, at=timezone.now()).article


def first(article):
    return article.editions.get(number=1)


def test_it_lists_every_edition_with_its_review_and_end():
    article = second()
    page = text(client("stan").get(url("article_editions", article)))
    assert "Edition 2" in page
    assert "Clinical review: Rosa Example, MD" in page
    assert "Readers see it now." in page
    assert "Replaced on" in page
    assert "wanda revised the words" in page


def test_the_article_leads_there():
    article = second()
    assert links(client("wanda").get(desk.change_url(article)), "Editions and history") == [
        url("article_editions", article)
    ]


def test_one_edition_stands_against_the_draft():
    article = second()
    page = client("wanda").get(url("article_edition", first(article)))
    assert "What would change in the draft" in text(page)
    assert "[removed: 6]" in text(page)


def test_its_words_come_back_as_the_draft():
    article = second()
    sent = {"base_revision": article.revision}
    page = client("wanda").post(url("article_edition", first(article)), sent, follow=True)
    assert "The draft has the words of edition 1 again." in text(page)
    article.refresh_from_db()
    assert article.content() == first(article).words()


def test_a_stale_screen_is_refused_and_shows_what_stands_now():
    article = second()
    sent = {"base_revision": article.revision}
    cast.edited(article, "9 mg", at=timezone.now())
    page = client("wanda").post(url("article_edition", first(article)), sent)
    assert "Someone else saved this article" in text(page)
    assert "[removed: 9]" in text(page)


@pytest.mark.parametrize("name", ["paula", "rosa", "stan", "ada"])
def test_only_writers_bring_words_back(name):
    article = second()
    address = url("article_edition", first(article))
    assert "Bring these words back" not in text(client(name).get(address))
    assert client(name).post(address, {"base_revision": article.revision}).status_code == 403


def test_no_edition_is_answered_with_a_message():
    page = client("wanda").get("/admin/articles/article/editions/999/", follow=True)
    assert "This edition is not there." in text(page)


# -- where to go instead -------------------------------------------------------------------------------------------


def withdraw(article, instead):
    data = {"reason": "A wrong dose.", "instead": instead.pk}
    return client("paula").post(url("article_withdraw", article), data, follow=True)


def test_a_withdrawn_page_leads_its_readers_elsewhere():
    article = signing.published()
    other = signing.published(cast.draft(cast.words("Another disease")))
    withdraw(article, other)
    page = desk.Client().get(f"/{article.slug}/")
    assert page.status_code == 410
    assert '<a href="/another-disease/">Another disease</a>' in page.content.decode()


def test_not_while_that_page_is_withdrawn_itself():
    article = signing.published()
    other = signing.published(cast.draft(cast.words("Another disease")))
    withdraw(article, other)
    client("paula").post(url("article_withdraw", other), {"reason": "Old."})
    assert "Another disease" not in desk.Client().get(f"/{article.slug}/").content.decode()
    assert Published.objects.get(article=article).withdrawn_instead


def test_a_page_that_is_not_online_can_not_be_chosen():
    article = signing.published()
    assert "Select a valid choice." in text(withdraw(article, cast.draft(cast.words("A draft"))))
    assert Edition.objects.open().exists()
