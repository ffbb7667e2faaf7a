"""The pages about the site in the admin: a fixed set, a preview, a save that loses nothing, and every earlier text."""

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import rewording
from articles.models import SiteText
from references.models import Source
from tests import cast
from tests.articles.admin.signing import client, links, text

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/sitetext/"
EDIT = f"{LIST}privacy/edit/"


def written(body="<p>We keep no list.</p>", *, base=0, page="privacy", **more):
    return rewording.reword(page, body=body, base=base, by=cast.cast().ada, at=timezone.now(), **more)


def form(response):
    return dict(html.fromstring(response.content.decode()).get_element_by_id("article_form").form_values())


def send(browser, body, *, base=0, address=EDIT, **more):
    return browser.post(address, {"body": body, "base": base, **more}, follow=True)


def test_the_list_names_each_page_and_which_nobody_edited():
    written()
    shown = text(client("paula").get(LIST))
    for page in SiteText.Page:
        assert str(page.label) in shown
    assert shown.count("Not yet edited.") == len(SiteText.Page) - 1
    assert "Last changed by ada" in shown


def test_who_may_only_look_sees_no_button():
    shown = client("wanda").get(LIST)
    assert links(shown, "Edit “Privacy”") == []
    assert links(shown, "View “Privacy”") == ["/privacy/"]


def test_one_person_gives_a_page_another_text():
    page = send(client("paula"), "<p>We keep no list.</p>")
    assert "Readers see the new text now." in text(page)
    assert SiteText.objects.get().by.username == "paula"


def test_the_editor_begins_with_what_readers_see():
    browser = client("paula")
    assert "Example Hospital has not yet said here" in form(browser.get(EDIT))["body"]
    written("<p>Ours.</p>")
    begun = form(browser.get(EDIT))
    assert (begun["base"], begun["body"].strip()) == ("1", "<p>Ours.</p>")


def test_a_preview_is_the_public_page_and_is_kept_nowhere():
    page = send(client("paula"), "<h3>Lists</h3><p>None.</p>", preview="1")
    shown = page.content.decode()
    for words in ("Preview: not saved", "<h2>Lists</h2><p>None.</p>", "noindex"):
        assert words in shown
    assert "no-store" in page["Cache-Control"]
    assert not SiteText.objects.exists()


def test_a_stale_save_is_refused_and_shows_both_texts():
    browser = client("paula")
    written("<p>Theirs.</p>")
    page = send(browser, "<p>Mine.</p>", base=0)
    shown = text(page)
    assert "Somebody else changed this page while you wrote." in shown
    assert "Theirs." in shown
    assert (form(page)["body"].strip(), form(page)["base"]) == ("<p>Mine.</p>", "1")
    send(browser, "<p>Mine.</p>", base=1)
    assert SiteText.objects.of("privacy").first().body == "<p>Mine.</p>"


def test_a_stale_save_shows_what_they_wrote_in_other_languages():
    written(page="language-help", notices={"es": "Llame a cualquier hora."})
    page = send(client("paula"), "<p>Mine.</p>", address=f"{LIST}language-help/edit/", **{"notice-es": ""})
    assert form(page)["notice-es"].strip() == ""
    assert "Llame a cualquier hora." in text(page)


def test_an_empty_text_is_refused():
    assert "The page would be empty." in text(send(client("paula"), "<p> </p>"))
    assert not SiteText.objects.exists()


def test_a_mark_of_a_source_is_refused_where_nothing_could_number_it():
    key = Source.objects.create(title="Facts").key
    page = send(client("paula"), f'<p>So.<cite data-source="{key}"></cite></p>')
    assert "This text has no list of references." in text(page)
    assert key in form(page)["body"]


@pytest.mark.parametrize("base", ["", "x", "-1", "99999999999"])
def test_a_form_that_was_bent_is_shown_again(base):
    page = send(client("paula"), "<p>Mine.</p>", base=base)
    assert form(page)["body"].strip() == "<p>Mine.</p>"
    assert not SiteText.objects.exists()


def test_every_earlier_text_can_be_read_and_brought_back():
    first = written("<p>First.</p>")
    written("<p>Second.</p>", base=1)
    browser = client("paula")
    listed = browser.get(f"{LIST}privacy/")
    assert "shown to readers now" in text(listed)
    (back,) = links(listed, "Bring text 1 back")
    assert "First." in text(browser.get(reverse("admin:articles_sitetext_change", args=[first.pk])))
    begun = form(browser.get(back))
    assert (begun["body"].strip(), begun["base"]) == ("<p>First.</p>", "2")
    send(browser, begun["body"], base=begun["base"])
    assert [row.number for row in SiteText.objects.of("privacy")] == [3, 2, 1]


def test_other_languages_have_a_field_each_on_their_page_alone():
    browser, address = client("ada"), f"{LIST}language-help/edit/"
    asked = form(browser.get(address))
    assert {"notice-es", "notice-zh-Hans", "notice-ar"} < set(asked)
    assert "notice-es" not in form(browser.get(EDIT))
    send(browser, "<p>Ask us.</p>", address=address, **{"notice-es": "Llame."})
    assert SiteText.objects.get().notices == {"es": "Llame."}


def test_a_text_in_another_language_says_which_it_is():
    page = client("ada").get(f"{LIST}language-help/edit/").content.decode()
    assert 'lang="ar" dir="rtl"' in page


def test_no_door_adds_or_deletes_a_page():
    row, browser = written(), client("ada")
    for door in ("add/", f"{row.pk}/delete/"):
        assert browser.post(f"{LIST}{door}", {"post": "yes"}).status_code == 403
    assert browser.get(f"{LIST}imprint/edit/").status_code in (302, 404)
