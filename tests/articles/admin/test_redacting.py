"""The redaction screens: a publisher asks, an administrator confirms, and nobody else sees the button."""

import pytest
from django.urls import reverse

from articles.content import sha256
from articles.models import Edition, Redaction
from tests import cast
from tests.articles.admin import desk
from tests.articles.pictures import library
from tests.articles.test_redacting import STORY

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return cast.published(cast.draft(cast.with_body(cast.words(), "treatment", STORY))).article


def address(article):
    return reverse("admin:articles_article_redact", args=[article.pk])


def asked(client, article, **more):
    client.force_login(cast.cast().paula)
    return client.post(address(article), {"phrase": "jane", "hash": sha256(STORY), "reason": "No consent.", **more})


def answer(client, *, minutes_ago=0, **sent):
    desk.sit_down(client, cast.cast().ada, minutes_ago=minutes_ago)
    return client.post(
        reverse("admin:articles_redaction_confirm", args=[Redaction.objects.get().pk]), sent, follow=True
    )


def test_a_publisher_finds_the_text_and_where_it_stands(client, article):
    client.force_login(cast.cast().paula)
    page = client.get(address(article), {"phrase": "Jane Roe"}).content.decode()
    assert "Jane Roe was treated here" in page
    assert "Editions 1" in page
    assert "stand nowhere" in client.get(address(article), {"phrase": "John"}).content.decode()


def test_where_a_redaction_does_not_reach_is_said(client, article):
    client.force_login(cast.cast().paula)
    page = client.get(address(article), {"phrase": "A NOTE for readers"}).content.decode()
    assert "does not reach: the note or reason of an edition." in page
    assert "stand nowhere" not in page
    assert "does not reach: a title or heading." in client.get(address(article), {"phrase": "disease"}).content.decode()


def test_what_was_chosen_and_typed_stays_when_it_is_refused(client, article):
    page = asked(client, article, reason="").content.decode()
    assert "Say why this must not remain" in page
    assert f'value="{sha256(STORY)}" id="passage-1" checked' in page


def test_an_administrator_confirms_and_the_text_is_gone(client, article):
    asked(client, article)
    client.force_login(cast.cast().ada)
    assert "Redactions to confirm" in client.get("/admin/").content.decode()
    assert "Tick that you have read" in answer(client, answer="confirm").content.decode()
    assert "is erased from editions" in answer(client, answer="confirm", understood="yes").content.decode()
    assert "Jane" not in Edition.objects.get().content


def test_an_old_session_proves_itself_once_more_before_anything_is_erased(client, article):
    asked(client, article)
    page = answer(client, minutes_ago=16, answer="confirm", understood="yes").content.decode()
    assert 'type="password"' in page
    assert "Jane" in Edition.objects.get().content
    answer(client, minutes_ago=16, answer="confirm", understood="yes", password="a long pass phrase")
    assert "Jane" not in Edition.objects.get().content


def test_an_administrator_declines_with_a_reason(client, article):
    asked(client, article)
    assert "Nothing was changed" in answer(client, answer="decline", reason="Another Jane.").content.decode()
    assert Redaction.objects.get().outcome == "declined"


@pytest.mark.parametrize("who", ["wanda", "edith", "rosa", "stan", "ada"])
def test_nobody_else_may_ask(client, article, who):
    client.force_login(getattr(cast.cast(), who))
    assert client.get(address(article)).status_code == client.post(address(article)).status_code == 403


@pytest.mark.parametrize("who", ["wanda", "edith", "rosa", "stan", "paula"])
def test_nobody_else_may_confirm(client, article, who):
    asked(client, article)
    client.force_login(getattr(cast.cast(), who))
    place = reverse("admin:articles_redaction_confirm", args=[Redaction.objects.get().pk])
    assert client.post(place, {"answer": "confirm", "understood": "yes"}).status_code == 403
    assert "Erase it" not in client.get(place).content.decode()


def test_a_picture_is_offered_without_any_words_and_seen_before_it_goes(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    face = library.uploaded()
    article = cast.published(cast.draft(library.words(face))).article
    cast.draft(library.words(face, "Another disease"))
    client.force_login(cast.cast().paula)
    page = client.get(address(article)).content.decode()
    assert f"/admin/articles/figure/{face.pk}-480.jpg" in page
    assert "also on other pages: Another disease" in page
    client.post(address(article), {"hash": face.pk, "reason": "The consent was withdrawn."})
    client.force_login(cast.cast().ada)
    place = reverse("admin:articles_redaction_confirm", args=[Redaction.objects.get().pk])
    assert f"{face.pk}-480.jpg" in client.get(place).content.decode()
