"""Unsaved text at the desk: kept by the script, looked at, put back, let go; and who else writes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import binning, unsaved
from articles.models import Autosave, Presence
from tests import cast
from tests.articles.admin import desk, signing

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return cast.draft()


def keep_url(article=None):
    return (
        reverse("admin:articles_article_keep", args=[article.pk])
        if article
        else "/admin/articles/article/unsaved/keep/"
    )


@pytest.fixture
def kept(article):
    """Wanda opened the form, typed, added a section, and went."""
    wanda = desk.client()
    fields = desk.opened(wanda, desk.change_url(article))
    added = desk.row(3, id="", was="", heading="Side effects", kind="medical", body="<p>Ask.</p>", position="2")
    typed = desk.row(1, body="<p>The usual dose is 50 mg.</p>", position="3") | {"sections-TOTAL_FORMS": "4"}
    assert desk.send(wanda, keep_url(article), {**fields, **typed, **added}).status_code == 200
    return wanda, Autosave.objects.get()


def restored(browser, article, row):
    return browser.get(f"{desk.change_url(article)}?unsaved={row.pk}")


def page_of(browser, url):
    return " ".join(browser.get(url).content.decode().split())


def test_it_works(article, kept):
    wanda, row = kept
    assert "Unsaved text of yours from" in page_of(wanda, desk.change_url(article))
    fields = desk.values(restored(wanda, article, row))
    assert (fields["sections-1-body"], fields["sections-3-heading"]) == (
        "<p>The usual dose is 50 mg.</p>",
        "Side effects",
    )
    assert desk.send(wanda, desk.change_url(article), fields).status_code == 302
    assert [section.heading for section in article.sections.all()][:3] == ["What it is", "Side effects", "Treatment"]
    assert article.revisions.last().how == "autosave"
    assert not Autosave.objects.exists()


def test_keeping_and_restoring_never_change_the_article(article, kept):
    wanda, row = kept
    before = article.content()
    for _time in "ab":
        assert restored(wanda, article, row).status_code == 200
    article.refresh_from_db()
    assert (article.content(), article.revision) == (before, 1)


def test_what_was_kept_of_an_older_revision_meets_the_stale_comparison_when_saved(article, kept):
    wanda, row = kept
    cast.edited(article, "6 mg", by="edith")
    fields = desk.values(restored(wanda, article, row))
    assert fields["base_revision"] == "1"
    answer = desk.send(wanda, desk.change_url(article), fields)
    assert "Someone else saved this article (revision 2)" in desk.errors(answer)[0]
    assert "you both changed this" in answer.content.decode()


def test_nobody_sees_keeps_restores_or_discards_anothers_text(article, kept):
    _wanda, row = kept
    edith = desk.client("edith", "Editor")
    assert "Unsaved text" not in page_of(edith, desk.change_url(article))
    assert "50 mg" not in restored(edith, article, row).content.decode()
    look = reverse("admin:articles_article_unsaved", args=[row.pk])
    assert (edith.get(look).status_code, edith.post(look).status_code) == (404, 404)
    assert Autosave.objects.exists()


def test_it_is_looked_at_as_a_redline_and_discarded_when_asked(article, kept):
    wanda, row = kept
    look = reverse("admin:articles_article_unsaved", args=[row.pk])
    page = page_of(wanda, look)
    assert "50<span" in page
    assert "Side effects" in page
    assert Autosave.objects.exists()
    assert wanda.post(look).url == desk.change_url(article)
    assert not Autosave.objects.exists()


def test_text_that_reads_as_what_is_stored_is_not_offered(article):
    wanda = desk.client()
    desk.send(wanda, keep_url(article), desk.opened(wanda, desk.change_url(article)))
    assert Autosave.objects.count() == 1
    assert "Unsaved text" not in page_of(wanda, desk.change_url(article))


def test_text_of_an_article_that_was_never_saved_is_offered_in_the_next_new_form():
    wanda = desk.client()
    fields = desk.opened(wanda, desk.ADD)
    desk.send(wanda, keep_url(), fields, title="Rare disease", slug="rare-disease")
    row = Autosave.objects.get()
    assert "Unsaved text of yours" in page_of(wanda, desk.ADD)
    again = desk.values(wanda.get(f"{desk.ADD}?unsaved={row.pk}"))
    assert again["title"] == "Rare disease"
    assert desk.send(wanda, desk.ADD, again, risk_tier="standard").status_code == 302
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("number", ["x", "0", "9" * 30, "-1"])
def test_a_number_of_nothing_opens_the_stored_text(article, number):
    assert "5 mg" in page_of(desk.client(), f"{desk.change_url(article)}?unsaved={number}")


def test_who_may_not_write_keeps_nothing(article):
    paula = desk.client("paula", "Publisher")
    assert paula.post(keep_url(article), {"draft_key": "k"}).status_code == 409
    assert paula.post(reverse("admin:articles_article_presence", args=[article.pk])).status_code == 403
    assert not Autosave.objects.exists()


def test_a_visitor_is_sent_to_sign_in(article, client):
    assert client.post(keep_url(article)).status_code == 302


def test_the_line_says_when(article):
    wanda = desk.client()
    assert wanda.post(keep_url(article), {"draft_key": "k"}).json()["said"].startswith("Unsaved text kept at ")


def test_a_text_without_end_is_told_so(article, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
    long = {"draft_key": "k", "summary": "x" * (unsaved.LIMIT + 1)}
    answer = desk.client().post(keep_url(article), long)
    assert (answer.status_code, answer.json()["said"]) == (409, "This text is too long to be kept unsaved. Save it.")


def test_who_else_has_it_open_is_told_when_the_form_is_loaded(article):
    edith = cast.person("edith", "Editor")
    unsaved.enter(article, by=edith, at=timezone.now() - timedelta(seconds=70))
    wanda = desk.client()
    assert "edith has this open (1 minute ago)." in page_of(wanda, desk.change_url(article))
    assert Presence.objects.count() == 2


def test_the_script_hears_who_else_and_says_that_it_leaves(article):
    wanda, edith = desk.client(), desk.client("edith", "Editor")
    url = reverse("admin:articles_article_presence", args=[article.pk])
    wanda.post(url)
    assert edith.post(url).json() == {"others": ["wanda has this open (just now)."]}
    wanda.post(url, {"leaving": "1"})
    assert edith.post(url).json() == {"others": []}


def test_whoever_only_looks_is_not_said_to_have_it_open(article):
    desk.client("paula", "Publisher").get(desk.change_url(article))
    assert not Presence.objects.exists()


def test_an_article_in_the_bin_is_shown_and_not_edited(article):
    binning.bin_draft(article, by=cast.person("wanda"), at=cast.NOON)
    wanda = desk.client()
    page = page_of(wanda, desk.change_url(article))
    assert "In the bin since" in page
    assert "Save and continue" not in page
    assert wanda.post(desk.change_url(article), {"title": "x"}).status_code == 403


def test_corrections_that_were_not_signed_are_put_back_into_the_reviewers_form():
    review, rosa = cast.requested(), desk.client("rosa", "Medical reviewer")
    url = reverse("admin:articles_review_correct", args=[review.pk])
    form = html.fromstring(rosa.get(url).content.decode()).xpath("//form[contains(@class, 'correcting')]")[0]
    typed = {**dict(form.form_values()), "section-1-body": "<p>The usual dose is 4 mg.</p>"}
    assert rosa.post(keep_url(review.article), typed).status_code == 200
    assert "You began to correct these words" in page_of(rosa, url)
    assert "4 mg" in page_of(rosa, f"{url}?unsaved=1")
    assert "4 mg" not in page_of(rosa, url)
    rosa.post(url, signing.correction(review, "<p>The usual dose is 4 mg.</p>"))
    assert not Autosave.objects.exists()
