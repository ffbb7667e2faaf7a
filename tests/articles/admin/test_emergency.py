"""Publishing in an emergency from the admin: a screen of its own, and marks everywhere until it is checked."""

import pytest
from django.utils import timezone

from articles import reviewing
from articles.models import Edition, Published
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def send(article, *, by="paula", reason="A deadly dose.", full_hash=""):
    article.refresh_from_db()
    data = {"change_class": "correction", "change_note": "The dose.", "reason": reason}
    data["full_hash"] = full_hash or article.content().full_hash
    return client(by).post(url("article_emergency", article), data, follow=True)


def rushed():
    article = cast.edited(signing.published(), at=timezone.now())
    send(article)
    return article


def test_a_quiet_link_on_the_publish_page_leads_to_it():
    article = cast.edited(signing.published(), at=timezone.now())
    page = client("paula").get(url("article_publish", article))
    assert links(page, "Publish in an emergency") == [url("article_emergency", article)]
    assert not links(
        client("paula").get(url("article_publish", signing.signed(article).article)), "Publish in an emerg"
    )


def test_it_says_what_it_means_before_it_is_done():
    article = cast.edited(signing.published(), at=timezone.now())
    page = text(client("paula").get(url("article_emergency", article)))
    assert "No medical reviewer has signed these words" in page
    assert "Publish edition 2 unreviewed" in page
    assert Edition.objects.open().get().number == 1


def test_it_works():
    article = cast.edited(signing.published(), at=timezone.now())
    assert "Edition 2 is online, unreviewed." in text(send(article))
    assert Edition.objects.open().get().emergency_reason == "A deadly dose."
    page = desk.Client().get(f"/{article.slug}/").content.decode()
    assert "in an emergency." in page


def test_it_needs_a_reason():
    article = cast.edited(signing.published(), at=timezone.now())
    assert "Say why these words can not wait" in text(send(article, reason=" "))
    assert Edition.objects.open().get().number == 1


def test_words_that_were_not_on_the_screen_are_not_published():
    article = cast.edited(signing.published(), at=timezone.now())
    assert "The words were changed after you opened this page." in text(send(article, full_hash="0" * 64))
    assert Edition.objects.open().get().number == 1


@pytest.mark.parametrize("name", ["wanda", "edith", "rosa", "stan", "ada"])
def test_other_roles_can_not(name):
    article = cast.draft()
    assert client(name).get(url("article_emergency", article)).status_code == 403
    assert send(article, by=name).status_code == 403


def test_the_panel_the_list_and_the_editions_say_so():
    article = rushed()
    assert "in an emergency: a second check by a reviewer is due." in text(
        client("edith").get(desk.change_url(article))
    )
    assert "emergency, second check due" in text(client("edith").get("/admin/articles/article/?state=unreviewed"))
    assert "in an emergency, unreviewed: A deadly dose." in text(client("edith").get(url("article_editions", article)))


def test_it_nags_on_the_desks_of_those_who_can_end_it():
    article = rushed()
    for name in ("paula", "edith"):
        assert "Second checks (1)" in text(client(name).get("/admin/")), name
    for name in ("wanda", "rosa", "stan"):
        assert "Second checks" not in text(client(name).get("/admin/")), name
    asked = signing.requested(article)
    assert "Second checks (1)" in text(client("rosa").get("/admin/"))
    reviewing.attest(asked, by=cast.reviewer().account, at=timezone.now(), digest=asked.digest)
    assert "Second checks" not in text(client("paula").get("/admin/"))


def test_the_first_thing_to_do_then_is_to_ask_for_the_check():
    page = client("edith").get(desk.change_url(rushed())).content.decode()
    assert 'class="first">Request review' in page


def test_readers_see_the_old_date_and_the_honest_line():
    article = rushed()
    page = desk.Client().get(f"/{article.slug}/").content.decode()
    row = Published.objects.get()
    assert row.unreviewed_since
    assert "Last reviewed" in page
    assert "The changed words are not yet medically reviewed" in " ".join(page.split())
