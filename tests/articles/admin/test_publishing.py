"""Publishing and withdrawing from the admin: what will happen is said before it does."""

import pytest
from django.utils import timezone

from articles import drafting
from articles.models import Edition
from tests import cast
from tests.articles import sources
from tests.articles.admin import signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def publish(article, *, by="paula", change_class="wording", change_note="A clearer dose.", full_hash=""):
    article.refresh_from_db()
    data = {"change_class": change_class, "change_note": change_note}
    data["full_hash"] = full_hash or article.content().full_hash
    return client(by).post(url("article_publish", article), data, follow=True)


def second(article):
    """The next words, signed and not yet online."""
    return signing.signed(cast.edited(article, at=timezone.now())).article


def test_it_works():
    article = signing.signed().article
    assert "Edition 1 is online." in text(publish(article))
    edition = Edition.objects.get()
    assert (edition.change_class, edition.change_note) == ("first", "A clearer dose.")
    assert edition.published_by.username == "paula"


def test_the_first_edition_has_no_change_class_to_choose():
    page = client("paula").get(url("article_publish", signing.signed().article))
    assert "change_class" not in page.content.decode()
    assert "Edition 1. Signed by Rosa Example, MD, on" in text(page)


def test_a_source_that_died_before_the_first_signature_is_told_to_the_publisher():
    """No event follows from it, for the reviewer read it beside the source; who publishes reads it, too."""
    article = cast.draft()
    sources.dies()
    shown = client("paula").get(url("article_publish", signing.signed(article).article))
    assert "To be known of its sources What is example disease? This source: dead, since" in text(shown)


def test_a_later_edition_shows_what_changes_for_readers():
    article = second(signing.published())
    page = text(client("paula").get(url("article_publish", article)))
    assert "Changed since edition 1 of" in page
    assert "Publish edition 2" in page
    publish(article, change_class="correction")
    assert Edition.objects.open().get().change_class == "correction"


def test_a_later_edition_must_say_what_kind_of_change_it_is():
    article = second(signing.published())
    assert "This field is required." in text(publish(article, change_class=""))
    assert Edition.objects.open().get().number == 1


def test_a_change_note_is_asked_for():
    article = signing.signed().article
    assert "Write a change note" in text(publish(article, change_note=" "))
    assert not Edition.objects.exists()


def test_obstacles_are_listed_with_a_link_and_there_is_no_button():
    article = cast.draft()
    page = client("paula").get(url("article_publish", article))
    assert "No medical reviewer has signed these words." in text(page)
    assert "Writers and editors can mend this and ask for a review." in text(page)
    assert "Publish edition" not in text(page)


def test_unsigned_words_are_refused_even_without_the_button():
    article = cast.draft()
    page = publish(article)
    assert "This can not be published yet. No medical reviewer has signed" in text(page).replace(".No", ". No")
    assert not Edition.objects.exists()


def test_words_that_were_not_on_the_screen_are_not_published():
    article = signing.signed().article
    seen = article.content()
    changed = cast.with_body(seen, "our-program", "<p>We moved.</p>")
    drafting.revise(article, changed, by=cast.person("wanda"), at=timezone.now(), base_revision=article.revision)
    page = publish(article, full_hash=seen.full_hash)
    assert "The words were changed after you opened this page." in text(page)
    assert "A clearer dose.</textarea>" in page.content.decode()
    assert changed.full_hash in page.content.decode()
    assert not Edition.objects.exists()


def test_looking_publishes_nothing():
    client("paula").get(url("article_publish", signing.signed().article))
    assert not Edition.objects.exists()


@pytest.mark.parametrize("name", ["wanda", "edith", "rosa", "stan", "ada"])
def test_other_roles_can_not_publish(name):
    article = signing.signed().article
    assert client(name).get(url("article_publish", article)).status_code == 403
    assert publish(article, by=name).status_code == 403
    assert not Edition.objects.exists()


# -- withdraw ------------------------------------------------------------------------------------------------------


def test_withdrawing_says_what_will_happen():
    article = signing.published()
    page = text(client("paula").get(url("article_withdraw", article)))
    assert f"Edition 1 goes offline at once. Its address, /{article.slug}/, goes on answering" in page
    assert Edition.objects.open().exists()


def test_withdraw():
    article = signing.published()
    client("paula").post(url("article_withdraw", article), {"reason": "A wrong dose."})
    edition = Edition.objects.get()
    assert (edition.closed_how, edition.closed_reason) == ("withdrawn", "A wrong dose.")


def test_withdrawing_needs_a_reason():
    article = signing.published()
    assert "Say why" in text(client("paula").post(url("article_withdraw", article), {"reason": " "}))
    assert Edition.objects.open().exists()


def test_what_is_not_online_can_not_be_withdrawn():
    article = cast.draft()
    assert "not online" in text(client("paula").post(url("article_withdraw", article), {"reason": "Why"}))


@pytest.mark.parametrize("name", ["wanda", "edith", "rosa", "stan", "ada"])
def test_other_roles_can_not_withdraw(name):
    article = signing.published()
    assert client(name).post(url("article_withdraw", article), {"reason": "Why"}).status_code == 403
    assert Edition.objects.open().exists()


def test_the_publisher_finds_the_way_from_the_article():
    article = signing.signed().article
    page = client("paula").get(f"/admin/articles/article/{article.pk}/change/")
    assert links(page, "Publish") == [url("article_publish", article)]
