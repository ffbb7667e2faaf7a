"""The panel above the article form: in words, with the way to what comes next."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import publishing, reviewing, roles
from articles.admin.state.buttons import buttons as ways
from articles.admin.state.rows import look_up
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def panel(name, article):
    """What the panel says to this person."""
    page = text(client(name).get(desk.change_url(article)))
    return page.partition("Where this page stands ")[2]


def buttons(name, article, *labels):
    page = client(name).get(desk.change_url(article))
    return [label for label in labels if links(page, label)]


ALL = ("Read and answer", "Request review", "Recall the request", "See corrections", "Publish", "Withdraw", "View page")


# -- where it stands -----------------------------------------------------------------------------------------------


def test_a_draft():
    assert panel("wanda", cast.draft()).startswith("Draft: never published. Before it can be published No medical")


def test_in_review():
    review = signing.requested()
    today = timezone.localdate()
    said = panel("wanda", review.article)
    assert f"In review with Rosa Example, MD since {today:%b}" in said.replace("Sept.", "Sep.")
    assert "A review is under way. Wait for the answer, or recall it. Recall the request" in said


def test_signed():
    said = panel("paula", signing.signed().article)
    assert "Signed by Rosa Example on" in said
    assert "; ready to publish." in said


def test_online():
    said = panel("wanda", signing.published())
    assert said.startswith("Online as edition 1 since")
    assert "Before it can be published" not in said


def test_a_draft_that_differs_from_what_readers_see():
    article = cast.edited(signing.published(), at=timezone.now())
    said = panel("wanda", article)
    assert "Draft: differs from what readers see." in said
    assert "Medical words changed after they were signed. Ask for a review" in said


def test_corrections_that_wait():
    said = panel("wanda", signing.corrected().article)
    assert "Corrections by Rosa Example, MD wait for your acceptance." in said
    assert "Somebody else must accept the reviewer's corrections. Read the corrections" in said


def test_changes_that_were_asked_for():
    review = signing.requested()
    rosa = User.objects.get(username="rosa")
    reviewing.decline(review, by=rosa, at=timezone.now(), digest=review.digest, reason="Wrong dose.")
    assert "Rosa Example, MD asked for changes on" in panel("wanda", review.article)
    assert "Wrong dose." in panel("wanda", review.article)


def test_a_request_that_a_change_of_words_closed():
    review = signing.requested()
    cast.edited(review.article, at=timezone.now())
    assert "was closed on" in panel("wanda", review.article)


def test_withdrawn():
    article = signing.published()
    publishing.withdraw(article, by=cast.person("paula"), at=timezone.now(), reason="A wrong dose.")
    said = panel("wanda", article)
    assert said.startswith("Withdrawn on")
    assert "A wrong dose." in said


def test_a_form_that_was_refused_still_says_where_the_article_stands():
    article = signing.published()
    browser, address = client("wanda"), desk.change_url(article)
    fields = desk.opened(browser, address)
    page = desk.send(browser, address, fields, title="", slug="other-address")
    assert "Online as edition 1 since" in text(page)


def test_a_new_article_has_no_panel():
    assert "Where this page stands" not in text(client("wanda").get(desk.ADD))


# -- where each obstacle is mended ---------------------------------------------------------------------------------


def test_an_empty_section_is_mended_in_that_section():
    words = cast.with_body(cast.words(), "treatment", "")
    article = cast.draft(words)
    page = client("wanda").get(desk.change_url(article))
    assert links(page, "Go to the section “Treatment”") == [f"{desk.change_url(article)}#sections-1"]
    assert 'id="sections-1"' in page.content.decode()


def test_a_missing_signature_is_mended_by_asking_for_it():
    article = cast.draft()
    page = client("wanda").get(desk.change_url(article))
    assert links(page, "Ask for a review") == [url("article_request_review", article)]


def test_who_can_not_mend_gets_plain_words_without_a_link():
    article = cast.draft()
    page = client("paula").get(desk.change_url(article))
    assert "No medical reviewer has signed these words." in text(page)
    assert links(page, "Ask for a review") == []


# -- buttons -------------------------------------------------------------------------------------------------------


def test_buttons_follow_permission_and_state():
    article = cast.draft()
    assert buttons("wanda", article, *ALL) == ["Request review"]
    assert buttons("paula", article, *ALL) == ["Publish"]
    assert buttons("rosa", article, *ALL) == []
    assert buttons("stan", article, *ALL) == []


def test_buttons_in_review():
    article = signing.requested().article
    assert buttons("rosa", article, *ALL) == ["Read and answer"]
    assert buttons("ravi", article, *ALL) == []
    assert buttons("wanda", article, *ALL) == ["Recall the request"]


def test_what_comes_next_stands_first_and_the_rest_is_quiet():
    found = look_up(signing.signed().article, by=cast.person("paula", roles.PUBLISHER), at=timezone.now())
    deeds, looks, seldom = ways(found, cast.person("paula"))
    assert [(one.label, one.first) for one in deeds.ways] == [("Publish", True)]
    assert [one.label for one in looks.ways][:2] == ["Preview what is saved", "Comments"]
    assert ([one.label for one in seldom.ways], deeds.quiet, looks.quiet) == (["Redact"], False, True)


def test_who_can_not_ask_reads_who_can():
    article = signing.published()
    cast.edited(article, at=timezone.now())
    assert "Nobody was asked for these words. Writers and editors can ask." in panel("paula", article)
    assert "Writers and editors can ask." not in panel("wanda", article)


def test_buttons_online():
    article = signing.published()
    assert buttons("paula", article, *ALL) == ["Withdraw", "View page"]
    assert buttons("wanda", article, *ALL) == ["Request review", "View page"]
    assert links(client("wanda").get(desk.change_url(article)), "View page") == [f"/{article.slug}/"]


def test_buttons_with_corrections():
    article = signing.corrected().article
    assert buttons("edith", article, *ALL) == ["Request review", "See corrections"]


def test_everybody_may_preview():
    article = cast.draft()
    for name in ("wanda", "rosa", "paula", "stan", "ada"):
        assert buttons(name, article, "Preview what is saved") == ["Preview what is saved"]
